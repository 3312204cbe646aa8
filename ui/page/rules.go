package page

import (
	"fmt"
	"strconv"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
	"touyan/ui/grid"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// roomRule is the room of what counts in a year (规则).
const roomRule = "rule"

// RulesPage shows the rules of a year beside those of another, and lets the
// office set its own.
type RulesPage struct {
	listing

	desk    *Desk
	year    int
	against int
	shown   map[string]record.Rule // by row
	frame   *fyne.Container
	turn    int
}

// NewRules makes the page.
func NewRules(d *Desk) *RulesPage {
	now := d.DB.Now().Year()
	p := &RulesPage{desk: d, year: now, against: now - 1, frame: container.NewStack()}
	p.build()
	return p
}

func (p *RulesPage) build() {
	p.Grid = grid.New([]grid.Column{
		{Name: "group", Label: headRuleGroup, Type: field.Code, Width: 112},
		{Name: "label", Label: headRuleName, Type: field.Text, Width: 236, Find: true},
		{Name: "value", Label: headRuleValue(p.year), Type: field.Text, Width: 196},
		{Name: "against", Label: headRuleValue(p.against), Type: field.Text, Width: 196},
		{Name: "change", Label: headRuleChange, Type: field.Code, Width: 84},
		{Name: "source", Label: headRuleSource, Type: field.Text, Width: 276},
	})
	p.Grid.SetEmpty(sayNoRules, "", nil)
	p.Grid.OnOpen = func(id string) { p.set(p.shown[id]) }
	p.Grid.OnFind = p.FocusFind
	p.buttons = buttons([]Choice{
		{Text: doSetRule, Do: p.setSelected},
		{Text: DoNew + ruleUnit, Do: func() { p.set(record.Rule{Group: record.ConductRules}) }},
	})
	over := container.NewHBox(p.filter(), container.NewCenter(p.years()))
	p.keep(p.desk, roomRule, nil)
	p.frame.Objects = []fyne.CanvasObject{sheet(titleRules, sayRules, p.buttons, over, card(p.Grid), nil)}
	p.frame.Refresh()
	p.content = p.frame
}

// years are the two choices above the table.
func (p *RulesPage) years() fyne.CanvasObject {
	now := p.desk.DB.Now().Year()
	var texts []string
	for y := now + 1; y > now-yearsBack; y-- {
		texts = append(texts, strconv.Itoa(y))
	}
	choose := func(at *int) *widget.Select {
		s := newSelect(texts, nil)
		s.Selected = strconv.Itoa(*at)
		s.OnChanged = func(text string) {
			*at, _ = strconv.Atoi(text) // one of those offered
			p.build()
			p.Refresh()
		}
		return s
	}
	return container.NewHBox(labelled(labelRulesOf, choose(&p.year)), labelled(labelAgainst, choose(&p.against)))
}

// yearsBack is for how many years the rules may be looked at.
const yearsBack = 8

// Title is the room's name.
func (p *RulesPage) Title() string { return titleRules }

// Remake makes the page in another look.
func (p *RulesPage) Remake() Page {
	n := &RulesPage{desk: p.desk, year: p.year, against: p.against, frame: container.NewStack()}
	n.build()
	n.take(&p.listing)
	return n
}

// Refresh reads the rules anew.
func (p *RulesPage) Refresh() {
	read(p.desk, &p.turn, func(tx *store.Tx) ([]record.Rule, error) {
		var own []record.Rule
		for r, err := range store.All[record.Rule](tx) {
			if err != nil {
				return nil, err
			}
			own = append(own, *r)
		}
		return own, nil
	}, func(own []record.Rule) { p.fill(p.rows(rule.New(p.year, own), rule.New(p.against, own))) })
}

// rows are the rules of the year, and those that only the other has.
func (p *RulesPage) rows(now, then *rule.Pack) []grid.Row {
	groups := p.desk.DB.Kinds().Kind(roomRule).Field("group")
	p.shown = map[string]record.Rule{}
	var out []grid.Row
	for _, it := range groups.Codes.Items {
		list := now.Rules(it.Code)
		for _, r := range then.Rules(it.Code) {
			if _, there := now.Rule(it.Code, r.Code); !there {
				r.Off = "1"
				list = append(list, r)
			}
		}
		for _, r := range list {
			other, had := then.Rule(it.Code, r.Code)
			id := r.Group + "/" + r.Code
			p.shown[id] = r
			row := grid.Row{ID: id, Cells: []string{it.Word, r.Label, ruleValue(r), "", "", ruleFrom(r)}}
			if had {
				row.Cells[3] = ruleValue(other)
			}
			row.Cells[4] = ruleChange(r, other, had)
			out = append(out, row)
		}
	}
	return out
}

func ruleValue(r record.Rule) string {
	switch {
	case r.Off != "":
		return wordOff
	case r.Value == "" && r.Group == record.LimitRules:
		return wordNotSet
	case r.Value == "":
		return r.Unit
	}
	return r.Value + " " + r.Unit
}

// ruleChange is how a rule differs from that of the other year.
func ruleChange(r, other record.Rule, had bool) string {
	switch {
	case r.Off != "":
		return wordOff
	case !had:
		return wordAdded
	case r.Label != other.Label || r.Value != other.Value || r.Unit != other.Unit:
		return wordChanged
	}
	return ""
}

// ruleFrom is where a rule comes from: 默认值 with its source, or the year and
// paper of whoever set it.
func ruleFrom(r record.Rule) string {
	if rule.IsDefault(&r) {
		return sayDefault(r.Source)
	}
	text := fmt.Sprintf(sayRuleSince, *r.Year)
	for _, more := range []string{r.Document, r.Source} {
		if more != "" {
			text += between + more
		}
	}
	return text
}

func (p *RulesPage) setSelected() {
	if ids := p.Grid.Selected(); len(ids) == 1 {
		p.set(p.shown[ids[0]])
		return
	}
	p.desk.Tell(Notice{Text: sayPickOne})
}

// set fills in a rule of the office's own, from the year shown on.
func (p *RulesPage) set(r record.Rule) {
	d := p.desk
	kind := needing(d.DB.Kinds().Kind(roomRule), []string{"year", "label"})
	year := int64(p.year)
	next := r
	next.Head, next.Year, next.Document = field.Head{}, &year, ""
	if rule.IsDefault(&r) {
		next.Source = ""
	}
	d.begin(&task{
		title: titleSetRule, op: opSetRule, key: "rule/" + r.Group + "/" + r.Code, kind: kind,
		fields: []string{"group", "label", "value", "unit", "year", "off", "document", "source", "note"},
		start:  kind.Take(&next), at: map[bool]string{true: "value", false: "label"}[r.Code != ""],
		fixed: func(f *field.Field) bool { return f.Name == "group" && r.Code != "" },
		plan: func(row field.Row, _ string) verb {
			set := record.Rule{}
			kind.Fill(&set, row)
			set.Code = r.Code
			return verb{noWarnings(func(*store.Tx) error { return rule.Check(&set) }), func(tx *store.Tx) error {
				_, err := rule.Set(tx, set)
				return err
			}}
		},
		done: func(row field.Row) string { return sayRuleSet(kind.Value(row, "label"), kind.Value(row, "year")) },
	})
}
