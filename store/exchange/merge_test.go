package exchange_test

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"

	"github.com/xuri/excelize/v2"
)

// twoOffices are a township with three villages and a county that knows
// nothing yet, and the folder for their books.
func twoOffices(t *testing.T) (a, b *store.DB, dir string) {
	t.Helper()
	dir = t.TempDir()
	now := clock()
	a, b = newOffice(t, dir, township, now), newOffice(t, dir, county, now)
	closeAll(t, a, b)
	threeVillages(t, a)
	return a, b, dir
}

func personNamed(t *testing.T, db *store.DB, name string) (found *record.Person) {
	t.Helper()
	view(t, db, func(tx *store.Tx) error {
		for p, err := range store.All[record.Person](tx) {
			if err != nil {
				return err
			}
			if p.Name == name {
				found = p
			}
		}
		return nil
	})
	if found == nil {
		t.Fatalf("no %s in the ledger", name)
	}
	return found
}

func edit(t *testing.T, db *store.DB, name string, change func(*record.Person)) {
	t.Helper()
	p := personNamed(t, db, name)
	change(p)
	do(t, db, func(tx *store.Tx) error { return tx.Put(p) })
}

// Ensure that a bundle is all new to who never heard of it, and all the same
// the second time.
func TestBundleTwice(t *testing.T) {
	a, b, dir := twoOffices(t)
	up := filepath.Join(dir, "up.xlsx")
	send(t, a, county, up)
	first := receive(t, b, up)
	if first.New != 11 || first.Updated+first.Same+first.Conflicts+first.Refused != 0 || len(first.Problems) != 0 {
		t.Errorf("first time: %+v", first)
	}
	before := ledger(t, b)
	second := receive(t, b, up)
	if second.Same != 11 || second.New+second.Updated+second.Conflicts+second.Refused != 0 || len(second.Problems) != 0 {
		t.Errorf("second time: %+v", second)
	}
	if ledger(t, b) != before {
		t.Error("the second time changed the ledger")
	}
	own := receive(t, a, up)
	if own.New+own.Updated+own.Conflicts != 0 {
		t.Errorf("back at the sender: %+v", own)
	}
}

// Ensure that what the county edits by hand comes back cell by cell, in any
// order of rows, with rows deleted, added and copied; and that a 书记 typed
// over by another person is asked about and not merged.
func TestReturnedByHand(t *testing.T) {
	a, _, dir := twoOffices(t)
	up, back := filepath.Join(dir, "up.xlsx"), filepath.Join(dir, "back.xlsx")
	send(t, a, county, up)
	h := openByHand(t, up, "人员")
	at := map[string]int{}
	for i := 1; i <= 3; i++ {
		at[h.get(i, "姓名")] = i
	}
	h.set(at["白音达来"], "联系电话", "13900000009")
	h.set(at["王建业"], "姓名", "赵永胜")
	h.set(at["王建业"], "公民身份号码", "150499197805051011")
	// Rows 4 and 5: a new person, and a copy of a row with its 行码.
	h.set(4, "姓名", "孙志远")
	h.set(4, "公民身份号码", person("", field.Date{Year: 1990, Month: 6, Day: 1}, 301, "").IDNo)
	for head := range h.cols {
		h.set(5, head, h.get(at["李秀云"], head))
	}
	h.save(back)
	r := receive(t, a, back)
	if r.New != 1 || r.Updated != 1 || r.Conflicts != 0 || r.Refused != 2 {
		t.Errorf("report: %+v", r)
	}
	if got := personNamed(t, a, "白音达来").Phone; got != "13900000009" {
		t.Errorf("phone = %s", got)
	}
	personNamed(t, a, "孙志远")
	personNamed(t, a, "王建业")
	asked := 0
	for _, p := range r.Problems {
		if strings.Contains(p.Message, "换人还是更正") || strings.Contains(p.Message, "复制") {
			asked++
		}
	}
	if asked != 2 {
		t.Errorf("problems: %+v", r.Problems)
	}
}

