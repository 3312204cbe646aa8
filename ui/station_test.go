package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sample"
	"touyan/store/sheet"
	"touyan/store/vault"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

var tester = store.Actor{Name: "张敏"}

// clock is the time of all tests.
func clock() time.Time { return time.Date(2026, 3, 2, 9, 30, 0, 0, time.Local) }

func options() store.Options {
	return store.Options{Kinds: record.Kinds(), Now: clock, Cost: vault.Floor}
}

// station is a window with what it has posted to the UI thread, which is that
// of the test.
type station struct {
	*Window
	t      testing.TB
	posted chan func()

	launched   []string // files opened in other programs
	unlaunched error    // why they are not
}

// newStation makes a window that shows nothing yet.
func newStation(t testing.TB) *station { return newStationWith(t, options()) }

func newStationWith(t testing.TB, o store.Options) *station {
	app := test.NewTempApp(t)
	app.Preferences().SetString(keptRoom, firstRoom) // where most tests begin
	s := &station{Window: New(app, o, tester), t: t, posted: make(chan func(), 1<<12)}
	s.Post = func(f func()) { s.posted <- f }
	s.Launch = func(path string, then func(error)) {
		s.launched = append(s.launched, path)
		then(s.unlaunched)
	}
	t.Cleanup(s.leave)
	return s
}

// settle waits for all that runs beside the UI thread and does what was posted,
// until nothing more comes of it.
func (s *station) settle() {
	for {
		s.desk.Wait()
		select {
		case f := <-s.posted:
			f()
		default:
			return
		}
	}
}

// open shows an invented township.
func open(t testing.TB) *station { return openAt(t, true) }

// openFew shows a township with a record of each kind: books of it are soon
// written and read.
func openFew(t testing.TB) *station {
	s := openAt(t, false)
	office := s.desk.DB.Office()
	village, person := store.NewID(clock()), store.NewID(clock())
	ok(t, s.desk.DB.Do("录入", tester, func(tx *store.Tx) error {
		var errs []error
		for _, r := range []field.Record{
			&record.Office{Head: field.Head{ID: store.OfficeID(office.Code)}, Code: office.Code, Name: office.Name, Level: "1"},
			&record.Village{Head: field.Head{ID: village}, Name: "前进嘎查", Office: store.OfficeID(office.Code)},
			&record.Person{Head: field.Head{ID: person}, Name: "白音巴图", Birth: field.Date{Year: 1978, Month: 3}, Phone: "15400000001"},
			&record.Post{Person: person, Village: village, Position: record.Secretary, From: field.Date{Year: 2024, Month: 3}},
			&record.Reserve{Person: person, Village: village, Round: "2025年", Entered: field.Date{Year: 2025, Month: 7}},
		} {
			errs = append(errs, tx.Put(r))
		}
		return errors.Join(errs...)
	}))
	s.settle()
	return s
}

func openAt(t testing.TB, filled bool) *station { return openAs(t, "示例.touyan", filled) }

// openAs shows a township whose ledger lies at a path in a folder of its own.
func openAs(t testing.TB, name string, filled bool) *station {
	path := filepath.Join(t.TempDir(), name)
	ok(t, os.MkdirAll(filepath.Dir(path), 0o700))
	build(t, path, sample.OfficeAt(field.Township), filled)
	s := newStation(t)
	s.Start(path)
	s.settle()
	if s.shell == nil {
		t.Fatalf("the ledger did not open: %s", strings.Join(s.texts(), " "))
	}
	return s
}

// build makes a ledger, with an invented office in it if asked.
func build(t testing.TB, path string, office store.Office, filled bool) {
	t.Helper()
	ok(t, store.Create(path, office, true, options()))
	if !filled {
		return
	}
	db := reopen(t, path)
	ok(t, sample.Build(context.Background(), db, tester, 1))
	ok(t, db.Close())
}

func reopen(t testing.TB, path string) *store.DB {
	t.Helper()
	db, err := store.Open(path, options())
	ok(t, err)
	return db
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// enter goes to a room as a click on its door does.
func (s *station) enter(name string) page.Page {
	s.t.Helper()
	for _, d := range s.shell.side.doors {
		if d.room.Name == name {
			test.Tap(d)
			s.settle()
			return s.shell.Page()
		}
	}
	s.t.Fatalf("no room %s", name)
	return nil
}

// press presses a button of the panel on top, or of the page.
func (s *station) press(text string) {
	s.t.Helper()
	var buttons page.Buttons
	switch {
	case s.login != nil:
		buttons = s.login.Buttons()
	case s.desk.Panel() != nil:
		buttons = s.desk.Panel().Buttons()
	case s.shell != nil:
		buttons = s.shell.Page().Buttons()
	default:
		buttons = s.start.Buttons()
	}
	if !buttons.Press(text) && !(buttons.Press("更多…") && s.desk.Pick(text)) {
		s.t.Fatalf("no button %s on a screen that says: %s", text, strings.Join(s.texts(), " | "))
	}
	s.settle()
}

// keys presses a shortcut that no focused widget takes.
func (s *station) keys(k fyne.Shortcut) {
	s.t.Helper()
	s.shell.pressed.TypedShortcut(k)
	s.settle()
}

// ctrl presses a key with Ctrl.
func (s *station) ctrl(key fyne.KeyName) {
	s.t.Helper()
	s.keys(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault})
}

