package page

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// RoomBoard is the room of who reported.
const RoomBoard = "board"

// Board is 收报看板: the offices below ours, how each stands with its report on
// the chosen period, and with the periods before. Books are dropped here by the
// dozen, and one press sends every office its own.
type Board struct {
	listing

	desk    *Desk
	turn    int
	says    *canvas.Text
	chosen  *widget.Select
	periods []exchange.Period
	at      int // of the period chosen
	filling bool
	facts   *exchange.Board
}

// NewBoard makes the page.
func NewBoard(d *Desk) *Board { return newBoard(d, exchange.Periods(field.DateAt(d.DB.Now())), 0) }

func newBoard(d *Desk, periods []exchange.Period, at int) *Board {
	look := theme.Current()
	b := &Board{desk: d, periods: periods, at: at}
	b.Grid = grid.New(b.columns())
	b.Grid.SetEmpty(sayNoOffices, doRegisterOffices, func() { d.Room("office") })
	b.Grid.OnSelect = func([]string) { b.enable() }
	b.Grid.OnOpen = func(string) { b.open() }
	b.buttons = buttons([]Choice{
		{Text: doTakeIn, Main: true, Do: b.choose},
		{Text: doIssue, Do: b.askIssue},
		{Text: doReturn, Do: b.sendBack},
		{Text: doDue, Do: b.askDue},
		{Text: doOpenBatch, Do: b.open},
		{Text: doDecide, Do: func() { d.Room(RoomConflicts) }},
	})
	b.says = words(sayBoard, look.Ink2, look.Text)
	var names []string
	for _, p := range periods {
		names = append(names, p.String())
	}
	b.chosen = newSelect(names, func(string) {
		if !b.filling {
			b.at = b.chosen.SelectedIndex()
			b.show()
		}
	})
	b.filling = true
	b.chosen.SetSelectedIndex(at)
	b.filling = false
	over := container.NewBorder(nil, nil, b.filter(), container.NewHBox(container.NewCenter(words(labelPeriod, look.Ink2, look.Text)), least(card(b.chosen), fyne.NewSize(11*look.Text, 0))))
	b.content = sheetOver(titleBoard, b.says, b.buttons, over, card(b.Grid), nil)
	b.enable()
	return b
}

// columns are those that tell of the chosen period, then one for each.
func (b *Board) columns() []grid.Column {
	out := []grid.Column{
		{Name: "office", Label: headUnit, Type: field.Text, Width: 150, Find: true},
		{Name: "standing", Label: headState, Type: field.Code, Width: 112},
		{Name: "version", Label: headVersion, Type: field.Number, Width: 72},
		{Name: "late", Label: headLate, Type: field.Number, Width: 72},
		{Name: "conflicts", Label: countConflicts, Type: field.Number, Width: 64},
		{Name: "came", Label: headCame, Type: field.Day, Width: 128},
		{Name: "book", Label: headBook, Type: field.Text, Width: 210, Find: true},
		{Name: "note", Label: headNote, Type: field.Text, Width: 190},
	}
	for _, p := range b.periods {
		out = append(out, grid.Column{Name: string(p), Label: p.String(), Type: field.Code, Width: 118})
	}
	return out
}

// Remake makes the page in another look, or about another period.
func (b *Board) Remake() Page {
	n := newBoard(b.desk, b.periods, b.at)
	n.take(&b.listing)
	return n
}

// Projects says that no person stands here.
func (b *Board) Projects() {}

// Title is the room's name.
func (b *Board) Title() string { return titleBoard }

// Refresh reads the board anew.
func (b *Board) Refresh() {
	today := field.DateAt(b.desk.DB.Now())
	read(b.desk, &b.turn, func(tx *store.Tx) (*exchange.Board, error) {
		return exchange.BoardOf(tx, today, b.periods...)
	}, func(found *exchange.Board) {
		b.facts = found
		b.show()
	})
}

// show fills the table with what was read, the details those of the chosen
// period.
func (b *Board) show() {
	if b.facts == nil {
		return
	}
	var rows []grid.Row
	for i := range b.facts.Offices {
		rows = append(rows, b.row(&b.facts.Offices[i]))
	}
	b.fill(rows)
	b.says.Text = sayBoardCounts(b.facts, b.at)
	b.says.Refresh()
	b.enable()
}

