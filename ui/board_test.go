package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sample"
	"touyan/ui/page"

	"fyne.io/fyne/v2/test"
)

// reporting is a county with two townships, and a report of one of them.
func reporting(t *testing.T) (s *station, book string) {
	dir := t.TempDir()
	county := sample.OfficeAt(field.County)
	below := openFew(t)
	book = filepath.Join(dir, "上报.xlsx")
	forms, err := exchange.Registers(below.desk.DB.Kinds(), nil)
	ok(t, err)
	_, err = exchange.Send(t.Context(), below.desk.DB, tester, book, exchange.Order{To: county, Forms: forms, Period: "2026Q1", AsOf: field.DateAt(clock())}, nil)
	ok(t, err)
	path := filepath.Join(dir, "旗.touyan")
	build(t, path, county, false)
	db := reopen(t, path)
	ok(t, db.Do("录入", tester, func(tx *store.Tx) error {
		for i, name := range []string{"查干诺尔镇", "白音花镇"} {
			code := fmt.Sprint(county.Code, 301+i)
			if err := tx.Put(&record.Office{Head: field.Head{ID: store.OfficeID(code)}, Code: code, Name: name, Level: "1", Parent: store.OfficeID(county.Code)}); err != nil {
				return err
			}
		}
		return nil
	}))
	ok(t, db.Close())
	s = newStation(t)
	s.Start(path)
	s.settle()
	return s, book
}

// Ensure that several books dropped at once each become a batch, that the board
// tells who reported and who did not, and that one press writes a book for each
// office.
func TestBoardTakesManyBooksAndIssues(t *testing.T) {
	s, book := reporting(t)
	bad := filepath.Join(t.TempDir(), "坏.xlsx")
	ok(t, os.WriteFile(bad, []byte("PK\x03\x04 坏"), 0o600))
	s.drop(book, bad)
	if _, is := s.shell.Page().(*page.Receipts); !is {
		t.Fatalf("shows %T", s.shell.Page())
	}
	s.mustSay("2份里合并了1份", "上报.xlsx", "坏.xlsx", "已合并。", "已损坏")
	s.enter(page.RoomBoard)
	s.mustSay("收报看板", "3个单位，已合并1，未报2", "星露苏木", "查干诺尔镇", "期限2026.04.20")

	s.press("报送期限…")
	s.mustSay("2026年第一季度的报送期限")
	due := s.win.Canvas().Focused()
	due.(interface{ SetText(string) }).SetText("")
	test.Type(due, "2026.02.28")
	s.press("定为这一天")
	s.mustSay("未报2（过期2）", "已过期限2天")

	desktop := atDesk(t)
	s.press("下发…")
	s.mustSay("给3个下级单位各写一份工作簿")
	s.press("写出 3 份")
	s.mustSay("已写出 3 份")
	found, err := filepath.Glob(filepath.Join(desktop, "下发20260302", "*.xlsx"))
	ok(t, err)
	if len(found) != 3 || !strings.Contains(strings.Join(found, " "), "查干诺尔镇") {
		t.Errorf("wrote %q", found)
	}

	s.drop(book, book)
	s.mustSay("这份文件收过了")
}