// Ensure that the same cell edited on both sides is kept with both values
// until someone decides, and that the decision reaches the other office.
func TestBothSidesEdited(t *testing.T) {
	a, b, dir := twoOffices(t)
	up, down := filepath.Join(dir, "up.xlsx"), filepath.Join(dir, "down.xlsx")
	send(t, a, county, up)
	receive(t, b, up)
	edit(t, a, "李秀云", func(p *record.Person) { p.Phone = "13811111111" })
	edit(t, b, "李秀云", func(p *record.Person) { p.Phone = "13822222222" })
	send(t, b, township, down)
	if r := receive(t, a, down); r.Conflicts != 1 {
		t.Errorf("report: %+v", r)
	}
	if got := conflicts(t, a); !slices.Equal(got, []string{"李秀云 联系电话: 13811111111 / 13822222222"}) {
		t.Errorf("conflicts: %v", got)
	}
	if got := personNamed(t, a, "李秀云").Phone; got != "13811111111" {
		t.Errorf("meanwhile the township shows %s, want its own", got)
	}
	p := personNamed(t, a, "李秀云")
	do(t, a, func(tx *store.Tx) error { return tx.Decide("person", p.ID, "phone", "13822222222") })
	send(t, a, county, up+"2.xlsx")
	receive(t, b, up+"2.xlsx")
	if got := conflicts(t, b); len(got) != 0 {
		t.Errorf("the county still has %v", got)
	}
	if ledger(t, a) != ledger(t, b) {
		t.Errorf("ledgers differ:\n%s\n---\n%s", ledger(t, a), ledger(t, b))
	}
}

// Ensure that a voided record is gone from the lists of whoever receives the
// next book.
func TestVoidingTravels(t *testing.T) {
	a, b, dir := twoOffices(t)
	send(t, a, county, filepath.Join(dir, "1.xlsx"))
	receive(t, b, filepath.Join(dir, "1.xlsx"))
	p := personNamed(t, a, "王建业")
	do(t, a, func(tx *store.Tx) error { return tx.Void("person", p.ID, "重复录入") })
	send(t, a, county, filepath.Join(dir, "2.xlsx"))
	receive(t, b, filepath.Join(dir, "2.xlsx"))
	if strings.Contains(ledger(t, b), "王建业") {
		t.Error("the county still lists the voided person")
	}
}

// Ensure that two offices that entered the same person by themselves end with
// one person, under the smaller id, with the posts of both.
func TestSamePersonEnteredTwice(t *testing.T) {
	a, b, dir := twoOffices(t)
	p := *personNamed(t, a, "王建业")
	p.ID = ""
	do(t, b, func(tx *store.Tx) error { return tx.Put(&p) })
	send(t, a, county, filepath.Join(dir, "1.xlsx"))
	receive(t, b, filepath.Join(dir, "1.xlsx"))
	if n := strings.Count(ledger(t, b), "name=王建业"); n != 1 {
		t.Errorf("the county lists %d", n)
	}
	send(t, b, township, filepath.Join(dir, "2.xlsx"))
	receive(t, a, filepath.Join(dir, "2.xlsx"))
	if ledger(t, a) != ledger(t, b) {
		t.Errorf("ledgers differ:\n%s\n---\n%s", ledger(t, a), ledger(t, b))
	}
}

