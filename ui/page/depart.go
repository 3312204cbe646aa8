package page

import (
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/work"
	"touyan/ui/theme"

	"fyne.io/fyne/v2/container"
)

// leavingForGood is the kind of posts as 去世、调离 call its fields, with the four
// reasons alone.
func leavingForGood(kind *field.Kind) *field.Kind {
	k := needing(kind, []string{"reason", "to"})
	for name, label := range map[string]string{"to": labelEndDay, "reason": labelCause, "note": labelWhereTo} {
		k.Fields[k.Index(name)].Label = label
	}
	codes := kind.Field("reason").Codes
	var items []field.Item
	for _, code := range work.Causes() {
		items = append(items, field.Item{Code: code, Word: codes.Word(code)})
	}
	k.Fields[k.Index("reason")].Codes = field.NewCodeList(codes.Name, labelCause, codes.Standard, items)
	return k
}

// askDepart fills in 去世, 迁出, 调离 or 退休 of somebody, and lists what it ends.
func (d *Desk) askDepart(person string) {
	kind := leavingForGood(d.DB.Kinds().Kind("post"))
	read(d, &d.asking, func(tx *store.Tx) (string, error) { return tx.Name("person", person), nil }, func(name string) {
		look := theme.Current()
		ends := container.NewVBox()
		departure := func(row field.Row, why string) work.Departure {
			p := &record.Post{}
			kind.Fill(p, row)
			return work.Departure{Person: person, Cause: p.Reason, On: p.To, Note: p.Note, Why: why}
		}
		d.begin(&task{
			title: titleDepart(name), op: opDepart, key: keyOf(person, "depart"), kind: kind,
			fields: []string{"reason", "to", "note"}, start: blankRow(kind, nil), extra: ends,
			look: func(tx *store.Tx, row field.Row) (func(), error) {
				l := departure(row, "")
				endings, _, err := l.Check(tx)
				if err = fault(err); err != nil {
					return nil, err
				}
				return func() {
					var texts []string
					for _, e := range endings {
						texts = append(texts, e.Text)
					}
					ends.RemoveAll()
					if len(texts) > 0 {
						ends.Add(proseTight(sayEndsAll(strings.Join(texts, "、")), look.WideDialog))
					}
				}, nil
			},
			plan: func(row field.Row, why string) verb {
				l := departure(row, why)
				return verb{func(tx *store.Tx) ([]work.Warning, error) {
					_, warnings, err := l.Check(tx)
					return warnings, err
				}, func(tx *store.Tx) error {
					_, err := work.Depart(tx, l)
					return err
				}}
			},
			done: func(row field.Row) string {
				return sayDeparted(name, kind.Field("reason").Show(kind.Value(row, "reason")))
			},
		})
	})
}

// showRoutes tells the ways in which a post may end by law, with what each needs
// and which papers prove it.
func (d *Desk) showRoutes(post string) {
	type told struct {
		title  string
		routes []work.Route
	}
	read(d, &d.asking, func(tx *store.Tx) (t told, err error) {
		p, err := store.Get[record.Post](tx, post)
		if err != nil {
			return t, err
		}
		k := tx.Kinds().Kind("post")
		return told{sayRoutesOf(tx.Name("person", p.Person), k.Field("position").Show(p.Position), k.Field("statutory").Show(p.Statutory)), work.Routes(tx, p)}, nil
	}, func(t told) {
		look := theme.Current()
		box := container.NewVBox(paragraph(t.title, look.WideDialog, look.Ink2))
		for _, r := range t.routes {
			box.Add(heading(r.Title+between+r.Basis, look.Text))
			for _, need := range r.Needs {
				box.Add(proseTight("· "+need, look.WideDialog))
			}
			box.Add(proseTight(sayPapersNeeded(strings.Join(r.Papers, "、")), look.WideDialog))
			box.Add(gap())
		}
		d.Show(titleRoutes, box, wide, Choice{Text: doUnderstood, Main: true})
	})
}
