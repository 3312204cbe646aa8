package exchange_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"
)

// since tells what changed for an office, a line for each kind and record.
func since(t failer, db *store.DB, to store.Office, forms ...*field.Form) (s exchange.Since, out []string) {
	t.Helper()
	view(t, db, func(tx *store.Tx) (err error) {
		s, err = exchange.ChangedSince(tx, to, forms)
		for _, k := range s.Kinds {
			line := fmt.Sprintf("%s 新增%d 更新%d 作废%d", k.Kind.Label, k.New, k.Updated, k.Voided)
			if k.Last.Seq == 0 {
				line += " 从未报送"
			}
			for _, r := range k.Records {
				if k.Last.Seq > 0 {
					line += fmt.Sprintf(" %s[%s]", tx.Name(k.Kind.Name, r.ID), strings.Join(r.Fields, ","))
				}
			}
			out = append(out, line)
		}
		return err
	})
	return s, out
}

// Ensure that what changed since an office was last sent the registers is told
// record by record: not what was changed back, made and voided, undone, or
// written by that office; and that a sent book makes a 零报告 of the next.
func TestChangedSince(t *testing.T) {
	dir := t.TempDir()
	now := clock()
	db, up := newOffice(t, dir, township, now), newOffice(t, dir, county, now)
	closeAll(t, db, up)
	threeVillages(t, db)
	_, got := since(t, db, county)
	compare(t, "never sent", strings.Join(got, "\n"), "单位 新增1 更新0 作废0 从未报送\n嘎查村 新增3 更新0 作废0 从未报送\n人员 新增3 更新0 作废0 从未报送\n任职 新增4 更新0 作废0 从未报送\n后备力量 新增0 更新0 作废0 从未报送\n研判记录 新增0 更新0 作废0 从未报送\n培养记录 新增0 更新0 作废0 从未报送\n摸排 新增0 更新0 作废0 从未报送\n村摸排情况 新增0 更新0 作废0 从未报送\n负面情形 新增0 更新0 作废0 从未报送\n届中分析 新增0 更新0 作废0 从未报送\n软弱涣散整顿 新增0 更新0 作废0 从未报送\n乡招村用 新增0 更新0 作废0 从未报送\n服务经历 新增0 更新0 作废0 从未报送\n跟踪记录 新增0 更新0 作废0 从未报送\n在外人才 新增0 更新0 作废0 从未报送\n联系记录 新增0 更新0 作废0 从未报送\n政策兑现 新增0 更新0 作废0 从未报送\n机关选派 新增0 更新0 作废0 从未报送\n四优兑现 新增0 更新0 作废0 从未报送\n换届人选 新增0 更新0 作废0 从未报送\n任职备案 新增0 更新0 作废0 从未报送\n联审意见 新增0 更新0 作废0 从未报送\n家庭成员 新增0 更新0 作废0 从未报送\n简历 新增0 更新0 作废0 从未报送\n查借阅 新增0 更新0 作废0 从未报送\n档案转递 新增0 更新0 作废0 从未报送\n退回事项 新增0 更新0 作废0 从未报送\n附件 新增0 更新0 作废0 从未报送\n规则 新增0 更新0 作废0 从未报送\n自定义项 新增0 更新0 作废0 从未报送")

	book := filepath.Join(dir, "up.xlsx")
	send(t, db, county, book)
	s, got := since(t, db, county)
	if !s.Nothing() || len(got) != 0 {
		t.Errorf("just sent, and %q changed", got)
	}
	if s, _ := since(t, db, store.Office{Code: "1504", Level: field.City}); s.Nothing() {
		t.Error("what one office was sent, another was not")
	}

	people := map[string]*record.Person{}
	view(t, db, func(tx *store.Tx) error {
		for p, err := range store.All[record.Person](tx) {
			if err != nil {
				return err
			}
			people[p.Name] = p
		}
		return nil
	})
	edit := func(name, phone string) {
		do(t, db, func(tx *store.Tx) error {
			p := people[name]
			p.Phone = phone
			return tx.Put(p)
		})
	}
	edit("李秀云", "13900000001")
	edit("王建业", "13900000002")
	edit("王建业", "13800000002") // as it was
	slip, fresh := &record.Person{Name: "多录"}, &record.Person{Name: "孟和"}
	do(t, db, func(tx *store.Tx) error {
		if err := tx.Put(slip); err != nil {
			return err
		}
		return tx.Put(fresh)
	})
	do(t, db, func(tx *store.Tx) error { return tx.Void("person", slip.ID, "多录") })
	do(t, db, func(tx *store.Tx) error { return tx.Void("person", people["白音达来"].ID, "去世") })
	var seq uint64
	do(t, db, func(tx *store.Tx) error {
		seq = tx.Seq()
		return tx.Put(&record.Person{Name: "撤销的人"})
	})
	if _, err := db.Undo(seq, clerk, false); err != nil {
		t.Fatal(err)
	}
	_, got = since(t, db, county)
	compare(t, "since", strings.Join(got, "\n"), "人员 新增1 更新1 作废1 李秀云[phone] 孟和[] 白音达来[]")

	// The county files the posts, and somebody there mends a phone by hand.
	receive(t, up, book)
	do(t, up, func(tx *store.Tx) error {
		for p, err := range store.All[record.Post](tx) {
			if err != nil {
				return err
			}
			p.Filing = "1"
			if err := tx.Put(p); err != nil {
				return err
			}
		}
		return nil
	})
	down := filepath.Join(dir, "down.xlsx")
	send(t, up, township, down)
	receive(t, db, down)
	_, got = since(t, db, county)
	compare(t, "what the county wrote is none of it", strings.Join(got, "\n"), "人员 新增1 更新1 作废1 李秀云[phone] 孟和[] 白音达来[]")

	send(t, db, county, filepath.Join(dir, "up2.xlsx"))
	if s, got := since(t, db, county); !s.Nothing() {
		t.Errorf("sent again, and %q changed", got)
	}
}

