package exchange_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"

	"pgregory.net/rapid"
)

// world is two offices and the books that went between them.
type world struct {
	t       *rapid.T
	dir     string
	a, b    *store.DB
	books   []string
	typed   map[string]bool // every value anyone typed and some ledger took in
	pending map[string][]string
	merged  map[string]map[*store.DB]bool
}

var people = []string{"白音达来", "李秀云", "王建业"}

// textFields are the cells the histories write: one anybody's, one that is
// masked, one that says something about a village's person in words.
var textFields = map[string]string{"联系电话": "phone", "备注": "note", "特长": "skill"}

func newWorld(t *rapid.T) *world {
	dir, err := os.MkdirTemp("", "promises")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	now := clock()
	w := &world{t: t, dir: dir, typed: map[string]bool{}, pending: map[string][]string{}, merged: map[string]map[*store.DB]bool{}}
	w.a, w.b = newOffice(t, dir, township, now), newOffice(t, dir, county, now)
	t.Cleanup(func() { w.a.Close(); w.b.Close() })
	threeVillages(t, w.a)
	if rapid.Bool().Draw(t, "the county knows somebody already") {
		p := person("李秀云", field.Date{Year: 1971, Month: 3, Day: 5}, 102, "13900000000")
		p.Note = "旗里先登记的"
		do(t, w.b, func(tx *store.Tx) error { return tx.Put(p) })
		w.typed["13900000000"], w.typed[p.Note] = true, true
	}
	first := w.send(w.a, county)
	w.merge(w.b, first)
	return w
}

func (w *world) send(from *store.DB, to store.Office) string {
	path := filepath.Join(w.dir, fmt.Sprint("book", len(w.books), ".xlsx"))
	send(w.t, from, to, path)
	w.books = append(w.books, path)
	return path
}

func (w *world) merge(db *store.DB, path string) {
	receiveForeseen(w.t, db, path)
	if w.merged[path] == nil {
		w.merged[path] = map[*store.DB]bool{}
	}
	w.merged[path][db] = true
	for _, v := range w.pending[path] {
		w.typed[v] = true
	}
}

// receiveForeseen takes a book in, and holds its plan to having listed just the
// conflicts it brings.
func receiveForeseen(t failer, db *store.DB, path string) exchange.Report {
	t.Helper()
	before := openConflicts(t, db)
	p := plan(t, db, path, exchange.Options{})
	coming := map[string]bool{}
	for _, d := range p.Coming {
		coming[d.Conflict.ID] = true
		if d.Name == "" || d.Label == "" || len(d.Others) == 0 {
			t.Fatalf("foresees %+v", d)
		}
	}
	r, err := exchange.Apply(context.Background(), db, clerk, p, nil)
	if err != nil {
		t.Fatalf("apply: %v", err)
	}
	more := map[string]bool{}
	for _, c := range openConflicts(t, db) {
		more[c.ID] = true
	}
	view(t, db, func(tx *store.Tx) error {
		for _, c := range before {
			delete(more, store.ConflictID(c.Kind, tx.Canonical(c.Record), c.Field))
		}
		return nil
	})
	if r.Conflicts != len(more) || !maps.Equal(coming, more) {
		t.Fatalf("the report speaks of %d conflicts, the plan of %v, there are %v more", r.Conflicts, coming, more)
	}
	return r
}

func openConflicts(t failer, db *store.DB) (list []store.Conflict) {
	view(t, db, func(tx *store.Tx) (err error) { list, err = tx.Conflicts(); return err })
	return list
}

// mergeAndUndo takes a book in and takes it back: lists and conflicts are as
// before.
func (w *world) mergeAndUndo() {
	db, _ := w.office()
	list, open := ledger(w.t, db), conflicts(w.t, db)
	r := receive(w.t, db, rapid.SampledFrom(w.books).Draw(w.t, "merge and undo"))
	seq, err := strconv.ParseUint(strings.TrimPrefix(r.Batch, "B"), 10, 64)
	if err == nil {
		_, err = db.Undo(seq, clerk, false)
	}
	if err != nil {
		w.t.Fatalf("undo: %v", err)
	}
	if got := ledger(w.t, db); got != list || !slices.Equal(conflicts(w.t, db), open) {
		w.t.Fatalf("after undo:\n%s\n%v\nwant:\n%s\n%v", got, conflicts(w.t, db), list, open)
	}
}

