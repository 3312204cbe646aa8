package page

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/disk"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2/container"
)

// SendBack is the page a return is made on: what the checks found in the records
// of one office, each with its reason, and cells added by hand. Those selected
// are asked about.
type SendBack struct {
	listing

	desk   *Desk
	turn   int
	office store.Office
	period exchange.Period
	found  []backLine
	added  []backLine
}

// backLine is a cell that may be asked about.
type backLine struct {
	exchange.Ask
	name, sheet, column string
}

func newSendBack(d *Desk, office store.Office, period exchange.Period) *SendBack {
	s := &SendBack{desk: d, office: office, period: period}
	s.Grid = grid.New([]grid.Column{
		{Name: "name", Label: headName, Type: field.Text, Width: 170, Find: true},
		{Name: "sheet", Label: headKind, Type: field.Code, Width: 90},
		{Name: "column", Label: headField, Type: field.Code, Width: 120, Find: true},
		{Name: "why", Label: headReason, Type: field.Text, Width: 620, Find: true},
	})
	s.Grid.SetEmpty(sayNothingFoundThere, doAddAsk, s.add)
	s.Grid.OnSelect = func([]string) { s.enable() }
	s.Grid.OnOpen = func(id string) {
		if l, ok := s.line(id); ok {
			d.goTo(l.Kind, l.Record, l.Field)
		}
	}
	s.buttons = buttons([]Choice{
		{Text: doBackToList, Do: d.Close},
		{Text: doAddAsk, Do: s.add},
		{Text: doSendBack, Main: true, Do: s.ask},
	})
	s.content = sheet(s.Title(), saySendBack, s.buttons, s.filter(), card(s.Grid), nil)
	s.enable()
	return s
}

// Remake makes the page in another look.
func (s *SendBack) Remake() Page {
	n := newSendBack(s.desk, s.office, s.period)
	n.found, n.added = s.found, s.added
	n.show()
	n.take(&s.listing)
	return n
}

// Projects says that no value of a person stands here but names.
func (s *SendBack) Projects() {}

// Title is to whom.
func (s *SendBack) Title() string { return titleSendBack(s.office.Name) }

// Refresh reads anew what the checks find in the office's records.
func (s *SendBack) Refresh() {
	read(s.desk, &s.turn, s.look, func(found []backLine) {
		s.found = found
		s.show()
	})
}

func (s *SendBack) look(tx *store.Tx) (out []backLine, err error) {
	forms, err := exchange.Registers(tx.Kinds(), nil)
	if err != nil {
		return nil, err
	}
	theirs, err := exchange.Holds(tx, exchange.Order{To: s.office, Forms: forms})
	if err != nil {
		return nil, err
	}
	found, err := s.desk.findings(tx)
	if err != nil {
		return nil, err
	}
	for _, p := range found {
		k := tx.Kinds().Kind(p.Kind)
		if k == nil || k.Field(p.Field) == nil {
			continue
		}
		mine, err := theirs(p.Kind, p.Record)
		if err != nil {
			return nil, err
		}
		if mine {
			out = append(out, backLine{exchange.Ask{Kind: p.Kind, Record: p.Record, Field: p.Field, Why: p.Message}, p.Name, k.Label, k.Field(p.Field).Label})
		}
	}
	return out, nil
}

// show fills the table: what was added by hand first.
func (s *SendBack) show() {
	var rows []grid.Row
	for i, l := range s.lines() {
		rows = append(rows, grid.Row{ID: strconv.Itoa(i), Cells: []string{l.name, l.sheet, l.column, l.Why}})
	}
	s.fill(rows)
	s.enable()
}

func (s *SendBack) lines() []backLine { return append(s.added[:len(s.added):len(s.added)], s.found...) }

func (s *SendBack) line(id string) (backLine, bool) {
	i, err := strconv.Atoi(id)
	if err != nil || i >= len(s.lines()) {
		return backLine{}, false
	}
	return s.lines()[i], true
}

func (s *SendBack) enable() {
	n := len(s.Grid.Selected())
	s.buttons[2].SetText(doSendBackNow(n))
	enable(s.buttons[2], n > 0)
}

