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
)

// Ensure that conflicts a person decided before merging are decided in the
// batch, each with its reason, that the others stay open, and that undoing the
// batch takes all of it back.
func TestVerdictsAreOfTheBatch(t *testing.T) {
	a, b, dir := twoOffices(t)
	up, down := filepath.Join(dir, "up.xlsx"), filepath.Join(dir, "down.xlsx")
	send(t, a, county, up)
	receive(t, b, up)
	change := func(phone, note, skill string) func(*record.Person) {
		return func(p *record.Person) { p.Phone, p.Note, p.Skill = phone, note, skill }
	}
	edit(t, a, "李秀云", change("13811111111", "甲", "焊工"))
	edit(t, b, "李秀云", change("13822222222", "乙", "电工"))
	send(t, b, township, down)
	before := ledger(t, a)
	p := plan(t, a, down, exchange.Options{})
	var verdicts []exchange.Verdict
	for _, c := range p.Coming {
		v := exchange.Verdict{Kind: c.Conflict.Kind, Record: c.Conflict.Record, Field: c.Conflict.Field, About: c.Label}
		switch c.Conflict.Field {
		case "phone":
			v.Value, v.Why = "13822222222", "以旗委组织部为准"
		case "note":
			v.Value, v.Why = "丙", "本人提供证件"
		default:
			continue
		}
		verdicts = append(verdicts, v)
	}
	p.Decide(verdicts)
	r := must(exchange.Apply(t.Context(), a, clerk, p, nil))
	got := personNamed(t, a, "李秀云")
	if r.Decided != 2 || r.Conflicts != 1 || got.Phone != "13822222222" || got.Note != "丙" || got.Skill != "焊工" || len(conflicts(t, a)) != 1 {
		t.Errorf("%+v %+v", r, got)
	}
	seq := must(strconv.ParseUint(strings.TrimPrefix(r.Batch, "B"), 10, 64))
	view(t, a, func(tx *store.Tx) error {
		e, _, err := tx.Entry(seq)
		if want := "以旗委组织部为准（联系电话）；本人提供证件（备注）"; e.Why != want {
			t.Errorf("the journal says why %q, want %q", e.Why, want)
		}
		return err
	})
	if _, err := a.Undo(seq, clerk, false); err != nil {
		t.Fatal(err)
	}
	if got := ledger(t, a); got != before || len(conflicts(t, a)) != 0 {
		t.Errorf("after undo:\n%s\nwant:\n%s", got, before)
	}
}

// Ensure that a record changed by a decision alone counts as changed, in the
// report and in the batch, and one decided for this office as the same.
func TestDecidedRecordsCount(t *testing.T) {
	a, b, dir := twoOffices(t)
	up, down := filepath.Join(dir, "up.xlsx"), filepath.Join(dir, "down.xlsx")
	send(t, a, county, up)
	receive(t, b, up)
	for _, name := range []string{"李秀云", "王建业"} {
		edit(t, a, name, func(p *record.Person) { p.Phone, p.Note = "13811111111", "甲" })
		edit(t, b, name, func(p *record.Person) { p.Phone, p.Note = "13822222222", "乙" })
	}
	send(t, b, township, down)
	p := plan(t, a, down, exchange.Options{})
	var verdicts []exchange.Verdict
	for _, c := range p.Coming {
		v := exchange.Verdict{Kind: c.Conflict.Kind, Record: c.Conflict.Record, Field: c.Conflict.Field, Value: c.Shown.Value}
		if c.Name == "李秀云" {
			v.Value = c.Others[0].Value
		}
		verdicts = append(verdicts, v)
	}
	p.Decide(verdicts)
	r := must(exchange.Apply(t.Context(), a, clerk, p, nil))
	if r.Decided != 4 || r.Updated != 1 || r.Same != p.Same-1 {
		t.Errorf("decided %d, updated %d, same %d of %d", r.Decided, r.Updated, r.Same, p.Same)
	}
	view(t, a, func(tx *store.Tx) error {
		e, _, err := tx.Entry(must(strconv.ParseUint(strings.TrimPrefix(r.Batch, "B"), 10, 64)))
		if e.Batch.Updated != r.Updated || e.Batch.Same != r.Same {
			t.Errorf("the batch says %+v, the report %+v", e.Batch, r)
		}
		return err
	})
}

