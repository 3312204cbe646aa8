package ui

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"touyan/store/exchange"
	"touyan/store/sheet/byhand"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
)

// Ensure that a county's blank shows what fills each of its heads, that a head is
// matched otherwise by choosing, and that the filled copy holds the rows.
func TestFillsABlank(t *testing.T) {
	s := openFew(t)
	dir := t.TempDir()
	blank, out := filepath.Join(dir, "县里的表.xlsx"), filepath.Join(dir, "已填.xlsx")
	ok(t, byhand.Write(blank, "", byhand.Sheet{Name: "表一", Text: "后备力量统计表\n序号|嘎查村|姓名|来历\n1\n2\n合计"}))
	s.desk.OpenBlank(blank)
	s.settle()
	s.mustSay("套表 县里的表.xlsx", "《后备力量花名册》", "来历", "（不填）")
	fill := s.shell.Page().(*page.Fill)
	fill.Grid.Select(fill.Rows()[0])
	s.press("改对应")
	s.mustSay("来历")
	s.win.Canvas().Focused().(interface{ SetText(string) }).SetText("入库时间")
	s.hit(fyne.KeyReturn)
	s.mustSay("入库时间")
	s.desk.Native = func(context.Context, page.Ask) (string, error) { return out, nil }
	s.press("填好另存…")
	s.mustSay("已填 1 行")
	if _, err := os.Stat(out); err != nil {
		t.Fatal(err)
	}
	sheets, err := exchange.Sheets(t.Context(), out, "")
	ok(t, err)
	if row := sheets[0].Top[2]; len(row) < 4 || row[1] != "前进嘎查" || row[2] != "白音巴图" || row[3] != "2025.07" {
		t.Errorf("row %q", row)
	}
}
