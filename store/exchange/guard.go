package exchange

import (
	"fmt"
	"slices"
	"strings"

	"touyan/store/sheet"
)

// A returned book of which much is gone, or whose 行码 are mostly no good, was
// handled in a way nobody foresaw: it is never applied without a person who
// looked at it. Both bounds are the usual ones of 默认值; below fewestRows a row
// or two make no share.
const (
	mostMissing = 10 // percent of the rows that were sent
	leastValid  = 60 // percent of the 行码 that stand in the book
	fewestRows  = 3  // that are missing, or wrong
)

// guard judges one returned table by what became of the rows that were sent.
func (b *back) guard(lines map[string][]int) {
	sent, gone := 0, []string(nil)
	found := map[*sentLine]bool{}
	for _, line := range b.known {
		found[line] = true
	}
	for _, key := range sortedLines(b.stamped.lines) {
		line := b.stamped.lines[key]
		if key.sheet != b.sheet {
			continue
		}
		sent++
		if len(lines[key.code]) == 0 && !found[line] {
			gone = append(gone, b.nameOf(line))
		}
	}
	b.plan.Missing = append(b.plan.Missing, gone...)
	if len(gone) >= fewestRows && len(gone)*100 > sent*mostMissing {
		b.plan.guards = append(b.plan.guards, fmt.Sprintf("“%s”发出%d行，交回的簿里缺了%d行：没有交回的不会删除，但请先确认对方没有误删或只交了一部分", b.t.Sheet, sent, len(gone)))
	}
	valid, stand := b.codes()
	if stand-valid >= fewestRows && valid*100 < stand*leastValid {
		b.plan.guards = append(b.plan.guards, fmt.Sprintf("“%s”的%d个行码里只有%d个对得上发出时的行，这一列可能被改动或错位，请先打开簿核对", b.t.Sheet, stand, valid))
	}
}

// codes counts the 行码 that stand in the table, and those that name a row that
// was sent.
func (b *back) codes() (valid, stand int) {
	for n := range b.t.Len() {
		row := b.t.Row(n)
		if row.Code == "" && row.BadCode == "" {
			continue
		}
		stand++
		if b.stamped.lines[lineKey{b.sheet, row.Code}] != nil {
			valid++
		}
	}
	return valid, stand
}

// nameOf is what people call the record a line was sent for.
func (b *back) nameOf(line *sentLine) string {
	id := ""
	if len(line.ids) > 0 {
		id = line.ids[0]
	}
	row, ok, err := b.tx.Row(b.s.root.kind.Name, id)
	if err != nil || !ok {
		return b.s.root.kind.Label + "（台账里没有）"
	}
	return b.describe(b.s.root.kind, row) + "（" + b.t.Sheet + "）"
}

// recover finds the lines of rows that lost their 行码: by the ID number as it
// was sent, else by all cells together that tell one record from another. Only
// what is single among the rows and among the lines nobody else names is taken
// for found; the rest is read as typed anew.
func (b *back) recover(lines map[string][]int) map[int]*sentLine {
	var lost []int
	for n := range b.t.Len() {
		code := b.t.Code(n)
		if !b.leftOut(b.ti, n) && (code == "" || b.stamped.lines[lineKey{b.sheet, code}] == nil) {
			lost = append(lost, n)
		}
	}
	out := map[int]*sentLine{}
	if len(lost) == 0 {
		return out
	}
	var free []*sentLine
	for _, key := range sortedLines(b.stamped.lines) {
		if key.sheet == b.sheet && len(lines[key.code]) == 0 {
			free = append(free, b.stamped.lines[key])
		}
	}
	for _, keys := range [][]keyColumn{b.numberColumns(), b.matchColumns()} {
		if len(keys) > 0 {
			lost, free = b.pair(keys, lost, free, out)
		}
	}
	return out
}

// keyColumn is a column that tells rows apart.
type keyColumn struct {
	h *holder
	c column
}

func (b *back) numberColumns() (out []keyColumn) {
	for _, h := range b.s.holders {
		if n := h.number(); n != nil && b.t.Has[n.index] {
			out = append(out, keyColumn{h, *n})
		}
	}
	return out
}

func (b *back) matchColumns() (out []keyColumn) {
	for _, h := range b.s.holders {
		for _, c := range h.columns {
			if b.t.Has[c.index] && !c.each && (c.field.Match || c.field.Name == h.kind.Named) {
				out = append(out, keyColumn{h, c})
			}
		}
	}
	return out
}

// pair finds the rows and lines that agree in all key columns, and returns what
// is left of both.
func (b *back) pair(keys []keyColumn, rows []int, free []*sentLine, out map[int]*sentLine) ([]int, []*sentLine) {
	byKey := map[string][]*sentLine{}
	for _, line := range free {
		if k, ok := b.sentKey(keys, line); ok {
			byKey[k] = append(byKey[k], line)
		}
	}
	claims := map[string][]int{}
	for _, n := range rows {
		if k, ok := rowKey(keys, b.t.Row(n)); ok {
			claims[k] = append(claims[k], n)
		}
	}
	taken := map[*sentLine]bool{}
	for k, ns := range claims {
		if len(ns) == 1 && len(byKey[k]) == 1 {
			out[ns[0]], taken[byKey[k][0]] = byKey[k][0], true
		}
	}
	rows = slices.DeleteFunc(slices.Clone(rows), func(n int) bool { return out[n] != nil })
	return rows, slices.DeleteFunc(slices.Clone(free), func(l *sentLine) bool { return taken[l] })
}

// sentKey is the key of a line as it was sent; ok is false if it says nothing.
func (b *back) sentKey(keys []keyColumn, line *sentLine) (string, bool) {
	var key strings.Builder
	some := false
	for _, k := range keys {
		cell, sent := b.sent(k.h, k.c, line, 0)
		some = some || sent && cell.digest != cellDigest("")
		if !sent {
			cell.digest = cellDigest("")
		}
		key.Write(cell.digest[:])
	}
	return key.String(), some
}

// rowKey is the key of a row as it came back.
func rowKey(keys []keyColumn, row *sheet.Row) (string, bool) {
	var key strings.Builder
	some := false
	for _, k := range keys {
		text := row.Values[k.c.index].Text
		some = some || text != ""
		d := cellDigest(text)
		key.Write(d[:])
	}
	return key.String(), some
}
