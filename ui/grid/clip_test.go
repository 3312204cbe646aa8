package grid

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// Ensure that Ctrl+C gives the selected rows in the columns shown as a
// worksheet takes them, masked where they are masked, each row on one line,
// and that Shift adds the heads.
func TestCopy(t *testing.T) {
	rows := people()
	rows[1].Cells[5] = "暂代\n三个月"
	g, _ := open(t, rows, usual)
	clipboard := test.NewClipboard()
	g.body.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clipboard})
	want(t, "nothing selected", clipboard.Content(), "")
	click(g, 1, 0)
	click(g, 3, fyne.KeyModifierControl)
	lines := "单晓梅\t红旗嘎查\t1985\t950\t1504••••••••••2222\t暂代 三个月\r\n" +
		"王建国\t新胜村\t1969.01.02\t\t1504••••••••••4444\t\r\n"
	g.body.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clipboard})
	want(t, "copied", clipboard.Content(), lines)
	g.body.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyC, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift})
	want(t, "with heads", fyne.CurrentApp().Clipboard().Content(), "姓名\t嘎查村\t出生年月\t月报酬\t公民身份号码\t备注\r\n"+lines)
	g.SetView(View{Columns: []ViewColumn{{Name: "name"}, {Name: "pay"}, {Name: "village", Hidden: true}, {Name: "born", Hidden: true}, {Name: "idno", Hidden: true}, {Name: "note", Hidden: true}}})
	want(t, "columns shown", g.Copy(true), "姓名\t月报酬\r\n单晓梅\t950\r\n王建国\t\r\n")
}

// Ensure that no digit of a long number is lost in a worksheet: as HTML it is
// text, and as text alone it stands in groups, which are read over when they
// come back.
func TestLongNumbers(t *testing.T) {
	rows := people()
	rows[0].Cells[4] = "150426197803121234"
	rows[0].Cells[5] = "<6217001234567890>"
	g, _ := open(t, rows, usual)
	click(g, 0, 0)
	clipboard := test.NewClipboard()
	g.copyTo(clipboard, false)
	want(t, "text", clipboard.Content(), "白音巴图\t前进嘎查\t1978.03\t3200\t150426 19780312 1234\t<6217001234567890>\r\n")
	want(t, "html", htmlTable([][]string{{"白音<", "150426197803121234", "3200", "003"}}),
		`<table><tr><td>白音&lt;</td><td style='mso-number-format:"\@"'>150426197803121234</td><td>3200</td><td style='mso-number-format:"\@"'>003</td></tr>`+"\r\n</table>")
	for text, grouped := range map[string]string{"6217001234567890": "6217 0012 3456 7890", "123456789012345": "123456789012345", "15042619780312123X": "15042619780312123X"} {
		want(t, text, groupDigits(text), grouped)
	}
}

// Ensure that cells are read as worksheets write them.
func TestParseTable(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want [][]string
	}{
		"nothing":                 {"", nil},
		"only a line end":         {"\r\n", nil},
		"one cell":                {"前进", [][]string{{"前进"}}},
		"two lines":               {"a\tb\r\nc\td\r\n", [][]string{{"a", "b"}, {"c", "d"}}},
		"line ends of Linux":      {"a\tb\nc\td\n", [][]string{{"a", "b"}, {"c", "d"}}},
		"line ends of old Macs":   {"a\rb", [][]string{{"a"}, {"b"}}},
		"empty cells":             {"\t\r\n\tb\r\n", [][]string{{"", ""}, {"", "b"}}},
		"an empty last line":      {"a\r\n\r\n", [][]string{{"a"}, {""}}},
		"a line end inside":       {"\"暂代\n三个月\"\tb\r\n", [][]string{{"暂代\n三个月", "b"}}},
		"a tab inside":            {"\"a\tb\"\tc", [][]string{{"a\tb", "c"}}},
		"quotation marks doubled": {"\"说\"\"行\"\"\"\r\nb", [][]string{{"说\"行\""}, {"b"}}},
		"marks within":            {"他说\"行\"\tb", [][]string{{"他说\"行\"", "b"}}},
		"marks around a part":     {"\"前进\"嘎查\tb", [][]string{{"\"前进\"嘎查", "b"}}},
		"a mark never closed":     {"\"前进\tb\r\nc", [][]string{{"\"前进", "b"}, {"c"}}},
		"an empty quoted cell":    {"\"\"\tb", [][]string{{"", "b"}}},
		"lines of unequal length": {"a\r\nb\tc", [][]string{{"a"}, {"b", "c"}}},
		"the zero Windows ends":   {"a\tb\r\n\x00", [][]string{{"a", "b"}}},
	} {
		t.Run(name, func(t *testing.T) { want(t, "cells", fmt.Sprintf("%q", parseTable(c.text)), fmt.Sprintf("%q", c.want)) })
	}
}

