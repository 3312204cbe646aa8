package page

import (
	"slices"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/work"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// uniting is what 撤并 of a village begins with.
type uniting struct {
	starting

	name  string
	texts []string // posts that have not ended
	posts map[string]string
}

// askMerge fills in into which village this one goes, and who of its team goes
// on there.
func (d *Desk) askMerge(village string) {
	posts := d.DB.Kinds().Kind("post")
	kind := needing(posts, []string{"village", "to"})
	for name, label := range map[string]string{"village": labelInto, "to": labelMergedOn, "note": labelBasis} {
		kind.Fields[kind.Index(name)].Label = label
	}
	read(d, &d.asking, func(tx *store.Tx) (m uniting, err error) {
		m.name = tx.Name("village", village)
		if m.choices, err = choicesOf(tx, posts); err != nil {
			return m, err
		}
		held, err := store.Referrers[record.Post](tx, village, "village")
		var all []option
		for _, p := range held {
			if p.To.IsZero() {
				all = append(all, option{p.ID, tx.Name("person", p.Person) + " " + posts.Field("position").Show(p.Position), beganOn(p.From)})
			}
		}
		m.texts, m.posts = byText(all)
		return m, err
	}, func(m uniting) { d.mergeInto(village, kind, m) })
}

func (d *Desk) mergeInto(village string, kind *field.Kind, m uniting) {
	which := widget.NewCheckGroup(m.texts, nil)
	var shown *tasking
	t := &task{
		title: titleUnite(m.name), op: opMergeVillage, key: "village/" + village + "/merge", kind: kind, choices: m.choices,
		fields: []string{"village", "to", "note"}, start: blankRow(kind, nil),
		extra: container.New(layout.NewCustomPaddedVBoxLayout(0), labelled(labelCarry, flush(which))),
		plan: func(row field.Row, _ string) verb {
			p := &record.Post{}
			kind.Fill(p, row)
			l := work.Merging{From: []string{village}, Into: p.Village, On: p.To, Why: p.Note}
			for _, text := range m.texts {
				if slices.Contains(which.Selected, text) {
					l.Carry = append(l.Carry, m.posts[text])
				}
			}
			return verb{l.Check, func(tx *store.Tx) error {
				_, err := work.Merge(tx, l)
				return err
			}}
		},
		done: func(row field.Row) string {
			return sayMerged(m.name, textOfChoice(m.choices["village"], kind.Value(row, "village")))
		},
	}
	which.OnChanged = func([]string) {
		if shown != nil {
			shown.recheck(shown.form.Row())
		}
	}
	shown = d.begin(t)
}

// askRename fills in the new name of a village.
func (d *Desk) askRename(village string) {
	kind := needing(d.DB.Kinds().Kind("village"), []string{"name", "from"})
	for name, label := range map[string]string{"name": labelNewName, "from": labelRenamedOn, "note": labelBasis} {
		kind.Fields[kind.Index(name)].Label = label
	}
	read(d, &d.asking, func(tx *store.Tx) (string, error) { return tx.Name("village", village), nil }, func(name string) {
		d.begin(&task{
			title: titleRename(name), op: opRenameVillage, key: "village/" + village + "/rename", kind: kind,
			fields: []string{"name", "from", "note"}, start: blankRow(kind, nil),
			plan: func(row field.Row, _ string) verb {
				v := &record.Village{}
				kind.Fill(v, row)
				return verb{noWarnings(func(*store.Tx) error { return nil }), func(tx *store.Tx) error { return work.Rename(tx, village, v.Name, v.From, v.Note) }}
			},
			done: func(row field.Row) string { return sayRenamed(name, kind.Value(row, "name")) },
		})
	})
}