// row is the line of one office.
func (b *Board) row(o *exchange.Reporting) grid.Row {
	r := &o.Reports[b.at]
	out := grid.Row{ID: o.Office.Code, Cells: []string{o.Office.Name, r.Standing.String(), "", "", "", "", "", sayReported(r)}, Marks: map[int]grid.Mark{}}
	out.Keys = slices.Clone(out.Cells)
	out.Keys[0] = o.Office.Code
	for i, n := range []int{r.Version, r.Late, r.Conflicts} {
		if n > 0 {
			out.Cells[2+i] = strconv.Itoa(n)
		}
	}
	if r.Last.Seq > 0 {
		out.Cells[5], out.Cells[6] = sayTime(r.Came), r.Last.Batch.Book
	}
	copy(out.Keys[2:], out.Cells[2:])
	if r.Last.Seq > 0 {
		out.Keys[5] = momentKey(r.Came)
	}
	if tone, marked := toneOf(r); marked {
		out.Marks[1] = grid.Mark{Tone: tone, Note: sayReported(r)}
	}
	for i := range o.Reports {
		out.Cells = append(out.Cells, o.Reports[i].Standing.String())
	}
	return out
}

// toneOf sets off what waits for somebody.
func toneOf(r *exchange.Reported) (grid.Tone, bool) {
	switch r.Standing {
	case exchange.Unreported:
		return grid.Refused, r.Late > 0
	case exchange.Arrived, exchange.Disputed, exchange.SentBack:
		return grid.Doubtful, true
	}
	return 0, false
}

// selected is the office whose line is selected.
func (b *Board) selected() *exchange.Reporting {
	ids := b.Grid.Selected()
	if len(ids) != 1 || b.facts == nil {
		return nil
	}
	return b.facts.Office(ids[0])
}

func (b *Board) enable() {
	o := b.selected()
	enable(b.buttons[1], b.facts != nil && len(b.facts.Offices) > 0)
	enable(b.buttons[2], o != nil)
	enable(b.buttons[4], o != nil && o.Reports[b.at].Last.Seq > 0)
	enable(b.buttons[5], o != nil && o.Reports[b.at].Conflicts > 0)
}

// open shows what the book did that the selected line tells of.
func (b *Board) open() {
	if o := b.selected(); o != nil && o.Reports[b.at].Last.Seq > 0 {
		b.desk.openPassage(rowID(o.Reports[b.at].Last.Seq))
	}
}

// sendBack makes a return for the office of the selected line.
func (b *Board) sendBack() {
	if o := b.selected(); o != nil {
		s := newSendBack(b.desk, o.Office, b.periods[b.at])
		b.desk.Open(s)
		s.Refresh()
	}
}

// choose asks for a book to take in; several are dropped.
func (b *Board) choose() {
	b.desk.chooseOpen(titleChooseBook, bookEndings, func(path string) { b.Drop([]string{path}) })
}

// Drop takes in books, each as a batch of its own.
func (b *Board) Drop(paths []string) (rest []string) {
	var books []string
	for _, p := range paths {
		if IsPaper(p) {
			rest = append(rest, p)
		} else {
			books = append(books, p)
		}
	}
	if len(books) > 0 {
		b.desk.takeIn(books, b.periods[b.at])
	}
	return rest
}

// askDue asks until when reports on the chosen period are in time.
func (b *Board) askDue() {
	if b.facts == nil {
		return
	}
	p, typed := b.periods[b.at], newKeyEntry()
	due := b.facts.Due[b.at]
	typed.SetText(due.Office())
	var panel *Panel
	keep := func() {
		d, problem := readDay(typed.Text)
		if problem != "" || d.Day == 0 {
			b.desk.Say(titleDue(p), sayNoDay(typed.Text))
			return
		}
		b.desk.work(sayKeeping, func(context.Context, func(done, total int64)) error {
			return exchange.SetDue(b.desk.DB, b.desk.Who, p, d)
		}, b.Refresh)
	}
	panel = b.desk.Show(titleDue(p), container.NewVBox(prose(sayDue, theme.Current().Dialog), typed), narrow,
		Choice{Text: doCancel}, Choice{Text: doKeepDue, Main: true, Do: keep})
	typed.OnSubmitted = func(string) { panel.enter() }
	b.desk.Window.Canvas().Focus(typed)
}

// askIssue asks where the books for the offices below go, and writes them.
func (b *Board) askIssue() {
	places := slices.DeleteFunc(b.desk.places(), func(p place) bool { return p.name == placeLedger })
	sortSticks(places)
	var names []string
	for _, p := range places {
		names = append(names, sayPlaceName(p))
	}
	if len(places) == 0 {
		b.desk.Say(titleIssue, sayNoPlace)
		return
	}
	where := newSelect(names, nil)
	where.SetSelectedIndex(0)
	lock := widget.NewCheck(sayLock, nil)
	n := len(b.facts.Offices)
	b.desk.Show(titleIssue, container.NewVBox(prose(sayIssue(n), theme.Current().Dialog), card(where), lock), narrow,
		Choice{Text: doCancel}, Choice{Text: doIssueNow(n), Main: true, Do: func() {
			b.issue(filepath.Join(places[max(0, where.SelectedIndex())].path, folderIssued+b.desk.DB.Now().Format("20060102")), lock.Checked)
		}})
}
