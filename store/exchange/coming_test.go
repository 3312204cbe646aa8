package exchange_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"
)

// told is a dispute on one line: place, whom, what, the former value, what is
// shown, what stands against it; 本级 marks this office's own word.
func told(d exchange.Dispute) string {
	say := func(s exchange.Saying) string {
		own := ""
		if s.Own {
			own = "本级 "
		}
		return fmt.Sprintf("%s（%s%s %s）", s.Text, own, s.Origin.Name, s.Origin.Who)
	}
	var others []string
	for _, s := range d.Others {
		others = append(others, say(s))
	}
	return fmt.Sprintf("%s %s|%s|%s|%s|%s|%s", d.Sheet, d.Cell, d.Name, d.Label, d.Base.Text, say(d.Shown), strings.Join(others, "、"))
}

func toldAll(list []exchange.Dispute) (out []string) {
	for _, d := range list {
		out = append(out, told(d))
	}
	return out
}

func wantTold(t *testing.T, got []exchange.Dispute, want ...string) {
	t.Helper()
	if lines := toldAll(got); !slices.Equal(lines, want) {
		t.Errorf("tells\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

// repost moves a person's first post to another village.
func repost(t *testing.T, db *store.DB, name, village string) {
	t.Helper()
	id := ""
	view(t, db, func(tx *store.Tx) error {
		for v, err := range store.All[record.Village](tx) {
			if err != nil {
				return err
			}
			if v.Name == village {
				id = v.ID
			}
		}
		return nil
	})
	p := personNamed(t, db, name)
	do(t, db, func(tx *store.Tx) error {
		for post, err := range store.All[record.Post](tx) {
			if err != nil {
				return err
			}
			if post.Person == p.ID {
				post.Village = id
				return tx.Put(post)
			}
		}
		return nil
	})
}

// cellOf is where a sheet of a book has a person's cell.
func cellOf(t *testing.T, path, sheet, name, head string) string {
	t.Helper()
	h := openByHand(t, path, sheet)
	defer h.f.Close()
	for i := 1; i <= h.rows(); i++ {
		if h.get(i, "姓名") == name {
			return h.cell(i, head)
		}
	}
	t.Fatalf("%s has no %s", sheet, name)
	return ""
}

// Ensure that a plan lists the conflicts its book would bring, in the order of
// the book: whom, what, the former value, both sides with their writers, and
// the cell, typed by hand or not; references by name, also of a village that
// only the book knows; and that nothing is written meanwhile.
func TestComingConflicts(t *testing.T) {
	a, b, dir := twoOffices(t)
	up, down := filepath.Join(dir, "up.xlsx"), filepath.Join(dir, "down.xlsx")
	send(t, a, county, up)
	receive(t, b, up)
	edit(t, a, "李秀云", func(p *record.Person) { p.Phone = "13811111111" })
	edit(t, b, "李秀云", func(p *record.Person) { p.Phone = "13822222222" })
	repost(t, a, "王建业", "红柳嘎查")
	do(t, b, func(tx *store.Tx) error {
		return tx.Put(&record.Village{Office: store.OfficeID(township.Code), Name: "新开嘎查"})
	})
	repost(t, b, "王建业", "新开嘎查")
	edit(t, a, "白音达来", func(p *record.Person) { p.Note = "乡里的话" })
	send(t, b, township, down)
	phone, village := cellOf(t, down, "人员", "李秀云", "联系电话"), cellOf(t, down, "任职", "王建业", "嘎查村")
	note := cellOf(t, down, "人员", "白音达来", "备注")
	h := openByHand(t, down, "人员")
	if err := h.f.SetCellStr("人员", note, "手写的话"); err != nil {
		t.Fatal(err)
	}
	h.save(down)

	before := ledger(t, a)
	p := plan(t, a, down, exchange.Options{})
	want := []string{
		"人员 " + note + "|白音达来|备注||乡里的话（本级 白音花苏木 张敏）|手写的话（本级 白音花苏木 书中手工填写）",
		"人员 " + phone + "|李秀云|联系电话|13800000001|13811111111（本级 白音花苏木 张敏）|13822222222（云杉旗 张敏）",
		"任职 " + village + "|王建业 红柳嘎查 党组织书记|嘎查村|泉水嘎查|红柳嘎查（本级 白音花苏木 张敏）|新开嘎查（云杉旗 张敏）",
	}
	wantTold(t, p.Coming, want...)
	if p.Conflicts != 3 || ledger(t, a) != before || len(conflicts(t, a)) != 0 {
		t.Errorf("planning counts %d and wrote something", p.Conflicts)
	}
	for i := range want {
		_, rest, _ := strings.Cut(want[i], "|")
		want[i] = " |" + rest // a ledger does not know the place in the book
	}
	receiveForeseen(t, a, down)
	var open []exchange.Dispute
	view(t, a, func(tx *store.Tx) (err error) {
		open, err = exchange.Disputes(tx)
		return err
	})
	got := toldAll(open)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the ledger tells\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Ensure that what differs only because a book shows two records to be one is
// listed too, and that the ledger's word of now is what the book's stands
// against, also where neither is this office's own.
func TestComingOfRecordsFoundToBeOne(t *testing.T) {
	a, b, dir := twoOffices(t)
	p := person("李秀云", field.Date{Year: 1971, Month: 3, Day: 5}, 102, "13900000000")
	do(t, b, func(tx *store.Tx) error { return tx.Put(p) })
	up, other := filepath.Join(dir, "up.xlsx"), filepath.Join(dir, "other.xlsx")
	send(t, a, county, up)
	first := plan(t, b, up, exchange.Options{})
	if len(first.Coming) != 1 || !strings.HasSuffix(told(first.Coming[0]), "|李秀云|联系电话||13900000000（本级 云杉旗 张敏）|13800000001（白音花苏木 张敏）") ||
		first.Coming[0].Sheet != "人员" || first.Coming[0].Cell == "" {
		t.Fatalf("tells %v", toldAll(first.Coming))
	}
	receiveForeseen(t, b, up)

	// A second township's copy of the first one's book says something else.
	twin := newOffice(t, dir, store.Office{Code: "150426202", Name: "查干镇", Level: field.Township}, clock())
	closeAll(t, twin)
	receive(t, twin, up)
	edit(t, a, "王建业", func(p *record.Person) { p.Note = "甲" })
	edit(t, twin, "王建业", func(p *record.Person) { p.Note = "乙" })
	send(t, a, county, up)
	send(t, twin, county, other)
	receiveForeseen(t, b, up)
	second := plan(t, b, other, exchange.Options{})
	if len(second.Coming) != 1 || !strings.HasSuffix(told(second.Coming[0]), "|王建业|备注||甲（白音花苏木 张敏）|乙（查干镇 张敏）") {
		t.Errorf("tells %v", toldAll(second.Coming))
	}
	receiveForeseen(t, b, other)
}

// Ensure that a plan says beforehand how many conflicts a side will decide, and
// that applying it decides as many: where this office never wrote, 以本级为准
// leaves them open.
func TestSettledIsForeseen(t *testing.T) {
	for _, c := range []struct {
		side          exchange.Side
		decided, left int
	}{{exchange.Leave, 0, 2}, {exchange.Ours, 1, 1}, {exchange.Theirs, 1, 1}} {
		a, b, dir := twoOffices(t)
		up := filepath.Join(dir, "up.xlsx")
		send(t, a, county, up)
		receive(t, b, up)
		twin := newOffice(t, dir, store.Office{Code: "150426202", Name: "查干镇", Level: field.Township}, clock())
		closeAll(t, twin)
		receive(t, twin, up)
		edit(t, b, "李秀云", func(p *record.Person) { p.Phone = "13822222222" })
		edit(t, a, "李秀云", func(p *record.Person) { p.Phone = "13811111111" })
		edit(t, a, "王建业", func(p *record.Person) { p.Note = "甲" })
		edit(t, twin, "王建业", func(p *record.Person) { p.Note = "乙" })
		send(t, a, township, up)
		receive(t, twin, up) // its next book brings both words of a note
		send(t, twin, county, up)
		p := plan(t, b, up, exchange.Options{})
		p.Settle(c.side)
		foreseen := p.Settled(b.Office().Code)
		r := must(exchange.Apply(t.Context(), b, clerk, p, nil))
		for when, got := range map[string]exchange.Report{"foreseen": foreseen, "applied": r} {
			if got.Decided != c.decided || got.Conflicts != c.left {
				t.Errorf("side %d, %s: decided %d, left %d of %v", c.side, when, got.Decided, got.Conflicts, toldAll(p.Coming))
			}
		}
		if n := len(conflicts(t, b)); n != c.left {
			t.Errorf("side %d: %d are open", c.side, n)
		}
	}
}