// Ensure that a merge which was undone, be it before or after the result was
// sent on, can be merged again with the same effect.
func TestUndoneBookMergesAgain(t *testing.T) {
	for _, sent := range []bool{false, true} {
		t.Run(map[bool]string{false: "not sent since", true: "sent since"}[sent], func(t *testing.T) {
			a, b, dir := twoOffices(t)
			up, back := filepath.Join(dir, "up.xlsx"), filepath.Join(dir, "back.xlsx")
			send(t, a, county, up)
			h := openByHand(t, up, "人员")
			h.set(1, "联系电话", "13900000009")
			n := h.rows() + 1
			h.set(n, "姓名", "孙志远")
			h.set(n, "公民身份号码", "150499199006013011")
			h.save(back)
			before := ledger(t, a)
			r := receive(t, a, back)
			merged := ledger(t, a)
			if sent {
				send(t, a, county, filepath.Join(dir, "next.xlsx"))
				receive(t, b, filepath.Join(dir, "next.xlsx"))
			}
			seq, err := strconv.ParseUint(strings.TrimPrefix(r.Batch, "B"), 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := a.Undo(seq, clerk, false); err != nil {
				t.Fatal(err)
			}
			if got := ledger(t, a); got != before {
				t.Errorf("after undo:\n%s\nwant:\n%s", got, before)
			}
			if again := receive(t, a, back); again.New != r.New || again.Updated != r.Updated || ledger(t, a) != merged {
				t.Errorf("merged again: %+v\n%s\nwant:\n%s", again, ledger(t, a), merged)
			}
			send(t, a, county, filepath.Join(dir, "last.xlsx"))
			receive(t, b, filepath.Join(dir, "last.xlsx"))
			if ledger(t, a) != ledger(t, b) {
				t.Errorf("the county has:\n%s\nwant:\n%s", ledger(t, b), merged)
			}
		})
	}
}

// Ensure that two laptops of one office, each with edits of its own, end alike
// after books went both ways, and that neither silently wins.
func TestTwoLaptopsOfOneOffice(t *testing.T) {
	a, _, dir := twoOffices(t)
	b := newOffice(t, dir, township, clock())
	closeAll(t, b)
	book := func(name string) string { return filepath.Join(dir, name+".xlsx") }
	send(t, a, township, book("1"))
	receive(t, b, book("1"))
	edit(t, a, "李秀云", func(p *record.Person) { p.Phone, p.Note = "13811111111", "甲机" })
	edit(t, b, "李秀云", func(p *record.Person) { p.Phone = "13822222222" })
	edit(t, b, "王建业", func(p *record.Person) { p.Skill = "养殖" })
	send(t, a, township, book("2"))
	send(t, b, township, book("3"))
	receive(t, b, book("2"))
	receive(t, a, book("3"))
	want := []string{"李秀云 联系电话: 13811111111 / 13822222222"}
	if x, y := conflicts(t, a), conflicts(t, b); !slices.Equal(x, want) || !slices.Equal(y, want) {
		t.Errorf("conflicts: %v and %v", x, y)
	}
	if ledger(t, a) != ledger(t, b) {
		t.Errorf("ledgers differ:\n%s\n---\n%s", ledger(t, a), ledger(t, b))
	}
}

// Ensure that a book sent down holds just the villages of that township, and
// comes back to the county without touching the others.
func TestSentDownHoldsOnlyTheirs(t *testing.T) {
	a, b, dir := twoOffices(t)
	up, down := filepath.Join(dir, "up.xlsx"), filepath.Join(dir, "down.xlsx")
	send(t, a, county, up)
	receive(t, b, up)
	do(t, b, func(tx *store.Tx) error {
		o := &record.Office{Head: field.Head{ID: store.OfficeID("150426202")}, Code: "150426202", Name: "沙湖镇", Level: "1"}
		if err := tx.Put(o); err != nil {
			return err
		}
		v := &record.Village{Office: o.ID, Name: "沙湖村"}
		if err := tx.Put(v); err != nil {
			return err
		}
		p := person("孙志远", field.Date{Year: 1980, Month: 5, Day: 1}, 501, "")
		if err := tx.Put(p); err != nil {
			return err
		}
		return tx.Put(&record.Post{Person: p.ID, Village: v.ID, Position: record.Secretary})
	})
	send(t, b, township, down)
	before := ledger(t, a)
	if r := receive(t, a, down); r.New+r.Updated+r.Conflicts != 0 {
		t.Errorf("report: %+v", r)
	}
	if ledger(t, a) != before {
		t.Errorf("the township now has:\n%s", ledger(t, a))
	}
}

// Ensure that a bundle of an empty ledger is a book like any other.
func TestEmptyBundle(t *testing.T) {
	dir := t.TempDir()
	now := clock()
	a, b := newOffice(t, dir, township, now), newOffice(t, dir, county, now)
	closeAll(t, a, b)
	forms := must(exchange.Registers(a.Kinds(), []string{"person"}))
	up := filepath.Join(dir, "up.xlsx")
	if _, err := exchange.Send(t.Context(), a, clerk, up, exchange.Order{To: county, Forms: forms}, nil); err != nil {
		t.Fatal(err)
	}
	if r := receive(t, b, up); r.Rows != 0 || r.New != 0 || len(r.Problems) != 0 {
		t.Errorf("report: %+v", r)
	}
}

// Ensure that a county which took in a township's roster before its bundle ends
// with each place, person and post once, and is told of the conflicts that
// finding them the same brings.
func TestRosterFirstThenBundle(t *testing.T) {
	a, b, dir := twoOffices(t)
	roster := typed(t, filepath.Join(dir, "花名册.xlsx"), `嘎查村“两委”成员花名册
序号|旗县区|苏木乡镇|嘎查村|姓名|性别|出生年月|身份证号|职务|任现职时间|电话
1|云杉旗|白音花苏木|向阳嘎查|白音达来|男|1970.03|150499197003051013|书记、主任|2021.01、2021.02|15400009999
2|云杉旗|白音花苏木|红柳嘎查|李秀云|女|1971.03|150499197103051029|书记|2021.01|13800000001`)
	receive(t, b, roster)
	up := filepath.Join(dir, "up.xlsx")
	send(t, a, county, up)
	before := len(conflicts(t, b))
	r := receive(t, b, up)
	if got := len(conflicts(t, b)) - before; r.Conflicts != got || got != 1 {
		t.Errorf("reported %d conflicts, there are %d more: %v", r.Conflicts, got, conflicts(t, b))
	}
	for kind, want := range map[string]int{"office": 2, "village": 3, "person": 3, "post": 4} {
		n := 0
		view(t, b, func(tx *store.Tx) error {
			for _, err := range tx.Rows(kind) {
				if err != nil {
					return err
				}
				n++
			}
			return nil
		})
		if n != want {
			t.Errorf("%d of kind %s, want %d", n, kind, want)
		}
	}
}

// Ensure that a cell which contradicts the others waits: what the ledger has
// stays, and the rest of the row goes in.
func TestContradictingCellsWait(t *testing.T) {
	a, _, dir := twoOffices(t)
	roster := typed(t, filepath.Join(dir, "花名册.xlsx"), `嘎查村“两委”成员花名册
嘎查村|姓名|性别|出生年月|身份证号|职务|特长
向阳嘎查|白音达来|女|1971.03|150499197003051013|书记、主任|养殖`)
	r := receive(t, a, roster)
	p := personNamed(t, a, "白音达来")
	if p.Sex != "1" || p.Birth != (field.Date{Year: 1970, Month: 3}) || p.Skill != "养殖" || len(r.Problems) != 2 {
		t.Errorf("%+v\n%+v", p, r.Problems)
	}
}

// Ensure that a book which was undone and then saved anew by another program
// is merged again all the same.
func TestUndoneBookResavedMergesAgain(t *testing.T) {
	a, b, dir := twoOffices(t)
	up, back := filepath.Join(dir, "up.xlsx"), filepath.Join(dir, "back.xlsx")
	send(t, a, county, up)
	h := openByHand(t, up, "人员")
	h.set(1, "联系电话", "13900000009")
	h.save(back)
	r := receive(t, a, back)
	merged := ledger(t, a)
	send(t, a, county, filepath.Join(dir, "next.xlsx"))
	receive(t, b, filepath.Join(dir, "next.xlsx"))
	seq := must(strconv.ParseUint(strings.TrimPrefix(r.Batch, "B"), 10, 64))
	if _, err := a.Undo(seq, clerk, false); err != nil {
		t.Fatal(err)
	}
	h = openByHand(t, back, "人员")
	h.f.SetDocProps(&excelize.DocProperties{Creator: "某某"})
	h.save(back)
	receive(t, a, back)
	if ledger(t, a) != merged {
		t.Errorf("merged again:\n%s\nwant:\n%s", ledger(t, a), merged)
	}
}

// Ensure that a merge which decides its conflicts for one side is one batch,
// undone as one, and leaves alone the conflicts of before.
func TestSettledMergeIsOneBatch(t *testing.T) {
	a, b, dir := twoOffices(t)
	up, down := filepath.Join(dir, "up.xlsx"), filepath.Join(dir, "down.xlsx")
	send(t, a, county, up)
	receive(t, b, up)
	edit(t, a, "李秀云", func(p *record.Person) { p.Phone = "13811111111" })
	edit(t, b, "李秀云", func(p *record.Person) { p.Phone = "13822222222" })
	send(t, b, township, down)
	before := ledger(t, a)
	p := plan(t, a, down, exchange.Options{})
	p.Settle(exchange.Theirs)
	r := must(exchange.Apply(t.Context(), a, clerk, p, nil))
	if got := personNamed(t, a, "李秀云").Phone; r.Conflicts != 0 || got != "13822222222" || len(conflicts(t, a)) != 0 {
		t.Errorf("settled: %s %+v %v", got, r, conflicts(t, a))
	}
	seq := must(strconv.ParseUint(strings.TrimPrefix(r.Batch, "B"), 10, 64))
	if _, err := a.Undo(seq, clerk, false); err != nil {
		t.Fatal(err)
	}
	if got := ledger(t, a); got != before {
		t.Errorf("after undo:\n%s\nwant:\n%s", got, before)
	}
}
