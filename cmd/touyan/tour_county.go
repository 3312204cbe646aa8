package main

import (
	"cmp"
	"context"
	"os"
	"path/filepath"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/paper"
	"touyan/store/record"
	"touyan/store/sample"
	"touyan/store/sheet"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
)

// blank fills a form somebody above made.
func (g *guide) blank(dir string) {
	path := filepath.Join(dir, "附件2 后备力量摸排表.xlsx")
	form := record.FormNamed("reserve")
	must(sheet.Write(context.Background(), path, sheet.Doc{Sheets: []sheet.Sheet{{Form: form, Kinds: g.w.Desk().DB.Kinds(), Title: "2026年后备力量摸排表", Spare: 12}}, Made: g.w.Desk().DB.Now()}, nil))
	g.do(func() { g.w.Desk().OpenBlank(path) })
	g.shot("fill")
	g.do(g.w.Desk().Close)
}

// county shows the desk where the books of many offices come in.
func (g *guide) county(dir string) {
	ledger, books := reports(dir)
	g.do(g.w.Desk().Change)
	g.do(func() { g.w.Open(ledger) })
	g.room(page.RoomBoard)
	g.shot("board-empty")
	g.do(func() { g.w.Shell().Receive(books...) })
	g.shot("receipts")
	g.room(page.RoomBoard)
	on(g, func(b *page.Board) { b.Grid.Select(b.Rows()[1]) })
	g.shot("board")
	g.press("退回…")
	on(g, func(s *page.SendBack) { s.Grid.Select(s.Rows()[:2]...) })
	g.shot("sendback")
	g.do(g.w.Desk().Close)
	g.press("下发…")
	g.shot("issue")
	g.keys(fyne.KeyEscape)
	g.room(page.RoomConflicts)
	g.shot("conflicts-county")
	g.command("没有收到的附件")
	g.shot("papers-waiting")
}

// reports makes the ledger of a county, and what three of its townships report:
// one changed what the county changed too, one has nothing new, one book is torn.
func reports(dir string) (ledger string, books []string) {
	ctx, who := context.Background(), store.Actor{Name: "乌兰"}
	ledger = filepath.Join(dir, "云杉旗.touyan")
	county := made(ledger, sample.OfficeAt(field.County))
	defer county.Close()
	must(sample.Build(ctx, county, who, 1))
	forms, err := exchange.Registers(county.Kinds(), nil)
	must(err)
	today := field.DateAt(county.Now())
	sent, err := exchange.SendEach(ctx, county, who, dir, exchange.Order{Forms: forms, Cover: true, AsOf: today}, nil)
	must(err)
	period := exchange.Periods(today)[0]
	first := ""
	for i, s := range sent[:3] {
		own := made(filepath.Join(dir, s.To+".touyan"), store.Office{Code: s.To, Name: s.To, Level: field.Township})
		got := exchange.TakeIn(ctx, own, who, []string{filepath.Join(dir, s.File)}, exchange.Intake{})
		must(got[0].Err)
		book := filepath.Join(dir, "上报"+s.To+".xlsx")
		if i == 0 {
			must(attachScans(own, dir))
		}
		if i != 1 {
			changed, err := rephone(own, "", "1540000000"+string(rune('1'+i)))
			must(err)
			first = cmp.Or(first, changed)
		}
		_, err := exchange.Send(ctx, own, who, book, exchange.Order{To: county.Office(), Forms: forms, Cover: true, AsOf: today, Period: period}, nil)
		must(err)
		own.Close()
		books = append(books, book)
	}
	_, err = rephone(county, first, "15400000009")
	must(err)
	torn := filepath.Join(dir, "上报（U盘拔早了）.xlsx")
	whole, err := os.ReadFile(books[2])
	must(err)
	must(os.WriteFile(torn, whole[:len(whole)/2], 0o600))
	return ledger, append(books, torn)
}

// attachScans attaches two scans to the first person of a ledger.
func attachScans(db *store.DB, dir string) error {
	var owner paper.Owner
	err := db.View(func(tx *store.Tx) error {
		for p, err := range store.All[record.Person](tx) {
			owner.Person = p.ID
			return err
		}
		return nil
	})
	if err != nil {
		return err
	}
	var paths []string
	for _, name := range []string{"毕业证书", "入党志愿书"} {
		path := filepath.Join(dir, name+".pdf")
		if err := os.WriteFile(path, []byte("%PDF-1.4\n1 0 obj\n<< /Type /Page >>\nendobj\n% "+name+"\n%%EOF\n"), 0o600); err != nil {
			return err
		}
		paths = append(paths, path)
	}
	_, err = paper.Attach(context.Background(), db, store.Actor{Name: "乌兰"}, owner, paths, nil)
	return err
}

func made(path string, o store.Office) *store.DB {
	opts := store.Options{Kinds: record.Kinds()}
	must(store.Create(path, o, true, opts))
	db, err := store.Open(path, opts)
	must(err)
	return db
}

// rephone gives a person of a ledger another phone, the first if none is named.
func rephone(db *store.DB, id, number string) (string, error) {
	err := db.Do("更正", store.Actor{Name: "乌兰"}, func(tx *store.Tx) error {
		for p, err := range store.All[record.Person](tx) {
			if err != nil {
				return err
			}
			if id == "" || p.ID == id {
				id, p.Phone = p.ID, number
				return tx.Put(p)
			}
		}
		return nil
	})
	return id, err
}
