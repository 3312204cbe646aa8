package page

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"touyan/store"
	"touyan/store/backup"
	"touyan/store/field"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Backups is the page of the ledger's copies: which there are, whether they are
// whole, what the newest lacks, where else they go; and from where one is put
// back.
type Backups struct {
	listing

	desk    *Desk
	turn    int
	says    *canvas.Text
	lacks   *canvas.Text
	second  *leftEntry
	places  *widget.Select
	budget  *widget.Select
	copies  map[string]backup.Copy
	checked map[string]bool // whether a copy is whole, by path
}

// NewBackups makes the page.
func NewBackups(d *Desk) *Backups {
	look := theme.Current()
	b := &Backups{desk: d, copies: map[string]backup.Copy{}, checked: map[string]bool{}}
	b.Grid = grid.New([]grid.Column{
		{Name: "at", Label: headAt, Type: field.Day, Width: 160},
		{Name: "why", Label: headMadeWhy, Type: field.Text, Width: 120},
		{Name: "size", Label: headSize, Type: field.Number, Width: 110},
		{Name: "whole", Label: headWhole, Type: field.Text, Width: 120},
		{Name: "place", Label: headPlace, Type: field.Text, Width: 120},
		{Name: "file", Label: headBook, Type: field.Text, Width: 320},
	})
	b.Grid.Bare = true
	b.Grid.SetEmpty(sayNoBackups, "", nil)
	b.Grid.OnSelect = func([]string) { b.enable() }
	b.buttons = buttons([]Choice{
		{Text: doBackup, Main: true, Do: b.make},
		{Text: doCheckCopy, Do: b.check},
		{Text: doRestore, Do: b.restore},
	})
	b.says, b.lacks = words(sayBackups, look.Ink2, look.Text), words("", look.Ink, look.Text)
	b.content = sheetOver(titleBackups, b.says, b.buttons, container.NewVBox(b.lacks, b.settings()), card(b.Grid), nil)
	b.enable()
	return b
}

// settings is where else the copies go, and how much room they may take.
func (b *Backups) settings() fyne.CanvasObject {
	look, s := theme.Current(), KeptBackups()
	b.second = newLeftEntry(s.Second, func(string) { b.keep() })
	b.second.SetPlaceHolder(hintSecond)
	by := map[string]string{}
	var names []string
	for _, p := range b.desk.places() {
		if p.path != filepath.Dir(b.desk.DB.Path()) {
			names = append(names, p.name)
			by[p.name] = p.path
		}
	}
	b.places = newSelect(names, func(name string) {
		b.second.SetText(by[name])
		b.keep()
	})
	b.places.PlaceHolder = hintPlace
	var sizes []string
	for _, n := range budgets {
		sizes = append(sizes, sayBudget(n))
	}
	b.budget = newSelect(sizes, nil)
	b.budget.Selected = sayBudget(max(s.Budget, backup.DefaultBudget))
	for _, n := range budgets {
		if n == s.Budget {
			b.budget.Selected = sayBudget(n)
		}
	}
	b.budget.OnChanged = func(string) { b.keep() }
	return container.NewHBox(container.NewCenter(words(labelSecond, look.Ink2, look.Text)), least(b.second, fyne.NewSize(22*look.Text, 0)), b.places,
		container.NewCenter(words(labelBudget, look.Ink2, look.Text)), b.budget)
}

// budgets are those offered, in bytes. 默认值.
var budgets = []int64{500 << 20, 1 << 30, 2 << 30, 5 << 30}

func (b *Backups) keep() {
	s := backup.Settings{Second: b.second.Text}
	for _, n := range budgets {
		if sayBudget(n) == b.budget.Selected {
			s.Budget = n
		}
	}
	if s == KeptBackups() {
		return
	}
	if s.Second != "" && !isFolder(s.Second) {
		b.desk.Tell(Notice{Text: sayNoFolder(s.Second)})
	}
	KeepBackups(s)
	if k := b.desk.Keeper; k != nil {
		k.Set(s)
	}
	b.Refresh()
}

// Under these names the app remembers how this machine makes copies.
const (
	keptSecond = "backup.second"
	keptBudget = "backup.budget"
)

// KeptBackups is how this machine makes copies.
func KeptBackups() backup.Settings {
	kept := fyne.CurrentApp().Preferences()
	return backup.Settings{Second: kept.String(keptSecond), Budget: int64(kept.Float(keptBudget))}
}

// KeepBackups remembers it.
func KeepBackups(s backup.Settings) {
	kept := fyne.CurrentApp().Preferences()
	kept.SetString(keptSecond, s.Second)
	kept.SetFloat(keptBudget, float64(s.Budget))
}

// Remake makes the page in another look.
func (b *Backups) Remake() Page {
	n := NewBackups(b.desk)
	n.checked = b.checked
	n.take(&b.listing)
	return n
}

// Projects says that nothing of a record stands here.
func (b *Backups) Projects() {}

// Title is the room's name.
func (b *Backups) Title() string { return titleBackups }

// copiesFound are the copies there are, and what the newest lacks.
type copiesFound struct {
	list    []backup.Copy
	missing backup.Missing
	whole   bool // the newest is
	err     error
}

