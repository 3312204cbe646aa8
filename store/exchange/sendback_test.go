package exchange_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/record"
)

// asked lists the requests of a ledger, a line each.
func asked(t failer, db *store.DB) string {
	var lines []string
	view(t, db, func(tx *store.Tx) error {
		list, err := exchange.Requests(tx)
		for _, r := range list {
			lines = append(lines, fmt.Sprintf("%s %s“%s” %s open=%t ours=%t", r.Name, r.Column, r.Seen, r.Reason, r.Open, r.Ours))
		}
		return err
	})
	return strings.Join(lines, "\n")
}

// Ensure that a return asks for cells with reasons, holds just the records asked
// about, that the township sees the requests, that they close when the cell
// changes or the office says why it stays, and that the board follows.
func TestSendBack(t *testing.T) {
	dir := t.TempDir()
	now := clock()
	db, up := newOffice(t, dir, township, now), newOffice(t, dir, county, now)
	closeAll(t, db, up)
	threeVillages(t, db)
	expecting(t, up)
	receive(t, up, report(t, db, filepath.Join(dir, "a.xlsx")))
	ids := map[string]string{}
	view(t, up, func(tx *store.Tx) error {
		for p, err := range store.All[record.Person](tx) {
			if err != nil {
				return err
			}
			ids[p.Name] = p.ID
		}
		return nil
	})
	back := filepath.Join(dir, "退回.xlsx")
	o := exchange.Order{To: township, Period: quarter, Cover: true, AsOf: march}
	sent, err := exchange.SendBack(context.Background(), up, clerk, back, o, []exchange.Ask{
		{Kind: "person", Record: ids["李秀云"], Field: "phone", Why: "号码少一位"},
		{Kind: "person", Record: ids["王建业"], Field: "birth", Why: "与档案不符"},
	})
	if err != nil || sent.Rows != 4 {
		t.Fatalf("sent %+v, %v", sent, err)
	}
	if got := board(t, up, march); !strings.HasPrefix(got, "白音花苏木 退回 第1版") {
		t.Error(got)
	}
	h := openByHand(t, back, "人员")
	if n := h.rows(); n != 2 {
		t.Errorf("the return holds %d people", n)
	}
	h.f.Close()

	receive(t, db, back)
	compare(t, "at the township", asked(t, db), "李秀云 联系电话“13800000001” 号码少一位 open=true ours=true\n王建业 出生年月“1972.03” 与档案不符 open=true ours=true")
	do(t, db, func(tx *store.Tx) error {
		for p, err := range store.All[record.Person](tx) {
			if err != nil {
				return err
			}
			if p.Name == "李秀云" {
				p.Phone = "13800000099"
				return tx.Put(p)
			}
		}
		return nil
	})
	do(t, db, func(tx *store.Tx) error {
		for r, err := range store.All[record.Request](tx) {
			if err != nil {
				return err
			}
			if r.Name == "王建业" {
				r.Answer = "档案已核对，无误"
				return tx.Put(r)
			}
		}
		return nil
	})
	closed := "李秀云 联系电话“13800000001” 号码少一位 open=false ours=%t\n王建业 出生年月“1972.03” 与档案不符 open=false ours=%[1]t"
	compare(t, "answered", asked(t, db), fmt.Sprintf(closed, true))
	receive(t, up, report(t, db, filepath.Join(dir, "b.xlsx")))
	compare(t, "at the county", asked(t, up), fmt.Sprintf(closed, false))
	if got := board(t, up, march); !strings.HasPrefix(got, "白音花苏木 已合并 第2版") {
		t.Error(got)
	}
}

// Ensure that a return without a reason, or of a cell that is not there, asks
// nobody.
func TestSendBackRefuses(t *testing.T) {
	dir := t.TempDir()
	up := newOffice(t, dir, county, clock())
	closeAll(t, up)
	expecting(t, up)
	for _, asks := range [][]exchange.Ask{nil, {{Kind: "office", Record: store.OfficeID(township.Code), Field: "name"}}, {{Kind: "person", Record: "没有", Field: "name", Why: "核对"}}} {
		if _, err := exchange.SendBack(context.Background(), up, clerk, filepath.Join(dir, "x.xlsx"), exchange.Order{To: township}, asks); err == nil {
			t.Errorf("asks %v", asks)
		}
	}
	if got := asked(t, up); got != "" {
		t.Error(got)
	}
}
