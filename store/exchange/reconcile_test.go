package exchange_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/record"
)

// rephone gives 李秀云 another phone.
func rephone(t failer, db *store.DB, phone string) {
	do(t, db, func(tx *store.Tx) error {
		for p, err := range store.All[record.Person](tx) {
			if err != nil {
				return err
			}
			if p.Name == "李秀云" {
				p.Phone = phone
				return tx.Put(p)
			}
		}
		return nil
	})
}

// Ensure that 《数据核对情况表》 has what is open and what was decided, with who
// said what, from which book, and who decided and why; also where the decision
// was made by the other office and came with its book.
func TestReconciliation(t *testing.T) {
	dir := t.TempDir()
	now := clock()
	db, up := newOffice(t, dir, township, now), newOffice(t, dir, county, now)
	closeAll(t, db, up)
	threeVillages(t, db)
	receive(t, up, report(t, db, filepath.Join(dir, "a.xlsx")))
	rephone(t, up, "13911110000")
	rephone(t, db, "13922220000")
	receive(t, up, report(t, db, filepath.Join(dir, "b.xlsx")))
	lines := func(db *store.DB) string {
		var out []string
		view(t, db, func(tx *store.Tx) error {
			list, err := exchange.Reconciliation(tx)
			for _, r := range list {
				out = append(out, fmt.Sprintf("%s %s %s|%s|%s decided=%t %s %s", r.Name, r.Label, r.Base.Text, r.Shown.Text, r.Others[0].Text, r.Decided, r.Result.Text, r.Result.Origin.Why))
			}
			return err
		})
		return strings.Join(out, "\n")
	}
	compare(t, "open", lines(up), "李秀云 联系电话 13800000001|13911110000|13922220000 decided=false  ")
	do(t, up, func(tx *store.Tx) error {
		open, err := tx.Conflicts()
		if err != nil {
			return err
		}
		tx.NoteWhy("本人提供证件")
		return tx.Decide(open[0].Kind, open[0].Record, open[0].Field, "13922220000")
	})
	decided := "李秀云 联系电话 13800000001|13911110000|13922220000 decided=true 13922220000 本人提供证件"
	compare(t, "decided", lines(up), decided)
	out := filepath.Join(dir, "核对.xlsx")
	if n, err := exchange.WriteReconciliation(t.Context(), up, clerk, out); err != nil || n != 1 {
		t.Fatalf("wrote %d, %v", n, err)
	}
	rephone(t, up, "13933330000")
	compare(t, "though it was written again", lines(up), decided)
}

// Ensure that a decision that came with a book is listed where the conflict was
// open.
func TestReconciliationHasDecisionsOfOthers(t *testing.T) {
	dir := t.TempDir()
	now := clock()
	db, up := newOffice(t, dir, township, now), newOffice(t, dir, county, now)
	closeAll(t, db, up)
	threeVillages(t, db)
	receive(t, up, report(t, db, filepath.Join(dir, "a.xlsx")))
	rephone(t, up, "13911110000")
	rephone(t, db, "13922220000")
	down, decision := filepath.Join(dir, "down.xlsx"), filepath.Join(dir, "decision.xlsx")
	send(t, up, township, down)
	receive(t, db, down)
	receive(t, up, report(t, db, filepath.Join(dir, "b.xlsx")))
	do(t, up, func(tx *store.Tx) error {
		open, err := tx.Conflicts()
		if err != nil {
			return err
		}
		tx.NoteWhy("以旗委组织部为准")
		return tx.Decide(open[0].Kind, open[0].Record, open[0].Field, "13911110000")
	})
	send(t, up, township, decision)
	receive(t, db, decision)
	view(t, db, func(tx *store.Tx) error {
		list, err := exchange.Reconciliation(tx)
		if err != nil {
			return err
		}
		if len(list) != 1 || !list[0].Decided || list[0].Result.Origin.Name != county.Name || list[0].Result.Origin.Why != "以旗委组织部为准" || list[0].Shown.Text != "13922220000" {
			t.Errorf("lists %+v", list)
		}
		return nil
	})
}