func (w *world) office() (*store.DB, store.Office) {
	if rapid.Bool().Draw(w.t, "at the township") {
		return w.a, county
	}
	return w.b, township
}

// value is a new text nobody typed before, right for the field.
func (w *world) value(head string) string {
	n := len(w.typed) + 10*len(w.pending) + len(w.books)*100 + rapid.IntRange(0, 99_999).Draw(w.t, "value")*1000
	if head == "联系电话" {
		return fmt.Sprintf("1%010d", n%10_000_000_000)
	}
	return fmt.Sprint("记", n)
}

func (w *world) editHere() {
	db, _ := w.office()
	head := rapid.SampledFrom([]string{"联系电话", "备注", "特长"}).Draw(w.t, "head")
	name := rapid.SampledFrom(people).Draw(w.t, "person")
	v := w.value(head)
	k := db.Kinds().Kind("person")
	do(w.t, db, func(tx *store.Tx) error {
		for row, err := range tx.Rows("person") {
			if err != nil {
				return err
			}
			if k.Value(row, "name") == name {
				row.Values[k.Index(textFields[head])] = v
				w.typed[v] = true // unless the name is not shown, for two were joined
				_, err := tx.PutRow("person", row)
				return err
			}
		}
		return nil
	})
}

// editByHand changes a copy of a book in another program: cells typed over,
// rows in another order, a row left out.
func (w *world) editByHand() {
	from := rapid.SampledFrom(w.books).Draw(w.t, "book")
	h := openByHand(w.t, from, "人员")
	to := filepath.Join(w.dir, fmt.Sprint("book", len(w.books), ".xlsx"))
	n := h.rows()
	if n == 0 {
		h.f.Close()
		return
	}
	w.pending[to] = append(w.pending[to], w.pending[from]...)
	for range rapid.IntRange(1, 3).Draw(w.t, "edits") {
		row, head := rapid.IntRange(1, n).Draw(w.t, "row"), rapid.SampledFrom([]string{"联系电话", "备注", "特长"}).Draw(w.t, "head")
		over := h.get(row, head)
		w.pending[to] = slices.DeleteFunc(w.pending[to], func(p string) bool { return p == over })
		v := w.value(head)
		asked := w.asked(h, n, row)
		h.set(row, head, v)
		if !asked {
			w.pending[to] = append(w.pending[to], v)
		}
	}
	w.trouble(h, n, to)
	w.reorder(h, n, to)
	h.save(to)
	w.books = append(w.books, to)
}

// trouble does to a book what clerks do: a cell cleared, a person typed over
// another, a row copied with its 行码, a person typed into a new row.
func (w *world) trouble(h *hand, n int, to string) {
	row := rapid.IntRange(1, n).Draw(w.t, "troubled row")
	switch rapid.IntRange(0, 7).Draw(w.t, "trouble") {
	case 0:
		w.forget(h, to, row)
		h.set(row, "备注", "")
	case 1:
		// Asked about, and not merged by itself: what the row says may be lost.
		w.forget(h, to, row)
		h.set(row, "姓名", "孙志远")
		h.set(row, "公民身份号码", stranger(900).IDNo)
	case 2:
		w.forget(h, to, n+1) // written over, if somebody stands there
		w.forget(h, to, row) // of two rows with one 行码, the one with fewer edits is taken
		for head := range h.cols {
			h.set(n+1, head, h.get(row, head))
		}
		h.set(n+1, "备注", "复制来的行")
	case 3:
		w.forget(h, to, n+1)
		p := stranger(rapid.IntRange(901, 903).Draw(w.t, "newcomer"))
		for head := range h.cols {
			h.set(n+1, head, "")
		}
		h.set(n+1, "姓名", p.Name)
		h.set(n+1, "公民身份号码", p.IDNo)
		h.set(n+1, "出生年月", p.Birth.Office())
		v := w.value("备注")
		h.set(n+1, "备注", v)
		for i := 1; i <= n+lowest; i++ {
			if h.get(i, "公民身份号码") == p.IDNo {
				w.forget(h, to, i) // of two rows about one newcomer, the first is taken
			}
		}
		if !w.asked(h, n+1, n+1) {
			w.pending[to] = append(w.pending[to], v)
		}
	}
}