// Refresh reads the folders anew, and looks at the newest copy.
func (b *Backups) Refresh() {
	b.turn++
	mine, db, second := b.turn, b.desk.DB, KeptBackups().Second
	b.desk.running.Go(func() {
		f := findCopies(db, second)
		b.desk.Post(func() {
			if mine != b.turn {
				return
			}
			if f.err != nil {
				b.desk.Fail(f.err)
			}
			b.show(f)
		})
	})
}

func findCopies(db *store.DB, second string) (f copiesFound) {
	f.list, f.err = backup.List(backup.Folder(db.Path()))
	if f.err != nil {
		return f
	}
	if len(f.list) > 0 {
		newest := f.list[0]
		_, err := store.CheckCopy(context.Background(), newest.Path, func(int64) {})
		f.whole = err == nil
		f.missing, f.err = backup.Compare(context.Background(), newest.Path, db)
	}
	if second != "" {
		there, err := backup.List(backup.In(second, db.Path()))
		if err == nil { // the stick is pulled out: the status tells
			f.list = append(f.list, there...)
		}
	}
	slices.SortStableFunc(f.list, func(a, b backup.Copy) int { return b.At.Compare(a.At) })
	return f
}

func (b *Backups) show(f copiesFound) {
	here := backup.Folder(b.desk.DB.Path())
	clear(b.copies)
	var rows []grid.Row
	for _, c := range f.list {
		if len(rows) == 0 {
			b.checked[c.Path] = f.whole
		}
		b.copies[c.Path] = c
		place, whole := wordSecond, wordUnchecked
		if filepath.Dir(c.Path) == here {
			place = wordHere
		}
		if good, known := b.checked[c.Path]; known {
			whole = wordWhole
			if !good {
				whole = wordBroken
			}
		}
		r := grid.Row{ID: c.Path, Cells: []string{sayTime(c.At), string(c.Reason), sayBytes(c.Size), whole, place, filepath.Base(c.Path)}}
		r.Keys = slices.Clone(r.Cells)
		r.Keys[0], r.Keys[2] = momentKey(c.At), fmt.Sprint(c.Size)
		if whole == wordBroken {
			r.Marks = map[int]grid.Mark{3: {Tone: grid.Refused, Note: sayBrokenCopy}}
		}
		rows = append(rows, r)
	}
	b.lacks.Text = ""
	if len(f.list) > 0 {
		b.lacks.Text = sayLacks(f.list[0].At, f.missing, b.desk.DB.Now())
	}
	b.lacks.Refresh()
	b.fill(rows)
	b.enable()
}

func (b *Backups) enable() {
	_, ok := b.chosen()
	enable(b.buttons[0], b.desk.Keeper != nil)
	enable(b.buttons[1], ok)
	enable(b.buttons[2], ok && b.desk.PutBack != nil)
}

func (b *Backups) chosen() (c backup.Copy, ok bool) {
	ids := b.Grid.Selected()
	if len(ids) != 1 {
		return c, false
	}
	c, ok = b.copies[ids[0]]
	return c, ok
}

// make makes a copy now.
func (b *Backups) make() { b.desk.backUp(b.Refresh) }

// backUp makes a copy now, and goes on.
func (d *Desk) backUp(then func()) {
	d.work(sayMakingBackup, func(ctx context.Context, _ func(done, total int64)) error {
		_, err := d.Keeper.Now(ctx)
		return err
	}, func() {
		d.Tell(Notice{Text: sayBackedUp})
		then()
	})
}

// check reads a copy through.
func (b *Backups) check() {
	c, ok := b.chosen()
	if !ok {
		return
	}
	d := b.desk
	d.Attempt(sayCheckingCopy, func(ctx context.Context, tell func(done, total int64)) error {
		done := int64(0)
		_, err := store.CheckCopy(ctx, c.Path, func(n int64) { done += n; tell(done, c.Size) })
		return err
	}, func(err error) {
		b.checked[c.Path] = err == nil
		if err != nil {
			d.Fail(err)
		} else {
			d.Tell(Notice{Text: sayCopyWhole(sayTime(c.At))})
		}
		b.Refresh()
	})
}

// restore asks before a copy takes the ledger's place: what would be missing,
// with the copy's moment on the button.
func (b *Backups) restore() {
	c, ok := b.chosen()
	if !ok {
		return
	}
	d := b.desk
	var m backup.Missing
	d.work(sayCheckingCopy, func(ctx context.Context, _ func(done, total int64)) (err error) {
		m, err = backup.Compare(ctx, c.Path, d.DB)
		return err
	}, func() {
		d.Show(titleRestore, prose(sayRestore(c.At, m, d.DB.Now()), theme.Current().Dialog), narrow,
			Choice{Text: doCancel}, Choice{Text: doRestoreOf(c.At), Main: true, Do: func() { d.PutBack(c) }})
	})
}

// backedUp makes copies before and after what changes much of the ledger. That
// none could be made is told at the foot, and is no reason not to do it.
func (d *Desk) backedUp(ctx context.Context, w backup.Work, f func() error) error {
	if d.Keeper == nil {
		return f()
	}
	d.Keeper.Before(ctx, w) // a failure is in its status
	if err := f(); err != nil {
		return err
	}
	d.Keeper.After(context.WithoutCancel(ctx), w)
	return nil
}