// Ensure that a roster is held against the last roster of its form, and that
// prints, public copies and narrowed ones count for nobody.
func TestChangedSinceByForm(t *testing.T) {
	dir := t.TempDir()
	db := newOffice(t, dir, township, clock())
	closeAll(t, db)
	threeVillages(t, db)
	form := record.FormNamed("committee")
	out := func(name string, o exchange.Order) {
		t.Helper()
		o.Forms, o.AsOf = []*field.Form{form}, field.Date{Year: 2026}
		if _, err := exchange.Send(context.Background(), db, clerk, filepath.Join(dir, name), o, nil); err != nil {
			t.Fatal(err)
		}
	}
	out("a.xlsx", exchange.Order{})
	out("b.xlsx", exchange.Order{To: county, Copy: exchange.Public})
	out("c.xlsx", exchange.Order{To: county, Where: []field.Condition{{Path: "position", Values: []string{record.Secretary}}}})
	send(t, db, county, filepath.Join(dir, "d.xlsx"))
	if s, _ := since(t, db, county, form); s.Nothing() {
		t.Error("the county has the form though nobody sent it")
	}
	out("e.xlsx", exchange.Order{To: county, Copy: exchange.Upward})
	do(t, db, func(tx *store.Tx) error {
		return tx.Put(&record.Person{Name: "孟和"})
	})
	_, got := since(t, db, county, form)
	compare(t, "since the form", strings.Join(got, "\n"), "人员 新增1 更新0 作废0 孟和[]")
}

// BenchmarkChangedSince looks through 2,000 operations on 20,000 people since
// the last book.
func BenchmarkChangedSince(b *testing.B) {
	dir := b.TempDir()
	db := newOffice(b, dir, county, time.Now)
	defer db.Close()
	receive(b, db, bigRoster(b, 20_000))
	var ids []string
	view(b, db, func(tx *store.Tx) error {
		for row, err := range tx.Rows("person") {
			if err != nil {
				return err
			}
			ids = append(ids, row.ID)
		}
		return nil
	})
	do(b, db, func(tx *store.Tx) error {
		tx.NoteSent(store.Sent{To: "1504", Seen: tx.Seq() - 1, Forms: []string{"office-register", "village-register", "person-register", "post-register", "reserve-register"}})
		return nil
	})
	for i := range 2000 {
		do(b, db, func(tx *store.Tx) error {
			p, err := store.Get[record.Person](tx, ids[i*7%len(ids)])
			if err != nil {
				return err
			}
			p.Phone = fmt.Sprintf("139%08d", i)
			return tx.Put(p)
		})
	}
	for b.Loop() {
		s, _ := since(b, db, store.Office{Code: "1504", Level: field.City})
		if s.Kinds[0].Updated != 2000 {
			b.Fatalf("%+v", s.Kinds)
		}
	}
}