// Ensure that the news tell record by record what a book does: what is new,
// which cells change without anybody's word and whose word that is.
func TestNewsOfABook(t *testing.T) {
	a, b, dir := twoOffices(t)
	up, down := filepath.Join(dir, "up.xlsx"), filepath.Join(dir, "down.xlsx")
	send(t, a, county, up)
	receive(t, b, up)
	edit(t, b, "李秀云", func(p *record.Person) { p.Phone = "13822222222" })
	edit(t, a, "王建业", func(p *record.Person) { p.Note = "本级" })
	do(t, b, func(tx *store.Tx) error {
		for v, err := range store.All[record.Village](tx) {
			if err != nil {
				return err
			}
			for _, name := range []string{"新人", "王建业"} {
				p := &record.Person{Name: name, Birth: field.Date{Year: 1990}}
				if err := tx.Put(p); err != nil {
					return err
				}
				if err := tx.Put(&record.Reserve{Person: p.ID, Village: v.ID, Round: "2026年"}); err != nil {
					return err
				}
			}
			return nil
		}
		return nil
	})
	send(t, b, township, down)
	p := plan(t, a, down, exchange.Options{})
	var got []string
	for _, n := range p.News {
		if n.Kind.Name != "person" || n.State == exchange.RowSame {
			continue
		}
		line := n.State.String() + " " + n.Name
		for _, c := range n.Cells {
			line += " " + c.Label + "：" + c.Own.Text + "→" + c.Theirs.Text
		}
		got = append(got, line)
	}
	slices.Sort(got)
	want := []string{"新增 新人", "新增 王建业", "更新 李秀云 联系电话：" + personNamed(t, a, "李秀云").Phone + "→13822222222"}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("news %q, want %q", got, want)
	}
	if len(p.Namesakes) != 0 {
		t.Errorf("asks about namesakes that the sender keeps apart: %+v", p.Namesakes)
	}
}

// Ensure that a row typed by hand for somebody the ledger may know is asked
// about, and that the answer joins the two within the batch.
func TestNamesakesAreAsked(t *testing.T) {
	a, _, dir := twoOffices(t)
	up := filepath.Join(dir, "up.xlsx")
	send(t, a, county, up)
	h := openByHand(t, up, "人员")
	h.set(h.rows()+1, "姓名", "李秀云")
	h.set(h.rows()+1, "联系电话", "13899999999")
	h.save(up)
	p := plan(t, a, up, exchange.Options{})
	if len(p.Namesakes) != 1 {
		t.Fatalf("asks %+v, problems %+v", p.Namesakes, p.Problems)
	}
	n := p.Namesakes[0]
	p.Also(func(tx *store.Tx) error { return tx.Same("person", n.New.ID, n.Held.ID) })
	must(exchange.Apply(t.Context(), a, clerk, p, nil))
	view(t, a, func(tx *store.Tx) error {
		if tx.Canonical(n.New.ID) != tx.Canonical(n.Held.ID) {
			t.Error("the two are not one")
		}
		return nil
	})
}

// Ensure that an overtyped row comes in once a person calls it 更正, is not
// asked about again, and asks again once that was undone.
func TestOvertypedIsCorrected(t *testing.T) {
	a, _, dir := twoOffices(t)
	up := filepath.Join(dir, "up.xlsx")
	was := personNamed(t, a, "王建业")
	send(t, a, county, up)
	h := openByHand(t, up, "人员")
	row := 1
	for h.get(row, "姓名") != "王建业" {
		row++
	}
	h.set(row, "公民身份号码", "150499199006013011")
	h.set(row, "出生年月", "1990.06.01")
	h.set(row, "姓名", "孙志远")
	h.save(up)
	book := must(exchange.Open(t.Context(), a, up, exchange.Options{}))
	planned := func() (p *exchange.Plan) {
		view(t, a, func(tx *store.Tx) (err error) {
			p, err = book.Plan(t.Context(), tx)
			return err
		})
		return p
	}
	p := planned()
	if len(p.Overtyped) != 1 || p.Refused != 1 {
		t.Fatalf("%+v %+v", p.Overtyped, p.Report)
	}
	o := p.Overtyped[0]
	if o.Record != was.ID || o.Was != "王建业" || o.Now != "孙志远" || o.Typed["idno"] != "150499199006013011" {
		t.Errorf("%+v", o)
	}
	if err := book.Correct(o.Table, o.Row, true); err != nil {
		t.Fatal(err)
	}
	p = planned()
	r := must(exchange.Apply(t.Context(), a, clerk, p, nil))
	if got := personNamed(t, a, "孙志远"); got.ID != was.ID || got.IDNo != "150499199006013011" || r.Refused != 0 {
		t.Errorf("%+v %+v", got, r)
	}
	if p = plan(t, a, up, exchange.Options{}); len(p.Overtyped)+p.Refused+p.Updated != 0 {
		t.Errorf("asked again: %+v %+v", p.Overtyped, p.Report)
	}
	seq := must(strconv.ParseUint(strings.TrimPrefix(r.Batch, "B"), 10, 64))
	if _, err := a.Undo(seq, clerk, false); err != nil {
		t.Fatal(err)
	}
	if p = plan(t, a, up, exchange.Options{}); len(p.Overtyped) != 1 {
		t.Errorf("not asked after the undo: %+v", p.Report)
	}
}