// lowest is how far below the rows with a 行码 others may stand.
const lowest = 10

// asked reports a row of the first n that a merge may leave to a person: typed
// over by another, or saying of itself what another row says. Its problem names
// it, and it stays in the book.
func (w *world) asked(h *hand, n, row int) bool {
	if h.get(row, "姓名") == "孙志远" {
		return true
	}
	for i := 1; i <= n+lowest; i++ {
		for _, head := range []string{"公民身份号码", "行码"} {
			if v := h.get(row, head); i != row && v != "" && h.get(i, head) == v {
				return true
			}
		}
	}
	return false
}

// stranger is somebody no ledger knows at first.
func stranger(n int) *record.Person {
	return person(fmt.Sprintf("来人%c", '甲'+n%3), field.Date{Year: 1990, Month: 6, Day: 1}, n, "")
}

// forget no longer expects the values of a row that is not taken over.
func (w *world) forget(h *hand, to string, row int) {
	for head := range textFields {
		v := h.get(row, head)
		w.pending[to] = slices.DeleteFunc(w.pending[to], func(p string) bool { return p == v })
	}
}

func (w *world) reorder(h *hand, n int, to string) {
	order := rapid.Permutation(seq(1, n)).Draw(w.t, "order")
	if n > 1 && rapid.Bool().Draw(w.t, "leave one out") {
		w.forget(h, to, order[n-1])
	} else {
		order = append(order, 0)
	}
	old := map[int]map[string]string{0: {}}
	for i := 1; i <= n; i++ {
		old[i] = map[string]string{}
		for head := range h.cols {
			old[i][head] = h.get(i, head)
		}
	}
	for i, from := range order[:n] {
		if i == n-1 && len(order) == n {
			from = 0
		}
		for head := range h.cols {
			h.set(i+1, head, old[from][head])
		}
	}
}

func seq(from, to int) (out []int) {
	for i := from; i <= to; i++ {
		out = append(out, i)
	}
	return out
}

func (w *world) decideOne() {
	db, _ := w.office()
	do(w.t, db, func(tx *store.Tx) error {
		list, err := tx.Conflicts()
		if err != nil || len(list) == 0 {
			return err
		}
		c := rapid.SampledFrom(list).Draw(w.t, "conflict")
		return tx.Decide(c.Kind, c.Record, c.Field, rapid.SampledFrom(c.Versions).Draw(w.t, "side").Value)
	})
}

// joinTwo has an office find two people to be one, whom no number tells so.
func (w *world) joinTwo() {
	db, _ := w.office()
	pair := rapid.Permutation(people).Draw(w.t, "one person")[:2]
	do(w.t, db, func(tx *store.Tx) error {
		ids := map[string]string{}
		for p, err := range store.All[record.Person](tx) {
			if err != nil {
				return err
			}
			ids[p.Name] = p.ID
		}
		if ids[pair[0]] == "" || ids[pair[1]] == "" {
			return nil
		}
		return tx.Same("person", ids[pair[0]], ids[pair[1]])
	})
}

// history lives through a random history.
func (w *world) history(most int) {
	for range rapid.IntRange(1, most).Draw(w.t, "steps") {
		switch rapid.IntRange(0, 7).Draw(w.t, "step") {
		case 7:
			w.joinTwo()
		case 6:
			w.mergeAndUndo()
		case 0, 1:
			w.editHere()
		case 2:
			from, to := w.office()
			w.send(from, to)
		case 3:
			w.editByHand()
		case 4:
			db, _ := w.office()
			w.merge(db, rapid.SampledFrom(w.books).Draw(w.t, "merge"))
		case 5:
			w.decideOne()
		}
	}
}
