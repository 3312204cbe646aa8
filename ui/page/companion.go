package page

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/paper"
	"touyan/ui/grid"
)

// taken is what became of companions (附件包), and how many papers are still to
// come.
type taken struct {
	paper.Unpacked
	err     error // why not all came in
	waiting int
}

func (t *taken) count(tx *store.Tx) error {
	list, err := paper.NotYetReceived(tx)
	t.waiting = len(list)
	return err
}

// isCompanion reports whether a file is meant as a companion, by its name or by
// how it begins.
func isCompanion(path string) bool {
	return strings.HasSuffix(path, paper.CompanionTail) || !isBook(path) && !IsPaper(path) && paper.IsCompanion(path)
}

// WithoutCompanions leaves those out whose workbooks are among the files, for they
// come in with them, and puts the others last.
func WithoutCompanions(paths []string) []string {
	var books, rest []string
	for _, p := range paths {
		if !isCompanion(p) {
			books = append(books, p)
		}
	}
	for _, p := range paths {
		comesWith := func(book string) bool { return slices.Contains(paper.CompanionNames(book), p) }
		if isCompanion(p) && !slices.ContainsFunc(books, comesWith) {
			rest = append(rest, p)
		}
	}
	return append(books, rest...)
}

// takeCompanions takes companions in by themselves, and tells what became of them.
func (d *Desk) takeCompanions(paths []string) {
	var t taken
	d.Attempt(sayTakingPapers(filepath.Base(paths[0])), func(ctx context.Context, tell func(done, total int64)) (err error) {
		t.Unpacked, t.err = paper.Unpack(ctx, d.DB, d.Who, nil, paths, tell)
		return d.DB.View(t.count)
	}, func(err error) {
		if err = errors.Join(t.err, err); err != nil && !errors.Is(err, context.Canceled) {
			d.Fail(err)
			return
		}
		d.toldPapers(t)
	})
}

// toldPapers tells what became of companions, with each fault where there are any.
func (d *Desk) toldPapers(t taken) {
	n := Notice{Text: sayTaken(t)}
	if t.waiting > 0 {
		n.Choices = []Choice{{Text: doSeeWaiting, Do: d.openWaiting}}
	}
	d.Tell(n)
	if len(t.Wrong) > 0 {
		d.listLines(titleWrongPapers, t.Wrong)
	}
}

// packPapers writes the companion of the book just written, beside it.
func (s *Send) packPapers() {
	w := s.sending.wrote
	var out paper.Packed
	s.desk.Attempt(sayPacking, func(ctx context.Context, tell func(done, total int64)) error {
		p, err := exchange.PackingOf(ctx, w.path, w.secret)
		if err != nil {
			return err
		}
		out, err = paper.Pack(ctx, s.desk.DB, s.desk.Who, p, tell)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, context.Canceled):
			s.desk.Tell(Notice{Text: sayPackPaused(out.Papers)})
			return
		case err != nil:
			s.desk.Fail(err)
			return
		}
		w.packed = true
		s.desk.Tell(Notice{Text: sayPacked(out)})
		var lacks []string
		for _, l := range out.Lacks {
			lacks = append(lacks, l.Error())
		}
		if len(lacks) > 0 {
			s.desk.listLines(titleLacks, lacks)
		}
		s.Refresh()
	})
}

// Waiting is the page of the papers whose files have not been received.
type Waiting struct {
	listing

	desk *Desk
	turn int
	by   map[string]paper.Waiting
}

func (d *Desk) openWaiting() {
	w := newWaiting(d)
	d.Open(w)
	w.Refresh()
}

func newWaiting(d *Desk) *Waiting {
	w := &Waiting{desk: d, by: map[string]paper.Waiting{}}
	w.Grid = grid.New([]grid.Column{
		{Name: "office", Label: headFromOffice, Type: field.Text, Width: 170, Find: true},
		{Name: "name", Label: headOwner, Type: field.Text, Width: 170, Find: true},
		{Name: "title", Label: headPaperTitle, Type: field.Text, Width: 320, Find: true},
		{Name: "class", Label: headPaperClass, Type: field.Code, Width: 220},
	})
	w.Grid.SetEmpty(sayAllReceived, "", nil)
	w.Grid.OnOpen = func(id string) {
		if one, known := w.by[id]; known {
			d.Record(one.Kind, one.Owner)
		}
	}
	w.buttons = buttons([]Choice{{Text: doBackToList, Do: d.Close}, {Text: doTakeCompanion, Main: true, Do: func() {
		d.chooseOpen(titleChooseCompanion, []string{paper.CompanionTail}, func(path string) { d.takeCompanions([]string{path}) })
	}}})
	w.content = sheet(titleWaiting, sayWaiting, w.buttons, w.filter(), card(w.Grid), nil)
	return w
}

// Remake makes the page in another look.
func (w *Waiting) Remake() Page {
	n := newWaiting(w.desk)
	n.take(&w.listing)
	return n
}

// Projects says that people stand here by name alone.
func (w *Waiting) Projects() {}

// Title is what is listed.
func (w *Waiting) Title() string { return titleWaiting }

// Drop takes companions in.
func (w *Waiting) Drop(paths []string) (rest []string) {
	var mine []string
	for _, p := range paths {
		if isCompanion(p) {
			mine = append(mine, p)
		} else {
			rest = append(rest, p)
		}
	}
	if len(mine) > 0 {
		w.desk.takeCompanions(mine)
	}
	return rest
}

// Refresh reads the list anew.
func (w *Waiting) Refresh() {
	read(w.desk, &w.turn, paper.NotYetReceived, func(found []paper.Waiting) {
		clear(w.by)
		var rows []grid.Row
		for _, one := range found {
			w.by[one.Record] = one
			rows = append(rows, grid.Row{ID: one.Record, Cells: []string{one.Office, one.Name, one.Title, one.Class}})
		}
		w.fill(rows)
	})
}
