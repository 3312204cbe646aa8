package page

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/work"
	"touyan/ui/form"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// question is something about a book that only a person can tell: whether a row
// typed over is 更正 or 换人, or whether two are one.
type question struct {
	says  []string
	words [2]string
	over  *exchange.Overtyping
	same  *exchange.Namesake
}

// addOvertyped adds a row in which a person was typed over.
func (g *gathering) addOvertyped(kinds field.Kinds, o exchange.Overtyping) error {
	k := kinds.Kind(o.Kind)
	m, err := g.of(k, o.Record, o.Was)
	if err != nil {
		return err
	}
	var labels []string
	for i := range k.Fields {
		if _, typed := o.Typed[k.Fields[i].Name]; typed {
			labels = append(labels, k.Fields[i].Label)
		}
	}
	m.points = append(m.points, &point{key: keyOfOver(&o), label: labelOvertyped, question: &question{
		says:  []string{sayOvertyped(o.Was, o.Now, sayRowAt(o.Sheet, o.Number)), sayCorrects(o.Was, labels), sayReplaces(o.Was, o.Now)},
		words: [2]string{wordCorrects, wordReplaces}, over: &o}})
	return nil
}

func keyOfOver(o *exchange.Overtyping) string { return fmt.Sprint("over ", o.Table, " ", o.Row) }

// addNamesake adds somebody new who may be one the ledger has.
func (g *gathering) addNamesake(n exchange.Namesake) error {
	m, err := g.of(n.Kind, n.Held.ID, g.tx.NameOf(n.Kind, n.Held))
	if err != nil {
		return err
	}
	m.points = append(m.points, &point{key: "same " + n.New.ID + " " + n.Held.ID, label: labelNamesake, question: &question{
		says: []string{sayOne, sayTwo}, words: [2]string{wordSamePers, wordTwoPers}, same: &n}})
	return nil
}

// texts are what is asked, as the screen may show it.
func (q *question) texts(d *Desk) []string {
	if q.same == nil {
		return q.says
	}
	k := q.same.Kind
	return append([]string{sayNamesakes(d.known(k, q.same.New), d.known(k, q.same.Held))}, q.says...)
}

// tellApart is how many cells of a person are named to tell him from another.
const tellApart = 5

// known is what is known of a person, so that one can tell him from another.
func (d *Desk) known(k *field.Kind, row field.Row) string {
	parts := []string{k.Value(row, k.Named)}
	for i := range k.Fields {
		f := &k.Fields[i]
		if f.Name != k.Named && f.Type != field.Ref && row.Values[i] != "" && len(parts) < tellApart {
			parts = append(parts, f.Label+" "+d.Shown(f, row.Values[i]))
		}
	}
	return strings.Join(parts, "，")
}

// step is what the answer has done at the end of the merge, nil if nothing.
func (p *point) step() func(*store.Tx) error {
	switch q := p.question; {
	case q == nil:
	case q.same != nil && p.side == ours:
		return func(tx *store.Tx) error { return tx.Same(q.same.Kind.Name, q.same.New.ID, q.same.Held.ID) }
	case q.over != nil && p.side == theirs && p.replacing != nil:
		r := *p.replacing
		if len(r.Posts) == 0 {
			return func(tx *store.Tx) error { return registered(tx, r) }
		}
		return func(tx *store.Tx) error {
			_, err := work.Replace(tx, r)
			return err
		}
	}
	return nil
}

// registered makes the record of somebody who takes over nothing.
func registered(tx *store.Tx, r work.Replacement) error {
	if r.Successor.ID != "" {
		return nil
	}
	return tx.Put(&r.Successor)
}

// answer takes the answer to a question about the book, which may have to be
// planned again for it.
func (r *Review) answer(p *point, s side, then func()) {
	o := p.question.over
	if o == nil {
		p.choice = choice{side: s}
		then()
		return
	}
	take := func(c choice) {
		rows, given := []exchange.RowAt{o.RowAt}, map[string]choice{p.key: c}
		for at, twin := range r.overs { // the same person typed over in another table
			if at != o.RowAt && twin.Record == o.Record && twin.Now == o.Now {
				rows = append(rows, at)
				given[keyOfOver(&twin)] = choice{side: c.side, text: c.text}
			}
		}
		r.change(func() error {
			for _, at := range rows {
				if err := r.book.LeaveOut(at.Table, at.Row, c.side == theirs); err != nil {
					return err
				}
				if err := r.book.Correct(at.Table, at.Row, c.side == ours); err != nil {
					return err
				}
			}
			return nil
		}, given, then)
	}
	if s == theirs {
		r.askReplacing(o, func(step *work.Replacement, text string) { take(choice{side: theirs, text: text, replacing: step}) })
		return
	}
	take(choice{side: s})
}

// holding is what somebody holds, who is to be replaced.
type holding struct {
	posts []string // as people call them
	ids   map[string]string
	found []string // people of the ledger who may be the successor
	names []string
	sure  bool
}

