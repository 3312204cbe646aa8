package work

import (
	"fmt"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// Step is one verb of a workflow: taken with a record in one of the states
// From, it asks for some cells and leaves the record in the state To. Steps are
// declared, a workflow a file; Take does any of them.
type Step struct {
	Name  string      // the operation, in office words: 核实
	Kind  string      // of the record it is taken with
	New   bool        // it makes that record
	From  []string    // the states in which it may be taken; none: in all
	To    string      // the state after it; empty: the same, or done says
	Makes string      // kind of a record it makes beside: a line of the first, or what follows of it; then that kind's cells are asked
	Ask   []string    // the cells asked, in their order
	Need  []string    // those of them that may not stay empty
	Level field.Level // whose step it is; field.NoLevel: anybody's

	start map[string]string   // cells it begins with: what the step says by itself
	begin func(*Taking) error // fills what it begins with; may be nil
	look  func(*Taking) error // refuses, and warns of what the rules have against it; may be nil
	done  func(*Taking) error // what it does beside; may be nil
	makes func(*Taking) error // makes the record of Makes; nil: it is put as it was filled in
}

// Steps are those of a kind, in the order of the work.
func Steps(kind string) []*Step {
	var out []*Step
	for _, s := range allSteps {
		if s.Kind == kind {
			out = append(out, s)
		}
	}
	return out
}

// StepNamed finds a step of a kind, nil if there is none.
func StepNamed(kind, name string) *Step {
	for _, s := range Steps(kind) {
		if s.Name == name {
			return s
		}
	}
	return nil
}

var allSteps = slices.Concat(reserveSteps(), conductSteps(), laxSteps(), hireSteps(), awaySteps(), secondmentSteps(), nomineeSteps(), filingSteps(), vettingSteps())

// StateField is the cell that tells how far a record has come.
const StateField = "state"

// begins are the states in which a record is that does not tell: rosters do not.
var begins = map[string]string{"reserve": record.InTraining, "conduct": record.ConductSign, "lax": record.LaxMending, "hire": record.HireServing,
	"away": record.AwayListed, "secondment": record.SecondReady, "nominee": record.NomineePut, "filing": record.FilingProposed}

// State is how far a record of a kind with steps has come.
func State(k *field.Kind, row field.Row) string {
	if s := k.Value(row, StateField); s != "" {
		return s
	}
	return begins[k.Name]
}

// Fits reports whether a step may be taken with a record as it is, at a level.
func (s *Step) Fits(k *field.Kind, row field.Row, level field.Level) bool {
	return !s.New && s.MayAt(level) && (len(s.From) == 0 || slices.Contains(s.From, State(k, row)))
}

// MayAt reports whether offices of a level take the step.
func (s *Step) MayAt(level field.Level) bool { return s.Level == field.NoLevel || s.Level == level }

// Asked is the kind whose cells are asked.
func (s *Step) Asked() string {
	if s.Makes != "" {
		return s.Makes
	}
	return s.Kind
}

// Taking is a step being taken.
type Taking struct {
	Step  *Step
	ID    string            // of the record; empty for a step that makes one
	Cells map[string]string // what was filled in, canonical, by field
	Why   string            // why a rule was broken

	tx       *store.Tx
	kind     *field.Kind
	row      field.Row // the record, as it will be
	made     field.Row // what is made beside
	asked    *field.Kind
	warnings []Warning
}

// Begin is what a step begins with: a row of the kind asked.
func (t *Taking) Begin(tx *store.Tx) (field.Row, error) {
	if err := t.read(tx); err != nil {
		return field.Row{}, err
	}
	return *t.filled(), nil
}

// Check tells what Take would refuse or warn of, and writes nothing.
func (t *Taking) Check(tx *store.Tx) ([]Warning, error) {
	err := t.prepare(tx)
	return t.warnings, err
}

// Take takes a step. It returns the id of the record it was taken with.
func Take(tx *store.Tx, t *Taking) (id string, warnings []Warning, err error) {
	if err := t.prepare(tx); err != nil {
		return "", nil, err
	}
	if t.Why != "" {
		tx.NoteWhy(t.Why)
	}
	if t.row.ID, err = tx.PutRow(t.kind.Name, t.row); err != nil {
		return "", nil, err
	}
	switch {
	case t.Step.makes != nil:
		err = t.Step.makes(t)
	case t.Step.Makes != "":
		t.made.ID, err = tx.PutRow(t.Step.Makes, t.made)
	}
	if err == nil && t.Step.done != nil {
		err = t.Step.done(t)
	}
	return t.row.ID, t.warnings, err
}

// read finds the record and what the step begins with.
func (t *Taking) read(tx *store.Tx) error {
	t.tx, t.kind, t.asked = tx, tx.Kinds().Kind(t.Step.Kind), tx.Kinds().Kind(t.Step.Asked())
	t.warnings = nil
	t.row, t.made = blank(t.kind), blank(t.asked)
	if !t.Step.New {
		row, ok, err := tx.Row(t.kind.Name, t.ID)
		switch {
		case err != nil:
			return err
		case !ok || row.Void != "":
			return refuse("", "台账里没有这条%s记录，它可能刚被合并、作废或撤销，请重新选择。", t.kind.Label)
		}
		t.row = row
		t.row.Values = slices.Clone(row.Values)
	}
	if !t.Step.MayAt(tx.Office().Level) {
		return refuse("", "“%s”由%s办理，本级不能办。", t.Step.Name, levelWords[t.Step.Level])
	}
	if !t.Step.New && !t.Step.Fits(t.kind, t.row, tx.Office().Level) {
		return refuse(StateField, "现在的状态是“%s”，不能办“%s”。", t.kind.Field(StateField).Show(State(t.kind, t.row)), t.Step.Name)
	}
	if t.Step.Makes != "" {
		t.link()
	}
	for name, value := range t.Step.start {
		t.put(t.asked, t.filled(), name, value)
	}
	for _, name := range []string{"person", "village"} { // whom it is about may tell the rest
		if value := t.Cells[name]; t.Step.New && value != "" {
			t.Set(name, value)
		}
	}
	if t.Step.begin != nil {
		return t.Step.begin(t)
	}
	return nil
}

var levelWords = map[field.Level]string{field.Township: "苏木乡镇", field.County: "旗县区", field.City: "市"}

func blank(k *field.Kind) field.Row { return field.Row{Values: make([]string, len(k.Fields))} }

// link lets what is made refer to the record, or to whom and where it is about.
func (t *Taking) link() {
	for i := range t.asked.Fields {
		f := &t.asked.Fields[i]
		switch {
		case f.Type != field.Ref:
		case f.Target == t.kind.Name:
			t.made.Values[i] = t.row.ID
		case t.kind.Index(f.Name) >= 0:
			t.made.Values[i] = t.kind.Value(t.row, f.Name)
		}
	}
}

// filled is the row that is asked.
func (t *Taking) filled() *field.Row {
	if t.Step.Makes != "" {
		return &t.made
	}
	return &t.row
}

// prepare holds what was filled in against the ledger.
func (t *Taking) prepare(tx *store.Tx) error {
	if err := t.read(tx); err != nil {
		return err
	}
	for _, name := range t.Step.Ask {
		value, given := t.Cells[name]
		if !given {
			value = t.answer(name)
		}
		if value == "" && slices.Contains(t.Step.Need, name) {
			return refuse(name, "请填写“%s”。", t.asked.Field(name).Label)
		}
		if value != "" {
			if p := t.asked.Field(name).Check(value); p != nil {
				return p
			}
		}
		t.put(t.asked, t.filled(), name, value)
	}
	if t.Step.To != "" {
		t.Set(StateField, t.Step.To)
	}
	if t.Step.look != nil {
		if err := t.Step.look(t); err != nil {
			return err
		}
	}
	return t.impossible()
}

// impossible refuses what contradicts itself.
func (t *Taking) impossible() error {
	rows := map[*field.Kind]field.Row{t.kind: t.row}
	if t.Step.Makes != "" && t.Step.makes == nil {
		rows[t.asked] = t.made
	}
	for k, row := range rows {
		for _, p := range k.Check(row) {
			if !p.Warning && slices.ContainsFunc(t.Step.Ask, func(name string) bool { return name == p.Field }) {
				return &p
			}
		}
	}
	return nil
}

func (t *Taking) put(k *field.Kind, row *field.Row, name, value string) {
	if i := k.Index(name); i >= 0 {
		row.Values[i] = value
	}
}

// Value is a cell of the record as it will be.
func (t *Taking) Value(name string) string { return t.kind.Value(t.row, name) }

// Set writes a cell of the record.
func (t *Taking) Set(name, value string) { t.put(t.kind, &t.row, name, value) }

// made cell.
func (t *Taking) answer(name string) string { return t.asked.Value(*t.filled(), name) }

func (t *Taking) answerDay(name string) field.Date {
	d, _ := field.DateOf(t.answer(name)) // it has been checked
	return d
}

func (t *Taking) warn(name, format string, args ...any) {
	t.warnings = append(t.warnings, Warning{Field: name, Message: fmt.Sprintf(format, args...)})
}

func (t *Taking) person() string  { return t.tx.Name("person", t.Value("person")) }
func (t *Taking) village() string { return t.tx.Name("village", t.Value("village")) }

// ends appends a sentence to a note.
func appended(note, more string) string { return strings.TrimPrefix(note+"；"+more, "；") }
