package grid

import (
	"html"
	"regexp"
	"strings"

	"touyan/ui/screen"

	"fyne.io/fyne/v2"
)

// Copy returns the selected rows as a worksheet takes them from the clipboard:
// a line for each row, on request one of heads before, cells separated by
// tabs, lines ended as Windows ends them. Columns are those shown, in their
// order. Cells are as shown, so what is masked stays masked.
func (g *Grid) Copy(heads bool) string { return plainTable(g.chosenTable(heads), false) }

// copyTo puts the selected rows into the clipboard.
//
// A worksheet that is given an ID number as text makes a number of it, and a
// number ends after fifteen digits: 150426197803121234 becomes
// 150426197803121000, without a word. Of what is tried against that, an
// apostrophe arrives as a character, an invisible one arrives unseen and is
// then no longer the same number to any other program, and ="…" arrives as a
// formula, which WPS does not take everywhere and no form on a web page takes
// at all. What worksheets do take is a table in HTML whose cells say that they
// are text; Excel and WPS both prefer it where it is offered beside the text,
// and the text beside it stays clean for everything else. Where it cannot be
// offered, long numbers go in groups of digits: not a number to any worksheet,
// so that every digit arrives, plain to see and easily mended.
func (g *Grid) copyTo(clipboard fyne.Clipboard, heads bool) {
	table := g.chosenTable(heads)
	if len(table) == 0 {
		return
	}
	clipboard.SetContent(plainTable(table, false))
	if !putHTML(htmlTable(table)) && len(table[0]) > 1 {
		clipboard.SetContent(plainTable(table, true))
	}
	screen.TellCopied(g, clipboard)
}

// copyCell puts the cell at the cursor into the clipboard, where cells are
// changed in place and one row is selected: that is what the ring is around. It
// reports whether it did.
func (g *Grid) copyCell(clipboard fyne.Clipboard) bool {
	at := g.pick.cursor
	if g.OnEdit == nil || g.pick.count != 1 || !g.pick.has(at) {
		return false
	}
	clipboard.SetContent(oneLine(g.row(at).cell(g.current)))
	screen.TellCopied(g, clipboard)
	return true
}

// chosenTable is the selected rows as a table of texts.
func (g *Grid) chosenTable(heads bool) [][]string {
	if g.pick.count == 0 {
		return nil
	}
	var table [][]string
	line := func(text func(column int) string) {
		cells := make([]string, len(g.seen))
		for i, column := range g.seen {
			cells[i] = oneLine(text(column))
		}
		table = append(table, cells)
	}
	if heads {
		line(func(column int) string { return g.columns[column].Label })
	}
	for at, chosen := range g.pick.chosen {
		if chosen {
			line(g.row(at).cell)
		}
	}
	return table
}

func plainTable(table [][]string, grouped bool) string {
	var b strings.Builder
	for _, line := range table {
		for i, cell := range line {
			if i > 0 {
				b.WriteByte('\t')
			}
			if grouped {
				cell = groupDigits(cell)
			}
			b.WriteString(cell)
		}
		b.WriteString("\r\n")
	}
	return b.String()
}

var (
	longNumber = regexp.MustCompile(`^\d{16,}$`)        // more than a worksheet keeps of a number
	notANumber = regexp.MustCompile(`^(\d{12,}|0\d+)$`) // and what it shows as 1.5E+11, or without its zeros
)

// groupDigits sets an ID number apart as 150426 19780312 1234, another long
// number by fours. Spaces within a number are read over when it comes back.
func groupDigits(text string) string {
	switch {
	case !longNumber.MatchString(text):
		return text
	case len(text) == 18:
		return text[:6] + " " + text[6:14] + " " + text[14:]
	}
	var b strings.Builder
	for i, c := range text {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// htmlTable writes a table whose long numbers are text. Other cells are left to
// the worksheet, which makes numbers and dates of them as of typed ones.
func htmlTable(table [][]string) string {
	var b strings.Builder
	b.WriteString("<table>")
	for _, line := range table {
		b.WriteString("<tr>")
		for _, cell := range line {
			b.WriteString("<td")
			if notANumber.MatchString(cell) {
				b.WriteString(` style='mso-number-format:"\@"'`)
			}
			b.WriteString(">" + html.EscapeString(cell) + "</td>")
		}
		b.WriteString("</tr>\r\n")
	}
	b.WriteString("</table>")
	return b.String()
}