// askReplacing asks when and why one left and the other took over.
func (r *Review) askReplacing(o *exchange.Overtyping, then func(*work.Replacement, string)) {
	kinds := r.desk.DB.Kinds()
	person, post := kinds.Kind(o.Kind), kinds.Kind("post")
	p := record.Person{}
	person.Fill(&p, blankRow(person, o.Typed))
	if p.Birth.IsZero() {
		p.Birth = field.BirthOf(p.IDNo)
	}
	var refused *field.Problem
	read(r.desk, &r.desk.asking, func(tx *store.Tx) (h holding, err error) {
		posts, _, err := work.Open(tx, o.Record)
		if err != nil {
			return h, err
		}
		var all []option
		for _, held := range posts {
			all = append(all, option{held.ID, check.Place(tx, held.Village) + " " + post.Field("position").Show(held.Position), beganOn(held.From)})
		}
		h.posts, h.ids = byText(all)
		h.found, h.sure, err = work.Find(tx, &p)
		if errors.As(err, &refused) {
			err = nil
		}
		h.found = slices.DeleteFunc(h.found, func(id string) bool { return id == o.Record })
		for _, id := range h.found {
			row, _, _ := tx.Row("person", id)
			h.names = append(h.names, tx.Name("person", id)+" "+r.desk.Shown(person.Field("birth"), person.Value(row, "birth")))
		}
		return h, err
	}, func(h holding) {
		switch {
		case refused != nil:
			r.desk.Say(titleFailed, refused.Message)
		case h.sure && len(h.found) == 1:
			p.ID = h.found[0]
			r.askWhen(o, &work.Replacement{Successor: p}, h, then)
		case len(h.found) > 0:
			r.desk.pickNumbered(titleTakes, sayWhoTakes(o.Now), append(slices.Clone(h.names), wordOther), "", func(i int, _ string) {
				step := &work.Replacement{Successor: p, Apart: i == len(h.names)}
				if !step.Apart {
					step.Successor.ID = h.found[i]
				}
				r.askWhen(o, step, h, then)
			}, r.docket.takeFocus)
		default:
			r.askWhen(o, &work.Replacement{Successor: p}, h, then)
		}
	})
}

// askWhen asks for the day and the reason. Who held nothing leaves nothing.
func (r *Review) askWhen(o *exchange.Overtyping, step *work.Replacement, h holding, then func(*work.Replacement, string)) {
	look := theme.Current()
	if len(h.posts) == 0 {
		r.desk.Show(titleReplacing(o.Was, o.Now), prose(o.Was+sayNobodysPosts, look.Dialog), narrow, Choice{Text: doCancel, Do: r.docket.takeFocus},
			Choice{Text: doReplaceBy, Main: true, Do: func() { then(step, sayReplacement(o.Was, o.Now, "")) }})
		return
	}
	which := widget.NewCheckGroup(h.posts, nil)
	which.Selected = slices.Clone(h.posts)
	told := container.NewVBox()
	kind := r.desk.DB.Kinds().Kind("post")
	var f *form.Form
	var panel *Panel
	f = form.New(kind, form.Options{
		Sections: []form.Section{{Fields: []string{"to", "reason"}}},
		Today:    field.DateAt(r.desk.DB.Now()), Step: true, Post: r.desk.Post, Key: "replacing",
		OnSave: func(form.Edit) {
			left := record.Post{}
			kind.Fill(&left, f.Row())
			step.On, step.Reason, step.Posts = left.To, left.Reason, nil
			for _, text := range which.Selected {
				step.Posts = append(step.Posts, h.ids[text])
			}
			var problem *field.Problem
			read(r.desk, new(int), func(tx *store.Tx) (struct{}, error) {
				_, err := step.Check(tx)
				if len(step.Posts) == 0 {
					err = &field.Problem{Message: sayPickPosts}
				}
				if errors.As(err, &problem) {
					err = nil
				}
				return struct{}{}, err
			}, func(struct{}) {
				told.RemoveAll()
				if problem != nil {
					f.Saved(errors.New(problem.Message))
					told.Add(paragraph(problem.Message, look.WideDialog, look.Bad))
					return
				}
				f.Saved(nil)
				panel.Hide()
				then(step, sayReplacement(o.Was, o.Now, step.On.Office()))
			})
		},
	})
	body := container.NewBorder(container.NewVBox(paragraph(sayReplaceWhen, look.WideDialog, look.Ink2), flush(which), told), nil, nil, nil,
		least(f, fyne.NewSize(look.WideDialog, 5*look.Row)))
	panel = r.desk.ShowStep(titleReplacing(o.Was, o.Now), f, body, Choice{Text: doCancel, Do: r.docket.takeFocus})
	f.SetRow(blankRow(kind, nil))
	f.Focus("to")
}
