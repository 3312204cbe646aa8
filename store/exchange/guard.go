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

// returns is what came back of one sheet that was sent, in however many tables:
// a sheet may have been copied, or parted in two.
type returns struct {
	seen         map[*sentLine]bool // rows that are there, left out by a person or not
	valid, stand int                // 行码
	tables       []string           // names of the sheets
}

// noteReturned notes which rows of a table that was sent are there.
func (b *back) noteReturned() {
	if b.planner.cameBack == nil {
		b.planner.cameBack = map[int]*returns{}
	}
	r := b.planner.cameBack[b.sheet]
	if r == nil {
		r = &returns{seen: map[*sentLine]bool{}}
		b.planner.cameBack[b.sheet] = r
	}
	r.tables = append(r.tables, b.t.Sheet)
	for n := range b.t.Len() {
		if line := b.stamped.lines[lineKey{b.sheet, b.t.Code(n)}]; line != nil {
			r.seen[line] = true
		} else if line := b.known[n]; line != nil {
			r.seen[line] = true
		}
	}
	valid, stand := b.codes()
	r.valid, r.stand = r.valid+valid, r.stand+stand
}

// guard judges what came back of each sheet that was sent. A book of which a
// person chose one sheet is not judged by the others.
func (p *planner) guard() error {
	if p.stamped == nil || p.plan.adopted || p.plan.book.options.Sheet != "" {
		return nil
	}
	for si, sent := range p.stamped.head.Sheets {
		r := p.cameBack[si]
		if r == nil {
			r = &returns{}
		}
		all := 0
		var gone []string
		for _, key := range sortedLines(p.stamped.lines) {
			if line := p.stamped.lines[key]; key.sheet == si {
				if all++; !r.seen[line] {
					name, err := p.nameOf(sent, line)
					if err != nil {
						return err
					}
					gone = append(gone, name)
				}
			}
		}
		p.plan.Missing = append(p.plan.Missing, gone...)
		p.judgeReturned(sent.Name, r, all, len(gone))
	}
	return nil
}

// judgeReturned says what is too odd about a sheet to be merged by itself.
func (p *planner) judgeReturned(name string, r *returns, sent, gone int) {
	hold := func(format string, args ...any) {
		p.plan.guards = append(p.plan.guards, fmt.Sprintf(format, args...))
	}
	switch {
	case gone < fewestRows || gone*100 <= sent*mostMissing:
	case len(r.tables) == 0:
		hold("发出时有“%s”表（%d行），交回的簿里没有这张表：没有交回的不会删除，但请先确认对方没有误删", name, sent)
	default:
		hold("“%s”发出%d行，交回的簿里缺了%d行：没有交回的不会删除，但请先确认对方没有误删或只交了一部分", name, sent, gone)
	}
	if r.stand-r.valid >= fewestRows && r.valid*100 < r.stand*leastValid {
		hold("“%s”的%d个行码里只有%d个对得上发出时的行，这一列可能被改动或错位，请先打开簿核对", name, r.stand, r.valid)
	}
}

// nameOf is what people call the record a line of a sheet was sent for.
func (p *planner) nameOf(sent sentSheet, line *sentLine) (string, error) {
	f := FormNamed(p.kinds, sent.Form)
	if f == nil || len(line.ids) == 0 {
		return "（" + sent.Name + "）", nil
	}
	k := p.kinds.Kind(f.Kind)
	row, ok, err := p.tx.Row(k.Name, line.ids[0])
	if err != nil || !ok {
		return k.Label + "（台账里没有）", err
	}
	return p.describe(k, row) + "（" + sent.Name + "）", nil
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