// function presses a function key that no focused widget takes.
func (s *station) function(key fyne.KeyName) {
	s.t.Helper()
	s.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: key})
	s.settle()
}

// link presses a word at the foot of the window.
func (s *station) link(text string) {
	s.t.Helper()
	if !s.shell.Press(text) {
		s.t.Fatalf("no %s at the foot", text)
	}
	s.settle()
}

// texts are all texts that can be seen.
func (s *station) texts() []string {
	c := s.win.Canvas()
	var out []string
	for _, root := range append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...) {
		for _, o := range test.LaidOutObjects(root) {
			if t, isText := o.(*canvas.Text); isText && t.Visible() && t.Text != "" {
				out = append(out, t.Text)
			}
		}
	}
	return out
}

// says reports whether some text on the screen has this in it.
func (s *station) says(part string) bool {
	return strings.Contains(strings.Join(s.texts(), ""), part)
}

func (s *station) mustSay(parts ...string) {
	s.t.Helper()
	for _, p := range parts {
		if !s.says(p) {
			s.t.Errorf("the screen does not say %q, but: %s", p, strings.Join(s.texts(), " | "))
		}
	}
}

// view reads from the ledger.
func (s *station) view(f func(*store.Tx) error) {
	s.t.Helper()
	ok(s.t, s.desk.DB.View(f))
}

// everything is each record of the ledger as texts, for comparing.
func (s *station) everything() []string {
	var out []string
	s.view(func(tx *store.Tx) error {
		for _, k := range tx.Kinds() {
			for row, err := range tx.Rows(k.Name) {
				if err != nil {
					return err
				}
				out = append(out, k.Name+" "+row.ID+" "+strings.Join(row.Values, "|"))
			}
		}
		return nil
	})
	return out
}

// roster writes the committee's roster as the ledger has it, after edit has
// changed its rows. It carries no stamps: any office could have typed it.
func (s *station) roster(edit func(set func(row int, path, text string))) string {
	s.t.Helper()
	form := record.FormNamed("committee")
	table := sheet.Sheet{Form: form, Kinds: s.desk.DB.Kinds()}
	s.view(func(tx *store.Tx) error {
		lines, err := tx.Lines(form, nil, field.DateAt(clock()))
		for _, l := range lines {
			cells := make([]string, len(form.Columns))
			for i := range cells {
				cells[i] = l.Shown(i)
			}
			table.Lines = append(table.Lines, sheet.Line{Cells: cells})
		}
		return err
	})
	edit(func(row int, path, text string) {
		i := slices.IndexFunc(form.Columns, func(c field.Column) bool { return c.Path == path })
		if i < 0 {
			s.t.Fatalf("the form has no column %s", path)
		}
		table.Lines[row].Cells[i] = text
	})
	path := filepath.Join(s.t.TempDir(), "花名册.xlsx")
	ok(s.t, sheet.Write(context.Background(), path, sheet.Doc{Sheets: []sheet.Sheet{table}, Unit: "某苏木", Made: clock()}, nil))
	return path
}

// drop drops books on the window.
func (s *station) drop(paths ...string) {
	s.t.Helper()
	s.shell.Receive(paths...)
	s.settle()
}

// sendTo writes all registers for an office.
func sendTo(t testing.TB, db *store.DB, path string, to store.Office) {
	t.Helper()
	forms, err := exchange.Registers(db.Kinds(), nil)
	ok(t, err)
	_, err = exchange.Send(context.Background(), db, tester, path, exchange.Order{To: to, Forms: forms, AsOf: field.DateAt(clock())}, nil)
	ok(t, err)
}

// merge takes a book into a ledger.
func merge(t testing.TB, db *store.DB, path string) {
	t.Helper()
	ctx := context.Background()
	book, err := exchange.Open(ctx, db, path, exchange.Options{})
	ok(t, err)
	var plan *exchange.Plan
	ok(t, db.View(func(tx *store.Tx) (err error) {
		plan, err = book.Plan(ctx, tx)
		return err
	}))
	_, err = exchange.Apply(ctx, db, tester, plan, nil)
	ok(t, err)
}

// phone gives the first person of a ledger another phone.
func phone(t testing.TB, db *store.DB, number string) (id string) {
	t.Helper()
	ok(t, db.Do("更正", tester, func(tx *store.Tx) error {
		for p, err := range store.All[record.Person](tx) {
			if err != nil {
				return err
			}
			id, p.Phone = p.ID, number
			return tx.Put(p)
		}
		return nil
	}))
	return id
}

func phoneOf(t testing.TB, db *store.DB, id string) (number string) {
	t.Helper()
	ok(t, db.View(func(tx *store.Tx) error {
		p, err := store.Get[record.Person](tx, id)
		if err == nil {
			number = p.Phone
		}
		return err
	}))
	return number
}
