package grid

import "strings"

// Block is what was pasted, and where to.
type Block struct {
	IDs     []string   // the records it falls on, by line
	Columns []string   // and the columns
	Texts   [][]string // by line, then column, as they stood in the other program
	Beyond  [][]string // lines for which there was no row left
}

// paste places the clipboard's cells at the cursor: down over the rows shown,
// right over the columns shown. A single cell goes to all selected rows, a
// line for each selected row if there are as many. Where the first line is the
// labels of columns, cells go to those, wherever they stand.
func (g *Grid) paste(text string) {
	table := parseTable(text)
	at := g.pick.cursor
	if len(table) == 0 || at < 0 || at >= len(g.shown) {
		return
	}
	if !g.Settle() {
		return
	}
	columns, table := g.target(table)
	b := Block{}
	for _, c := range columns {
		b.Columns = append(b.Columns, g.columns[c].Name)
	}
	rows := g.targetRows(at, len(table))
	if len(table) == 1 && len(table[0]) == 1 && g.pick.count > 1 {
		rows = g.chosenRows()
		for len(table) < len(rows) {
			table = append(table, table[0])
		}
	}
	for i, line := range table {
		line = append(line, make([]string, max(len(columns)-len(line), 0))...)[:len(columns)]
		if i >= len(rows) {
			b.Beyond = append(b.Beyond, line)
			continue
		}
		b.IDs = append(b.IDs, g.row(rows[i]).ID)
		b.Texts = append(b.Texts, line)
	}
	g.OnPaste(b)
}

// target says which columns the cells of a table belong to, and takes a line
// of labels off.
func (g *Grid) target(table [][]string) ([]int, [][]string) {
	if named := g.labelled(table[0]); named != nil && len(table) > 1 {
		return named, table[1:]
	}
	wide := 0
	for _, line := range table {
		wide = max(wide, len(line))
	}
	from := g.place(g.current)
	return g.seen[from:min(from+wide, len(g.seen))], table
}

// labelled returns the columns whose labels a line is, nil if it is not.
func (g *Grid) labelled(line []string) []int {
	var out []int
	for _, label := range line {
		found := -1
		for _, c := range g.seen {
			if g.columns[c].Label == strings.TrimSpace(label) {
				found = c
			}
		}
		if found < 0 {
			return nil
		}
		out = append(out, found)
	}
	return out
}

// targetRows are the places lines go to: the selected rows if there is one for
// each line, else those from the cursor down.
func (g *Grid) targetRows(at, lines int) []int {
	if chosen := g.chosenRows(); lines > 1 && len(chosen) == lines {
		return chosen
	}
	var out []int
	for i := at; i < len(g.shown) && len(out) < lines; i++ {
		out = append(out, i)
	}
	return out
}

func (g *Grid) chosenRows() []int {
	out := make([]int, 0, g.pick.count)
	for at, chosen := range g.pick.chosen {
		if chosen {
			out = append(out, at)
		}
	}
	return out
}

// parseTable reads cells as worksheets put them into the clipboard: separated
// by tabs and line ends; a cell with a tab, a line end or a quotation mark in
// it stands in quotation marks, those within doubled. A quotation mark that
// does not begin a cell is itself, and so is one that is never closed. The end
// of the last line begins no further one.
func parseTable(text string) [][]string {
	text = strings.TrimSuffix(strings.TrimRight(text, "\x00"), "\n")
	text = strings.TrimSuffix(text, "\r")
	if text == "" {
		return nil
	}
	table := [][]string{nil}
	for {
		cell, end, rest := nextCell(text)
		last := len(table) - 1
		table[last] = append(table[last], cell)
		switch end {
		case 0:
			return table
		case '\n':
			table = append(table, nil)
		}
		text = rest
	}
}

// nextCell takes a cell off, with what ended it: a tab, a line end, or 0 for
// the end of the text.
func nextCell(text string) (cell string, end byte, rest string) {
	if strings.HasPrefix(text, `"`) {
		if cell, after, ok := quoted(text); ok {
			end, rest = separator(after)
			return cell, end, rest
		}
	}
	n := strings.IndexAny(text, "\t\r\n")
	if n < 0 {
		return text, 0, ""
	}
	end, rest = separator(text[n:])
	return text[:n], end, rest
}

// quoted reads a cell in quotation marks, and reports whether it is one.
func quoted(text string) (cell, after string, ok bool) {
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		if text[i] != '"' {
			b.WriteByte(text[i])
			continue
		}
		if i+1 < len(text) && text[i+1] == '"' {
			b.WriteByte('"')
			i++
			continue
		}
		after = text[i+1:]
		if after != "" && !strings.ContainsAny(after[:1], "\t\r\n") {
			return "", "", false // "前进"嘎查 is a cell that begins with the mark
		}
		return strings.ReplaceAll(b.String(), "\r\n", "\n"), after, true
	}
	return "", "", false
}

// separator takes what separates cells off the beginning.
func separator(text string) (end byte, rest string) {
	switch {
	case text == "":
		return 0, ""
	case strings.HasPrefix(text, "\r\n"):
		return '\n', text[2:]
	case text[0] == '\r':
		return '\n', text[1:]
	}
	return text[0], text[1:]
}
