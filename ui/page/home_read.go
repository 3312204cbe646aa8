package page

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
)

// surveyed is what the last survey of the ledger found. The 工作台 and the
// count beside it ask for the same one.
type surveyed struct {
	mu    sync.Mutex
	state string // of the ledger it was made of
	facts *homeFacts
}

// homeFacts are all that the 工作台 shows. They are not changed once made.
type homeFacts struct {
	asOf    field.Date
	waits   []check.Wait
	regions []region
	lights  [check.Red + 1][]string // villages by colour
	figures []check.Figure
}

// people reports whether there is anybody to count.
func (f *homeFacts) people() bool {
	return slices.ContainsFunc(f.figures, func(g check.Figure) bool { return len(g.IDs) > 0 })
}

// region is a village, or the villages of an office below ours.
type region struct {
	name   string
	colour check.Colour // the worst among them
	lights []check.Light
}

// alone reports a village, as against an office with several.
func (p *region) alone() bool { return len(p.lights) == 1 && p.name == p.lights[0].Name }

// survey looks over the ledger, once for each state of it.
func (d *Desk) survey(tx *store.Tx) (*homeFacts, error) {
	drafts, err := tx.Drafts()
	if err != nil {
		return nil, err
	}
	asOf := field.DateAt(d.DB.Now())
	state := fmt.Sprint(tx.Worked(), asOf, drafts)
	d.surveyed.mu.Lock()
	defer d.surveyed.mu.Unlock()
	if d.surveyed.facts != nil && d.surveyed.state == state {
		return d.surveyed.facts, nil
	}
	facts, err := surveyOf(tx, asOf, drafts)
	if err == nil {
		d.surveyed.state, d.surveyed.facts = state, facts
	}
	return facts, err
}

// waits counts the things of the 工作台.
func (d *Desk) waits(tx *store.Tx) (int, error) {
	f, err := d.survey(tx)
	if err != nil {
		return 0, err
	}
	return len(f.waits), nil
}

func surveyOf(tx *store.Tx, asOf field.Date, drafts []string) (*homeFacts, error) {
	s, err := check.Look(tx, asOf)
	if err != nil {
		return nil, err
	}
	f := &homeFacts{asOf: asOf, figures: s.Figures()}
	if f.waits, err = s.Waiting(drafts, 0); err != nil {
		return nil, err
	}
	lights := s.Lights()
	for _, l := range lights {
		f.lights[l.Colour] = append(f.lights[l.Colour], l.Village)
	}
	f.regions, err = regionsOf(tx, lights)
	return f, err
}

// regionsOf are the villages of a township one by one, those of a county by
// township, those of a city by county: as many as one can look over.
func regionsOf(tx *store.Tx, lights []check.Light) ([]region, error) {
	level := tx.Office().Level
	var out []region
	at := map[string]int{}
	for _, l := range lights {
		if level <= field.Township {
			out = append(out, region{name: l.Name, colour: l.Colour, lights: []check.Light{l}})
			continue
		}
		office, err := officeOver(tx, l.Office, level)
		if err != nil {
			return nil, err
		}
		i, known := at[office]
		if !known {
			i = len(out)
			at[office] = i
			out = append(out, region{name: cmp.Or(tx.Name("office", office), wordNoOffice)})
		}
		out[i].lights = append(out[i].lights, l)
		out[i].colour = max(out[i].colour, l.Colour)
	}
	return out, nil
}

// officeOver is the office just below a level that a village's township belongs
// to, or as near to it as the ledger tells.
func officeOver(tx *store.Tx, township string, level field.Level) (string, error) {
	kind := tx.Kinds().Kind("office")
	office := township
	for range int(level) - int(field.Township) - 1 {
		row, ok, err := tx.Row("office", office)
		if err != nil {
			return "", err
		}
		if !ok || kind.Value(row, "parent") == "" {
			break
		}
		office = kind.Value(row, "parent")
	}
	return office, nil
}

// count is how many of a place's villages have a colour.
func (p *region) count(c check.Colour) int {
	n := 0
	for _, l := range p.lights {
		if l.Colour == c {
			n++
		}
	}
	return n
}

// villages are the ids of a place's villages, the worst first.
func (p *region) villages() []string {
	lights := slices.Clone(p.lights)
	slices.SortStableFunc(lights, func(a, b check.Light) int { return int(b.Colour) - int(a.Colour) })
	var out []string
	for _, l := range lights {
		out = append(out, l.Village)
	}
	return out
}
