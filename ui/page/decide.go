package page

import (
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/ui/button"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// choose decides the point at hand for a side. What is not clear yet is asked:
// which of several values, what else, why.
func (k *docket) choose(s side) {
	p := k.point()
	switch {
	case p == nil || !p.asks() || k.desk.Busy():
	case p.question != nil:
		if s != another && k.ask != nil {
			k.ask(p, s, k.chosen)
		}
	case s == another:
		k.askValue(p, func(value, text string) { k.settle(p, choice{side: another, value: value, text: text}, true) })
	case s == theirs && len(p.dispute.Others) > 1:
		k.pickTheirs(p)
	case s == theirs:
		k.settle(p, choice{side: theirs, value: p.dispute.Others[0].Value}, false)
	default:
		k.settle(p, choice{side: ours, value: p.dispute.Shown.Value}, false)
	}
}

// settle takes a choice, with the reason used last for its side; the first time
// that is asked. on goes on to the next point.
func (k *docket) settle(p *point, c choice, on bool) {
	k.last = p
	if c.why = k.carried(p, c.side); c.why != "" {
		p.choice = c
		k.chosenHere(on)
		return
	}
	k.askReason(p, c.side, func(why string) {
		c.why = why
		p.choice = c
		k.chosenHere(true)
	})
}

func (k *docket) chosenHere(on bool) {
	k.changed()
	if on {
		k.goOn()
		return
	}
	k.draw()
	k.takeFocus()
}

// chosen is told of a question answered.
func (k *docket) chosen() { k.chosenHere(true) }

// goOn goes to the next point that waits, and stays where none does: only Enter
// ends a docket.
func (k *docket) goOn() {
	k.seek()
	k.draw()
	k.takeFocus()
}

// carried is the reason used last for a side, if it fits this point: one that
// names an office fits only where that office spoke.
func (k *docket) carried(p *point, s side) string {
	why := k.reasons[s]
	if k.written[s] || slices.Contains(reasonsFor(s, p.office()), why) {
		return why
	}
	return ""
}

// clear takes the choice at hand back.
func (k *docket) clear() {
	if p := k.point(); p != nil && p.side != undecided && !k.desk.Busy() {
		if p.question != nil && k.ask != nil {
			k.ask(p, undecided, func() { k.chosenHere(false) })
			return
		}
		p.choice = choice{}
		k.chosenHere(false)
	}
}

// askWhy gives another reason for the choice at hand.
func (k *docket) askWhy() {
	p := k.point()
	if p == nil || p.side == undecided || p.question != nil || k.desk.Busy() {
		return
	}
	k.askReason(p, p.side, func(why string) {
		p.why = why
		k.chosenHere(false)
	})
}

// askReason asks why, from a short list or in words of one's own.
func (k *docket) askReason(p *point, s side, then func(why string)) {
	k.desk.pickNumbered(titleReason, sayReasonKeys, reasonsFor(s, p.office()), labelTypedWhy, func(i int, text string) {
		k.reasons[s], k.written[s] = text, i < 0
		then(text)
	}, k.takeFocus)
}

// pickTheirs asks which of several values is to stand. None is proposed: each
// overrules the rest.
func (k *docket) pickTheirs(p *point) {
	var texts []string
	_, _, others := k.values(p)
	for _, o := range others {
		texts = append(texts, o.text+"　"+o.by)
	}
	says := sayValues(p.dispute.Name, p.dispute.Label, len(others)) + sayNumberKeys
	k.desk.pickNumbered(titleValues, says, texts, "", func(i int, _ string) {
		o := p.dispute.Others[i]
		k.settle(p, choice{side: theirs, value: o.Value, text: o.Text}, true)
	}, k.takeFocus)
}

// alike has the points that still wait decided as the one at hand is, or as the
// one decided last: of its record, of its field, or all.
func (k *docket) alike() {
	p := k.point()
	if p == nil || p.open() {
		p = k.last
	}
	switch {
	case k.desk.Busy():
	case p == nil || p.dispute == nil || p.side != ours && p.side != theirs:
		k.desk.Tell(Notice{Text: sayDecideOneLine})
	default:
		k.askAlike(p)
	}
}

func (k *docket) askAlike(like *point) {
	m := k.matterOf(like)
	ranges := []func(*matter, *point) bool{
		func(n *matter, _ *point) bool { return n == m },
		func(_ *matter, p *point) bool { return p.label == like.label },
		func(*matter, *point) bool { return true },
	}
	names := []func(int) string{
		func(n int) string { return sayAlikeRecord(m.name, n) },
		func(n int) string { return sayAlikeField(like.label, n) },
		sayAlikeAll,
	}
	var texts []string
	var open [][]*point
	for i, in := range ranges {
		var points []*point
		for _, each := range k.matters {
			for _, p := range each.points {
				if p.dispute != nil && p.open() && in(each, p) && (like.side == ours || len(p.dispute.Others) == 1) {
					points = append(points, p)
				}
			}
		}
		if len(points) > 0 {
			texts, open = append(texts, names[i](len(points))), append(open, points)
		}
	}
	if len(texts) == 0 {
		k.desk.Tell(Notice{Text: sayNoRest})
		return
	}
	k.desk.pickNumbered(titleAlike, sayAlikeHow(like.words()[like.side-1], like.why), texts, "", func(i int, _ string) {
		for _, p := range open[i] {
			p.set(like.side, like.why)
		}
		k.chosenHere(true)
	}, k.takeFocus)
}

func (k *docket) matterOf(p *point) *matter {
	i := slices.IndexFunc(k.matters, func(m *matter) bool { return slices.Contains(m.points, p) })
	if i < 0 {
		return k.matter()
	}
	return k.matters[i]
}

// askValue asks for a value that neither side has said.
func (k *docket) askValue(p *point, then func(value, text string)) {
	f := p.field()
	if f != nil && f.Type == field.Ref {
		k.pickRecord(f, then)
		return
	}
	look := theme.Current()
	entry := newKeyEntry()
	entry.SetPlaceHolder(sayOtherHint)
	if p.side == another && !k.desk.Projecting() {
		entry.SetText(p.text)
	}
	says := container.New(layout.NewCustomPaddedVBoxLayout(look.Space))
	read := func() (value, text string, ok bool) { return thirdValue(f, strings.TrimSpace(entry.Text)) }
	var panel *Panel
	judge := func(string) {
		_, text, ok := read()
		says.RemoveAll()
		switch {
		case !ok && entry.Text == "":
			says.Add(words(text, look.Ink2, look.Text))
		case !ok:
			says.Add(paragraph(text, look.Dialog, look.Bad))
		case text == "":
			says.Add(words(sayBlankMeans, look.Ink2, look.Text))
		default:
			says.Add(words(sayWillStand(text), look.Good, look.Text))
		}
		if panel != nil {
			enable(panel.buttons[1], ok)
		}
	}
	entry.OnChanged = judge
	var pick fyne.CanvasObject
	if f != nil && f.Type == field.Code && f.Codes != nil {
		pick = button.New(doPick, func() { k.desk.pickCode(f, entry) })
	}
	body := container.NewVBox(container.NewBorder(nil, nil, nil, pick, entry), least(says, fyne.NewSize(look.Dialog, 2*look.Row)))
	panel = k.desk.Show(titleChangeTo(p.dispute.Name, p.dispute.Label), body, narrow, Choice{Text: doCancel, Do: k.takeFocus}, Choice{Text: doUseThis, Main: true, Do: func() {
		if value, text, ok := read(); ok {
			then(value, text)
		}
	}})
	judge("")
	entry.keys = panel.escaped
	entry.OnSubmitted = func(string) { panel.enter() }
	k.desk.Window.Canvas().Focus(entry)
}

// thirdValue is what a text stands for, canonical and in words; where it can
// stand for nothing, text says why.
func thirdValue(f *field.Field, typed string) (value, text string, ok bool) {
	switch {
	case typed == "":
		return "", sayWriteValue, false
	case typed == wordClear:
		return "", "", true
	case f == nil:
		return typed, typed, true
	}
	value, problem := f.Read(field.Input{Text: typed})
	if problem != nil && !problem.Warning {
		return "", problem.Message, false
	}
	return value, f.Show(value), true
}

// pickCode asks for a word of a code list, for an entry.
func (d *Desk) pickCode(f *field.Field, entry *keyEntry) {
	var items []pickItem
	for _, it := range f.Codes.Items {
		if !it.Retired {
			items = append(items, pickItem{it.Word, it.Word, ""})
		}
	}
	d.pickFrom(titleChooseWord(f.Label), items, func(word string) {
		entry.SetText(word)
		d.Window.Canvas().Focus(entry)
	})
}

// pickRecord asks for the record a reference is to point to.
func (k *docket) pickRecord(f *field.Field, then func(value, text string)) {
	read(k.desk, &k.desk.asking, func(tx *store.Tx) (items []pickItem, err error) {
		for row, err := range tx.Rows(f.Target) {
			if err != nil {
				return nil, err
			}
			if row.Void == "" {
				items = append(items, pickItem{id: row.ID, text: tx.Name(f.Target, row.ID)})
			}
		}
		return items, nil
	}, func(items []pickItem) {
		k.desk.pickFrom(titleChooseWord(f.Label), items, func(id string) {
			i := slices.IndexFunc(items, func(it pickItem) bool { return it.id == id })
			then(id, items[i].text)
		})
	})
}

// escaped leaves a panel from a text field by Escape.
func (p *Panel) escaped(name fyne.KeyName) bool {
	if name != fyne.KeyEscape {
		return false
	}
	p.choices[0].Do()
	return true
}
