package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"touyan/store"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/width"
)

// writer picks the format of a list; --json is short for --format json.
func (c *command) writer(format string) (func(io.Writer, *listing, []*store.Line) error, error) {
	if format == "" && c.json {
		format = "json"
	}
	switch format {
	case "json":
		return writeJSON, nil
	case "csv":
		return writeCSV, nil
	case "", "table":
		return writeTable, nil
	}
	return nil, wrong("没有“%s”这种格式，请写 table、json 或 csv", format)
}

// writeJSON writes an array of flat objects whose keys keep the order of the
// columns.
func writeJSON(w io.Writer, l *listing, lines []*store.Line) error {
	var b bytes.Buffer
	b.WriteByte('[')
	for i, n := range lines {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n  {\"id\": ")
		writeText(&b, n.ID())
		for j, head := range l.heads {
			b.WriteString(", ")
			writeText(&b, head)
			b.WriteString(": ")
			writeText(&b, l.cell(n, j, false))
		}
		b.WriteByte('}')
	}
	b.WriteString("\n]\n")
	_, err := w.Write(b.Bytes())
	return err
}

func writeText(b *bytes.Buffer, s string) {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	e.Encode(s) // a string and a buffer never fail
	b.Truncate(b.Len() - 1)
}

func writeCSV(w io.Writer, l *listing, lines []*store.Line) error {
	out := csv.NewWriter(w)
	heads := []string{"id"}
	for _, h := range l.heads {
		heads = append(heads, guardCSV(h)) // an office may have called a column anything
	}
	if err := out.Write(heads); err != nil {
		return err
	}
	for _, n := range lines {
		record := []string{n.ID()}
		for j := range l.heads {
			record = append(record, guardCSV(l.cell(n, j, false)))
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

var plainNumber = regexp.MustCompile(`^[-+]?\d+(\.\d+)?$`)

// guardCSV keeps a spreadsheet from running a cell as a formula.
func guardCSV(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) && !plainNumber.MatchString(s) {
		return "'" + s
	}
	return s
}

// writeTable writes aligned columns for a terminal. A column without a single
// value is left out, and ids too: nobody reads them.
func writeTable(w io.Writer, l *listing, lines []*store.Line) error {
	var rows [][]string
	rows = append(rows, nil)
	for j, head := range l.heads {
		column := []string{head}
		empty := true
		for _, n := range lines {
			text := l.cell(n, j, true)
			empty = empty && text == ""
			column = append(column, text)
		}
		if empty && len(lines) > 0 {
			continue
		}
		for i, text := range column {
			if i == len(rows) {
				rows = append(rows, nil)
			}
			rows[i] = append(rows[i], text)
		}
	}
	if err := align(w, rows); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "共%d条\n", len(lines))
	return err
}

// align pads cells to columns; a Chinese character takes two places.
func align(w io.Writer, rows [][]string) error {
	var widths []int
	for _, r := range rows {
		for j, text := range r {
			if j == len(widths) {
				widths = append(widths, 0)
			}
			widths[j] = max(widths[j], places(text))
		}
	}
	var b strings.Builder
	for _, r := range rows {
		line := ""
		for j, text := range r {
			line += text + strings.Repeat(" ", widths[j]-places(text)+2)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func places(s string) int {
	n := 0
	for _, r := range s {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianAmbiguous:
			n += 2
		default:
			n++
		}
	}
	return n
}

// matches reports whether a text holds a word; that of a name or place also as
// pinyin, whole or by initials.
func matches(text, word string, name bool) bool {
	text, word = strings.ToLower(text), strings.ToLower(strings.TrimSpace(word))
	if strings.Contains(text, word) {
		return true
	}
	if !name || utf8.RuneCountInString(word) != len(word) {
		return false
	}
	whole, first := "", ""
	for _, syllable := range pinyin.LazyConvert(text, nil) {
		whole += syllable
		first += syllable[:1]
	}
	return strings.Contains(whole, word) || strings.Contains(first, word)
}