// ask asks where the return goes, and writes it.
func (s *SendBack) ask() {
	var asks []exchange.Ask
	for _, id := range s.Grid.Selected() {
		if l, ok := s.line(id); ok {
			asks = append(asks, l.Ask)
		}
	}
	if len(asks) == 0 {
		return
	}
	name := disk.FileName(opSendBack + s.office.Name + s.desk.DB.Now().Format("20060102") + bookEnding)
	s.desk.chooseSave(s.Title(), name, func(path string) { s.write(path, asks) })
}

func (s *SendBack) write(path string, asks []exchange.Ask) {
	d := s.desk
	o := exchange.Order{To: s.office, Period: s.period, Copy: exchange.Full, Cover: true, AsOf: field.DateAt(d.DB.Now())}
	d.work(sayWritingBook, func(ctx context.Context, _ func(done, total int64)) error {
		_, err := exchange.SendBack(ctx, d.DB, d.Who, path, o, asks)
		return err
	}, func() {
		d.closes(s)
		d.Tell(Notice{Text: saySentBack(s.office.Name, len(asks), filepath.Base(path)), Choices: []Choice{{Text: doOpenFolder, Do: func() { d.OpenFile(filepath.Dir(path)) }}}})
	})
}

// add asks for a cell the checks found nothing wrong with: whose, which column,
// and why.
func (s *SendBack) add() {
	var people []pickItem
	read(s.desk, &s.turn, func(tx *store.Tx) ([]pickItem, error) { return s.theirs(tx) }, func(found []pickItem) {
		people = found
		s.desk.pickFrom(titleWhose, people, s.addFor)
	})
}

// theirs are the records of the office one may ask about.
func (s *SendBack) theirs(tx *store.Tx) (out []pickItem, err error) {
	forms, err := exchange.Registers(tx.Kinds(), nil)
	if err != nil {
		return nil, err
	}
	holds, err := exchange.Holds(tx, exchange.Order{To: s.office, Forms: forms})
	if err != nil {
		return nil, err
	}
	for _, k := range tx.Kinds() {
		if k.Name == RoomRequests || k.Name == "office" {
			continue
		}
		for row, err := range tx.Rows(k.Name) {
			if err != nil {
				return nil, err
			}
			mine, err := holds(k.Name, row.ID)
			if err != nil {
				return nil, err
			}
			if mine {
				out = append(out, pickItem{k.Name + "/" + row.ID, tx.NameOf(k, row), k.Label})
			}
		}
	}
	return out, nil
}

func (s *SendBack) addFor(of string) {
	kind, id, _ := strings.Cut(of, "/")
	k := s.desk.DB.Kinds().Kind(kind)
	if k == nil {
		return
	}
	var columns []pickItem
	for i := range k.Fields {
		columns = append(columns, pickItem{k.Fields[i].Name, k.Fields[i].Label, ""})
	}
	s.desk.pickFrom(titleWhich, columns, func(name string) { s.addWhy(k, id, name) })
}

func (s *SendBack) addWhy(k *field.Kind, id, name string) {
	why := newKeyEntry()
	p := s.desk.Show(titleAskWhy(k.Field(name).Label), container.NewVBox(prose(sayAskWhy, theme.Current().Dialog), why), narrow,
		Choice{Text: doCancel}, Choice{Text: doAddAsk, Main: true, Do: func() {
			text := strings.TrimSpace(why.Text)
			if text == "" {
				s.desk.Say(s.Title(), sayExplainNothing)
				return
			}
			read(s.desk, &s.turn, func(tx *store.Tx) (string, error) { return tx.Name(k.Name, id), nil }, func(who string) {
				s.added = append(s.added, backLine{exchange.Ask{Kind: k.Name, Record: id, Field: name, Why: text}, who, k.Label, k.Field(name).Label})
				s.show()
				s.Grid.Select("0")
			})
		}})
	why.OnSubmitted = func(string) { p.enter() }
	s.desk.Window.Canvas().Focus(why)
}