// FuzzParseTable ensures that no clipboard makes reading fail, and that cells
// without marks, tabs and line ends come back as they went.
func FuzzParseTable(f *testing.F) {
	for _, s := range []string{"a\tb\r\nc", "\"a\"\"b\"\t\n", "\"", "\"a", "\r\r\n", "\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, line := range parseTable(text) {
			if len(line) == 0 {
				t.Fatalf("%q has a line without cells", text)
			}
		}
		if strings.ContainsAny(text, "\t\r\n\"\x00") || text == "" {
			return
		}
		want(t, "a cell", fmt.Sprintf("%q", parseTable(text+"\t"+text+"\r\n")), fmt.Sprintf("%q", [][]string{{text, text}}))
	})
}

// pasted pastes a text and returns the block the host got.
func pasted(g *shownGrid, text string) (b Block) {
	g.OnPaste = func(got Block) { b = got }
	clipboard := test.NewClipboard()
	clipboard.SetContent(text)
	g.body.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard})
	return b
}

// Ensure that a block falls on the rows from the cursor down and the columns
// from the cursor right, as they are shown, and that what has no row is told.
func TestPastePlaces(t *testing.T) {
	g, _ := open(t, people(), usual)
	g.SortBy("born", Ascending) // 王建国 白音巴图 单晓梅 李秀英
	want(t, "no cursor", fmt.Sprint(pasted(g, "a")), fmt.Sprint(Block{}))
	click(g, 2, 0)
	g.stand(3)
	b := pasted(g, "1\t2\t3\t4\r\n5\r\n6\t7\r\n")
	want(t, "records", b.IDs, []string{"p2", "p3"})
	want(t, "columns", b.Columns, []string{"pay", "idno", "note"})
	want(t, "texts", fmt.Sprintf("%q", b.Texts), `[["1" "2" "3"] ["5" "" ""]]`)
	want(t, "beyond", fmt.Sprintf("%q", b.Beyond), `[["6" "7" ""]]`)
}

// Ensure that one cell goes to all selected rows, a line for each selected row
// to those, and cells under labels to the columns of that name.
func TestPasteTargets(t *testing.T) {
	g, _ := open(t, people(), usual)
	click(g, 0, 0)
	click(g, 2, fyne.KeyModifierControl)
	g.stand(5)
	b := pasted(g, "已核实\r\n")
	want(t, "one cell", fmt.Sprint(b.IDs, b.Columns, b.Texts), "[p1 p3] [note] [[已核实] [已核实]]")
	b = pasted(g, "甲\r\n乙\r\n")
	want(t, "a line each", fmt.Sprint(b.IDs, b.Texts), "[p1 p3] [[甲] [乙]]")
	click(g, 1, 0)
	b = pasted(g, "备注\t月报酬\r\n甲\t1000\r\n乙\t2000\r\n")
	want(t, "under labels", fmt.Sprint(b.IDs, b.Columns, b.Texts), "[p2 p3] [note pay] [[甲 1000] [乙 2000]]")
}

// Ensure that a preview shows old and new, tints what is refused and says why,
// counts, narrows to the refused rows and gives out only what is accepted.
func TestPreview(t *testing.T) {
	g, w := open(t, people(), usual)
	editing(g)
	click(g, 0, 0)
	g.stand(2)
	b := pasted(g, "1979.1\t3300\r\n1985\t950\r\n1985.13\t12000\r\n\t\r\n多\t多\r\n")
	proposals := g.Propose(b, func(id, column, text string) (string, string) {
		if text == "1985.13" {
			return "", "没有13月，请写成1985.12这样的年月。"
		}
		return text, ""
	})
	p := NewPreview(g.Grid, proposals, len(b.Beyond))
	w.SetContent(p)
	want(t, "sentence", p.says.Text, "将改 3 格，涉及 2 行；1 格不能填，不会写入；4 格没有变化；有 1 行超出表尾，没有地方放。")
	want(t, "refused", p.Refused(), 1)
	want(t, "heads", heads(&shownGrid{Grid: p.grid}), "姓名 出生年月 月报酬")
	want(t, "changed", p.rows[0].Cells, []string{"白音巴图", "1978.03 → 1979.1", "3200 → 3300"})
	want(t, "tinted", p.rows[2].Marks[1], Mark{Refused, "没有13月，请写成1985.12这样的年月。"})
	want(t, "same", p.rows[1].Marks, map[int]Mark{})
	test.Tap(p.only)
	want(t, "only refused", names(&shownGrid{Grid: p.grid}), []string{"李秀英"})
	p.grid.body.focused = true
	p.grid.SelectCell("p3", "born")
	want(t, "its sentence", p.grid.tip.texts[0].Text, "没有13月，请写成1985.12这样的年月。")
	test.Tap(p.only)
	want(t, "all again", len(p.grid.shown), 4)
	want(t, "accepted", p.Accepted(), []Change{{"p1", "born", "1979.1"}, {"p1", "pay", "3300"}, {"p4", "born", ""}})
	b = Block{IDs: []string{"p1"}, Columns: []string{"name"}, Texts: [][]string{{"白音"}}}
	want(t, "not editable", g.Propose(b, nil)[0].Refused, "“姓名”这一栏不能在这里改，请打开记录修改。")
}
