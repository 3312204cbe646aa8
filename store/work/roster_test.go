package work_test

import (
	"context"
	"path/filepath"
	"testing"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/sheet/byhand"
	"touyan/store/work"
)

// Ensure that the roster of a new term, taken in from a real book as any roster
// is, is recognised, and that accepting the table leaves each term its posts.
func TestRosterOfANewTerm(t *testing.T) {
	p := newPlace(t)
	path := filepath.Join(t.TempDir(), "第十一届花名册.xlsx")
	err := byhand.Write(path, "", byhand.Sheet{Name: "两委", Text: `嘎查村|姓名|出生年月|政治面貌|职务|任现职时间|任职届数|是否连任
向阳嘎查|白音达来|1975.03|中共党员|党支部书记、嘎查达|2026.01|2|是
向阳嘎查|乌云高娃|1990.06|中共党员|副书记|2026.01|1|否
向阳嘎查|王建业|1985.07|群众|村委会委员|2026.01|2|是`})
	if err != nil {
		t.Fatal(err)
	}
	book, err := exchange.Open(context.Background(), p.db, path, exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var plan *exchange.Plan
	p.view(func(tx *store.Tx) error {
		plan, err = book.Plan(context.Background(), tx)
		return err
	})
	if r, err := exchange.Apply(context.Background(), p.db, clerk, plan, nil); err != nil || !r.Clean() {
		t.Fatalf("%+v, %v", r, err)
	}
	var table *work.TermTable
	p.view(func(tx *store.Tx) error {
		table, err = work.RecogniseTermOf(tx, p.sunny.ID)
		return err
	})
	if table == nil {
		t.Fatalf("no 换届 is seen in %q", p.team(p.sunny))
	}
	wantRows(t, table,
		"11 白音达来 白音达来 连任",
		"12 李秀云 乌云高娃 离任、新任",
		"21 白音达来 白音达来 连任",
		"23 王建业 王建业 连任")
	p.do("换届", func(tx *store.Tx) error {
		_, err := work.TermChange(tx, *table)
		return err
	})
	p.wantTeam(p.sunny,
		"白音达来 党组织书记 2021.01–2026.01 换届离任 第十届 1届",
		"白音达来 党组织书记 2026.01– 第十一届 2届 连任 初任2021.01",
		"白音达来 村委会主任 2021.01–2026.01 换届离任 第十届 1届",
		"白音达来 村委会主任 2026.01– 第十一届 2届 连任 初任2021.01",
		"李秀云 党组织副书记 2021.01–2026.01 换届离任 第十届 1届",
		"乌云高娃 党组织副书记 2026.01– 第十一届 1届",
		"王建业 村委会委员 2021.01–2026.01 换届离任 第十届 1届",
		"王建业 村委会委员 2026.01– 第十一届 2届 连任 初任2021.01")
}
