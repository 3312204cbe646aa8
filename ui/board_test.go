package ui

import (
	"context"
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

// reporting is a county with two townships, a third, and that one's report.
func reporting(t *testing.T) (s, below *station, book string) {
	dir := t.TempDir()
	county := sample.OfficeAt(field.County)
	below = openFew(t)
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
	return s, below, book
}

// Ensure that several books dropped at once each become a batch, that the board
// tells who reported and who did not, and that one press writes a book for each
// office.
func TestBoardTakesManyBooksAndIssues(t *testing.T) {
	s, _, book := reporting(t)
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

// Ensure that a county sends cells back with its reasons, and that the township
// is led to each of them and answers by mending it or by saying why it stays.
func TestSendsBackAndIsLedThrough(t *testing.T) {
	s, below, book := reporting(t)
	s.drop(book)
	s.press("合并")
	s.enter(page.RoomBoard)
	b := s.shell.Page().(*page.Board)
	b.Grid.Select(sample.OfficeAt(field.Township).Code)
	s.press("退回…")
	s.mustSay("退回给星露苏木", "选中要退回的行")
	back := s.shell.Page().(*page.SendBack)
	if len(back.Rows()) == 0 {
		t.Fatal("the checks found nothing to send back")
	}
	back.Grid.Select(back.Rows()[0])
	out := filepath.Join(t.TempDir(), "退回.xlsx")
	s.native = func(context.Context, page.Ask) (string, error) { return out, nil }
	s.desk.Native = s.native
	s.press("退回 1 处…")
	s.mustSay("请它再核1处")
	s.enter(page.RoomBoard)
	s.mustSay("退回1处")

	below.drop(out)
	below.press("合并")
	below.mustSay("上级退回1处，等着核对。")
	below.link("看退回事项")
	asked := below.shell.Page().(*page.Requests)
	if len(asked.Rows()) != 1 {
		t.Fatalf("is led through %q", asked.Rows())
	}
	asked.Grid.Select(asked.Rows()[0])
	below.press("去改")
	if _, is := below.shell.Page().(*page.Requests); is {
		t.Error("does not lead to the cell")
	}
	below.enter(page.RoomHome)
	below.mustSay("核对上级退回的栏目")
	below.enter(page.RoomRequests)
	below.shell.Page().(*page.Requests).Grid.Select(asked.Rows()[0])
	below.press("不改，说明理由…")
	test.Type(below.win.Canvas().Focused(), "已与本人核对")
	below.press("答复")
	below.mustSay("已办", "已与本人核对")
}
