package page

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"touyan/store"
	"touyan/store/check"
	paper "touyan/store/sheet"
	"touyan/ui/theme"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// handover is the step by which a clerk who leaves hands his work to another:
// who takes it, what is open, the list both sign, and then the end of the one's
// access. What is open is the ledger's, not his: it waits for his successor as
// it waited for him.
type handover struct {
	users *Users
	from  store.User
	to    *widget.Select
	body  *handoverFacts
}

// handoverFacts is what is handed over, read at one moment.
type handoverFacts struct {
	waits  []check.Wait // nil where who is in reads no record
	counts [][2]string  // of records, by kind
	backup time.Time    // zero: not known
	head   store.Head
}

// handoverFacts reads what is handed over.
func (d *Desk) handoverFacts(tx *store.Tx) (f *handoverFacts, err error) {
	f = &handoverFacts{}
	if f.head, err = tx.Head(); err != nil {
		return nil, err
	}
	if d.Reads() {
		facts, err := d.survey(tx)
		if err != nil {
			return nil, err
		}
		books, err := passages(tx)
		if err != nil {
			return nil, err
		}
		f.waits = append(slices.Clone(facts.waits), unreturned(books, tx.Office().Name)...)
		for _, k := range tx.Kinds() {
			n := 0
			for _, err := range tx.Rows(k.Name) {
				if err != nil {
					return nil, err
				}
				n++
			}
			f.counts = append(f.counts, [2]string{k.Label, fmt.Sprint(n)})
		}
	}
	for e, err := range tx.Journal() {
		if err != nil {
			return nil, err
		}
		if e.Event && e.Op == opBackup {
			f.backup = e.At
			break
		}
	}
	if d.Keeper != nil { // it knows also of copies made since the file was put back, or while it was locked
		f.backup = d.Keeper.Status().Here.At
	}
	return f, nil
}

// unreturned are the books sent to offices that sent none back since, the newest
// to each.
func unreturned(books []passage, own string) (list []check.Wait) {
	heard := map[string]bool{own: true, "": true}
	for _, p := range books { // the newest first
		if p.Sent != nil && !p.undone && p.Sent.Copy == "" && !heard[p.office] {
			list = append(list, check.Wait{What: sayNotReturned, For: p.office, Reason: saySentBookOn(&p)})
		}
		if !p.undone {
			heard[p.office] = true
		}
	}
	return list
}

// askHandOver asks who takes over from the user selected.
func (u *Users) askHandOver() {
	from, ok := u.selected()
	if !ok {
		return
	}
	var others []string
	for _, user := range u.desk.DB.Users() {
		if user.ID != from.ID {
			others = append(others, user.Name)
		}
	}
	if len(others) == 0 {
		u.desk.Show(titleHandOver(from.Name), prose(sayNoSuccessor, theme.Current().Dialog), narrow, Choice{Text: doCancel}, Choice{Text: doAddUser, Main: true, Do: u.askAdd})
		return
	}
	read(u.desk, &u.desk.asking, u.desk.handoverFacts, func(f *handoverFacts) {
		h := &handover{users: u, from: from, body: f}
		h.to = newSelect(others, nil)
		if len(others) == 1 {
			h.to.Selected = others[0]
		}
		h.show()
	})
}

// show asks who takes over, and tells what is open.
func (h *handover) show() {
	look := theme.Current()
	box := container.NewVBox(paragraph(sayHandOver, look.WideDialog, look.Ink2), labelled(labelFrom, words(h.from.Name+"  "+store.RoleWords(h.from.Roles), look.Ink, look.Text)),
		labelled(labelTo, container.NewHBox(h.to)))
	box.Add(heading(sayOpenWork(h.body.waits), look.Text))
	for i, w := range h.body.waits {
		if i == openSeen {
			box.Add(words(sayMoreOpen(len(h.body.waits)-i), look.Ink2, look.Text))
			break
		}
		t := h.users.desk.waitTexts(w)
		box.Add(words(strings.Join(slices.DeleteFunc([]string{t.what, t.whom, t.until}, func(s string) bool { return s == "" }), "　"), look.Ink, look.Text))
	}
	p := h.users.desk.Show(titleHandOver(h.from.Name), box, wide, Choice{Text: doCancel},
		Choice{Text: doRemoveNamed(h.from.Name), Do: h.end}, Choice{Text: doPrintHandOver, Main: true, Do: h.print})
	chosen := func(string) {
		enable(p.buttons[1], h.to.Selected != "")
		enable(p.buttons[2], h.to.Selected != "")
	}
	h.to.OnChanged = chosen
	chosen("")
}

// openSeen is how much of what is open stands in the panel; the list has all.
const openSeen = 8

// print writes the list both sign, and asks on.
func (h *handover) print() {
	d := h.users.desk
	path, ok := d.printPath(titleHandOverList)
	if !ok {
		return
	}
	doc := plainPaper(d, titleHandOverList, []string{headItem, headContent, headNote}, []float64{20, 56, 20}, h.lines())
	d.work(sayWritingBook, func(ctx context.Context, _ func(done, total int64)) error { return paper.Write(ctx, path, doc, nil) }, func() {
		d.noteEvent(DoPrint, titleHandOverList)
		d.Tell(Notice{Text: sayPrinted(filepath.Base(path))})
		d.OpenFile(path)
		h.show()
	})
}

// lines are the list: what the ledger holds and how far its journal has come,
// what is open, and where both sign.
func (h *handover) lines() [][]string {
	d, f := h.users.desk, h.body
	lines := [][]string{
		{labelFrom, h.from.Name, store.RoleWords(h.from.Roles)},
		{labelTo, h.to.Selected, h.rolesOf(h.to.Selected)},
		{titleLedger, filepath.Base(d.DB.Path()), d.DB.Office().Name},
	}
	for _, c := range f.counts {
		lines = append(lines, []string{sayRecordsOf(c[0]), c[1], ""})
	}
	backup := sayBackupUnknown
	if !f.backup.IsZero() {
		backup = sayTime(f.backup)
	}
	lines = append(lines, []string{labelBackup, backup, ""},
		[]string{labelJournal, sayJournalAt(f.head), f.head.Root[:min(16, len(f.head.Root))]},
		[]string{labelOpenWork, sayOpenWork(f.waits), ""})
	for i, w := range f.waits {
		lines = append(lines, []string{fmt.Sprintf("%d. %s", i+1, w.What), strings.TrimSpace(w.For + "　" + w.Reason), sayBefore(w)})
	}
	for _, who := range signers {
		lines = append(lines, []string{who, "", saySignedOn})
	}
	return lines
}

func (h *handover) rolesOf(name string) string {
	for _, user := range h.users.users {
		if user.Name == name {
			return store.RoleWords(user.Roles)
		}
	}
	return ""
}

// end closes the leaver's access, and the journal says to whom he handed over.
func (h *handover) end() {
	d := h.users.desk
	d.Show(doRemoveUser, prose(sayRemoves(h.from.Name, h.users.records()), theme.Current().Dialog), narrow, Choice{Text: doCancel, Do: h.show},
		Choice{Text: doRemoveNamed(h.from.Name), Main: true, Do: func() {
			d.change(sayChangingLocks, sayHandedOver(h.from.Name, h.to.Selected), nil, func(ctx context.Context) error {
				if err := d.DB.RemoveUser(ctx, h.from.ID); err != nil {
					return err
				}
				return d.DB.Note(opHandOver, h.from.Name+" → "+h.to.Selected, "", d.Who)
			}, func() {
				if d.DB.Session().User == h.from.ID {
					d.Lock()
					return
				}
				h.users.Refresh()
			})
		}})
}
