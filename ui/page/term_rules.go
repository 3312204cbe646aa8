package page

import (
	"errors"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/work"
	"touyan/ui/form"
	"touyan/ui/theme"
)

// asks leaves out why and where to of who does not leave, and the reason of a
// flaw as long as there is none.
func (x *TermChange) asks(kind *field.Kind, row field.Row, f *field.Field) bool {
	switch f.Name {
	case "reason", "where":
		return x.leaving[row.ID]
	case "why":
		return x.flawed
	}
	return true
}

// edited follows what is typed: what becomes of each place, how many come and
// go, and what the rules have against it.
func (x *TermChange) edited() {
	if x.found == nil {
		return
	}
	for id, list := range x.said { // what was refused may be mended
		x.said[id] = slices.DeleteFunc(list, func(p field.Problem) bool { return !p.Warning })
	}
	s := x.sheet()
	x.follow(&s)
	read(x.desk, &x.judging, func(tx *store.Tx) (verdict, error) {
		return s.judge(tx, x.village, field.DateAt(x.desk.DB.Now()))
	}, x.judged)
}

// follow finds who stays, comes and goes.
func (x *TermChange) follow(s *termSheet) {
	rows := withSeats(x.found.rows, x.seats)
	old, now := map[string]bool{}, map[string]bool{}
	for _, p := range rows {
		if held(p.row.Old) {
			old[p.row.Old.Person] = true
		}
		if who := s.lines[p.id].Who; who != "" {
			now[who] = true
		}
	}
	x.counts = [4]int{}
	for who := range now {
		if old[who] {
			x.counts[0]++
		} else {
			x.counts[1]++
		}
	}
	for who := range old {
		if !now[who] {
			x.counts[2]++
		}
	}
	for _, p := range rows {
		who := s.lines[p.id].Who
		was := held(p.row.Old)
		gone := was && !now[p.row.Old.Person]
		x.leaving[p.id] = gone
		if !was && who == "" {
			x.counts[3]++
		}
		word := becomes(was, gone, was && who == p.row.Old.Person, who)
		for _, said := range x.said[p.id] {
			if strings.HasPrefix(said.Message, wordFlawed) {
				word += between + wordFlawed
				break
			}
		}
		x.form.Fill(p.id, "becomes", word)
	}
	x.showSaid()
}

// held reports whether somebody held a place: a post may be of nobody.
func held(h *work.Held) bool { return h != nil && h.Person != "" }

// becomes is what becomes of a place.
func becomes(held, gone, again bool, who string) string {
	switch {
	case again:
		return wordStays
	case !held && who == "":
		return wordVacant
	case !held:
		return wordNew
	}
	word := wordMoves
	if gone {
		word = wordLeaves
	}
	if who != "" {
		word += "、" + wordNew
	}
	return word
}

// judged shows what the rules have against the table.
func (x *TermChange) judged(v verdict) {
	clear(x.said)
	x.flawed, x.refused = false, ""
	for id, list := range v.rows {
		for _, w := range list {
			x.flawed = x.flawed || w.Flaw != ""
			if id == "" {
				continue
			}
			p := field.Problem{Field: "who", Warning: true, Message: w.Message}
			if w.Flaw != "" {
				p.Message = wordFlawed + "：" + w.Message
			}
			x.said[id] = append(x.said[id], p)
		}
	}
	x.whole = v.rows[""]
	x.told = v.text()
	if v.refused != nil {
		x.refuse(v)
	}
	s := x.sheet()
	x.follow(&s)
	x.form.Check()
}

// refuse puts a refusal beside the cell it is about.
func (x *TermChange) refuse(v verdict) {
	p := *v.refused
	at := v.at
	switch {
	case at == "" && x.headKind.Field(p.Field) != nil:
	case at == "":
		x.refused = p.Message
		return
	case p.Field != "reason":
		p.Field = "who"
	}
	if p.Field == "elected" && x.sheet().head.Elected.IsZero() {
		return // not typed yet
	}
	x.said[at] = append(x.said[at], p)
}

// text is all that is warned of.
func (v *verdict) text() string {
	var all []work.Warning
	for _, list := range v.rows {
		all = append(all, list...)
	}
	return textOf(all)
}

// finish writes the table, unless it is refused or warned of what was not told
// before.
func (x *TermChange) finish() {
	s, told := x.sheet(), x.told
	x.judging++ // what is being read is of no use any more
	x.saving = true
	var v verdict
	x.desk.do(opTermChange, func(tx *store.Tx) (err error) {
		if v, err = s.judge(tx, x.village, s.head.Elected); err != nil {
			return err
		}
		if v.refused != nil {
			return v.refused
		}
		if v.text() != told {
			return errUnread
		}
		t, _, err := s.table(tx, x.village)
		if err != nil {
			return err
		}
		_, err = work.TermChange(tx, *t)
		return err
	}, func(o Operation, err error) {
		after := x.after
		x.saving, x.after = false, nil
		x.form.Saved(err)
		var refused *field.Problem
		switch {
		case err == nil:
			x.done(o, after)
		case errors.Is(err, errUnread):
			x.judged(v)
			x.says.Add(words(sayReadFirst, theme.Current().Ink2, theme.Current().Text))
			x.frame.Refresh()
		case errors.As(err, &refused):
			x.judged(v)
		default:
			x.desk.Fail(err)
		}
	})
}

// done goes to the village, or where one went meanwhile.
func (x *TermChange) done(o Operation, after func()) {
	x.kept = form.Draft{}
	d := x.desk
	if after != nil {
		after()
	} else {
		d.Close()
		d.Record("village", x.village)
	}
	d.Tell(Notice{Text: sayTermDone(x.name, x.counts[0], x.counts[1], x.counts[2]), Choices: []Choice{{Text: doUndo, Do: func() { d.UndoOperation(o) }}}})
}

// drop forgets what is typed.
func (x *TermChange) drop() {
	if x.saving {
		return
	}
	x.seats, x.fresh = nil, nil
	x.form.Discard()
	x.desk.Close()
}
