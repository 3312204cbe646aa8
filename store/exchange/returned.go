package exchange

import (
	"context"
	"fmt"
	"slices"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/sheet"
)

// returned merges one table of a book that carries stamps.
func (p *planner) returned(ctx context.Context, ti int, t *sheet.Table, s *shape) error {
	si := slices.IndexFunc(p.stamped.head.Sheets, func(x sentSheet) bool { return x.Form == t.Form.Name })
	lines := map[string][]int{}
	for n := range t.Len() {
		if !p.leftOut(ti, n) {
			lines[t.Code(n)] = append(lines[t.Code(n)], n)
		}
	}
	b := &back{planner: p, s: s, t: t, ti: ti, sheet: si}
	b.blank = b.blankColumns(lines)
	b.known = b.recover(lines)
	b.noteReturned()
	for n := range t.Len() {
		if err := ctx.Err(); err != nil {
			return err
		}
		p.tell(ti, n)
		if p.leftOut(ti, n) {
			continue
		}
		r, code := rowOf(t, ti, n), t.Code(n)
		line := p.stamped.lines[lineKey{si, code}]
		if found := b.known[n]; found != nil {
			if err := b.row(r, found); err != nil {
				return err
			}
			continue
		}
		if code == "" || line == nil {
			if err := b.fresh(r); err != nil {
				return err
			}
			continue
		}
		if same := lines[code]; len(same) > 1 && b.original(same, line) != n {
			if err := b.copied(r, line); err != nil {
				return err
			}
			continue
		}
		if err := b.row(r, line); err != nil {
			return err
		}
	}
	return nil
}

// back is one returned table at work.
type back struct {
	*planner
	s     *shape
	t     *sheet.Table
	ti    int
	sheet int
	known map[int]*sentLine // rows that lost their 行码 and are known all the same
	blank []bool            // columns that came back empty from top to bottom
}

// blankColumns finds the columns that were sent full and came back empty
// throughout: somebody cleared them, or another program lost them. They are not
// edits.
func (b *back) blankColumns(lines map[string][]int) []bool {
	full, kept := make([]int, len(b.t.Form.Columns)), make([]int, len(b.t.Form.Columns))
	for code, rows := range lines {
		line := b.stamped.lines[lineKey{b.sheet, code}]
		if line == nil {
			continue
		}
		row := b.t.Row(rows[0])
		for _, h := range b.s.holders {
			for _, c := range h.columns {
				if _, sent := b.sent(h, c, line, 0); sent {
					full[c.index]++
				}
				if row.Values[c.index].Raw != "" {
					kept[c.index]++
				}
			}
		}
	}
	out := make([]bool, len(full))
	for i := range out {
		out[i] = full[i] > 2 && kept[i] == 0
		if out[i] && !b.t.Has[i] {
			b.doubt(place{true, int16(b.ti), -1, -1}, "", fmt.Sprintf("“%s”这一列发出时有，交回的表里没有；这一列没有合并，台账里的内容不变。", b.heading(i)), "")
		}
		if out[i] && b.t.Has[i] {
			b.doubt(place{true, int16(b.ti), -1, -1}, "", fmt.Sprintf("“%s”整列是空的，发出时有内容；这一列没有合并，台账里的内容不变。", b.heading(i)), "")
		}
	}
	return out
}

func (b *back) heading(i int) string {
	for _, h := range b.s.holders {
		for _, c := range h.columns {
			if c.index == i {
				return b.t.Form.Columns[i].Label(c.field)
			}
		}
	}
	return b.t.Form.Columns[i].Head
}

// record returns the record that a column of a line stood in when it was sent.
func (b *back) record(h *holder, line *sentLine, n int) (recordKey, bool) {
	id := ""
	if h == b.s.root {
		if n < len(line.ids) {
			id = line.ids[n]
		}
	} else {
		id = line.via[h.path]
	}
	return recordKey{h.kind.Name, id}, id != ""
}

// sent returns a cell as it was sent.
func (b *back) sent(h *holder, c column, line *sentLine, n int) (sentCell, bool) {
	key, ok := b.record(h, line, n)
	if !ok {
		return sentCell{}, false
	}
	cell, ok := b.stamped.records[key][c.field.Name]
	return cell, ok
}

// same reports whether a cell came back as it was sent.
func (b *back) same(h *holder, c column, line *sentLine, n int, text string) bool {
	cell, ok := b.sent(h, c, line, n)
	if !ok {
		return text == ""
	}
	return cell.digest == cellDigest(text)
}

// original picks, of rows that carry the same 行码, the one with the fewest
// edited cells; the first of equals.
func (b *back) original(rows []int, line *sentLine) int {
	best, fewest := rows[0], -1
	for _, n := range rows {
		edits, row := 0, b.t.Row(n)
		for _, h := range b.s.holders {
			for _, c := range h.columns {
				if v := &row.Values[c.index]; !c.each && !b.same(h, c, line, 0, v.Text) {
					edits++
				}
			}
		}
		if fewest < 0 || edits < fewest {
			best, fewest = n, edits
		}
	}
	return best
}

// copied is a row whose 行码 another row has with better right. If it speaks of
// somebody else it is a new row, else a person must say what it is.
func (b *back) copied(r *rowAt, line *sentLine) error {
	for _, h := range b.s.holders {
		n := h.number()
		if n == nil {
			continue
		}
		if v := r.value(n.index); v.Text != "" && !b.same(h, *n, line, 0, v.Text) {
			return b.fresh(r)
		}
	}
	b.doubt(r.whole(), "行码", "这一行是复制出来的，行码与另一行相同，没有合并；如是新增的人，请清空行码并填上本人的公民身份号码，如是多余的行请删去。", "")
	b.refuse(r)
	return nil
}

// fresh is a row typed into the book.
func (b *back) fresh(r *rowAt) error {
	if bad := r.row.BadCode; bad != "" {
		b.doubt(r.whole(), "行码", "行码“"+bad+"”有误，无法对应到原来的行，没有合并；请从发出的簿里复制正确的行码，新增的行请把行码清空。", "")
		b.refuse(r)
		return nil
	}
	return b.rosterRow(b.s, r)
}

// row merges one row that names its records.
func (b *back) row(r *rowAt, line *sentLine) error {
	over, err := b.overtyped(r, line)
	if err != nil {
		return err
	}
	if over {
		b.refuse(r)
		return nil
	}
	b.taken(r)
	for _, h := range b.s.holders {
		for _, c := range h.columns {
			if !b.t.Has[c.index] || b.blank[c.index] {
				continue
			}
			if err := b.cell(h, c, r, line); err != nil {
				return err
			}
		}
	}
	return nil
}

// cell merges one cell: as sent with its own stamp, edited with one derived
// from the book.
func (b *back) cell(h *holder, c column, r *rowAt, line *sentLine) error {
	if h == b.s.root && c.each {
		return b.eachCell(h, c, r, line)
	}
	key, ok := b.record(h, line, 0)
	v := r.value(c.index)
	if ok && v.Problem != nil {
		held, spoiled, err := b.spoiled(h, c, key, v)
		if err != nil {
			return err
		}
		if spoiled {
			b.plan.Left = append(b.plan.Left, Left{b.t.Sheet, r.row.Number, v.Raw, "号码被表格软件变成了数字，与发出时一致，按没有改过处理"})
			return b.take(h.kind, key.id, c, held, r)
		}
	}
	if !ok || v.Problem != nil && !v.Problem.Warning {
		return b.untaken(h, c, r, v)
	}
	corrected := numberOf(h.kind) != nil && b.plan.book.corrected[[2]int{r.t, r.n}]
	if h != b.s.root && !corrected && c.field.Name == h.kind.Named && !b.same(h, c, line, 0, v.Text) {
		return b.repoint(h, c, r, line)
	}
	return b.take(h.kind, key.id, c, v.Text, r)
}

// untaken is a cell that cannot be merged: unreadable, or typed where the row
// referred to nothing.
func (b *back) untaken(h *holder, c column, r *rowAt, v *sheet.Value) error {
	switch {
	case v.Problem != nil:
		b.cellDoubt(r, c.index, c.field, v.Problem)
	case v.Text != "" && c.field.Name == h.kind.Named:
		return b.repoint(h, c, r, nil)
	}
	return nil
}

// take puts a returned cell into its record.
func (b *back) take(k *field.Kind, id string, c column, text string, r *rowAt) error {
	d, err := b.draft(k, id)
	if err != nil {
		return err
	}
	cell, sent := b.stamped.records[recordKey{k.Name, id}][c.field.Name]
	if !sent && text == "" {
		return nil
	}
	if sent && cell.digest == cellDigest(text) {
		versions := slices.Clone(cell.versions)
		if c.field.Type != field.Ref {
			versions[0].Value = text
		}
		d.bring(c.field.Name, versions...)
		return nil
	}
	if c.field.Type == field.Ref {
		if text, err = b.refNamed(c, text, r); err != nil || text == unclear {
			return err
		}
	}
	return b.edited(d, id, c.field, text, cell, r.place(c.index))
}

// edited joins a cell changed by hand, of the record sent as id. It knows the version the table showed;
// versions it did not show stay beside it.
func (b *back) edited(d *draft, id string, f *field.Field, value string, cell sentCell, at place) error {
	var seen, rest store.Cell
	for i, v := range cell.versions {
		if i == 0 || cellDigest(v.Value) == cell.digest {
			seen = append(seen, v)
			continue
		}
		rest = append(rest, v)
	}
	i := d.kind.Index(f.Name)
	if first, twice := d.at(i); twice && d.row.Values[i] != value {
		_, raw := b.words(at)
		where, held := b.words(first)
		b.doubt(at, f.Label, fmt.Sprintf("“%s”与%s的“%s”说的是同一项，改得不一样；两个值都已留下，请裁定。", raw, where, held), "")
	}
	d.note(i, at)
	d.row.Values[i] = value
	d.bring(f.Name, append(rest, b.typed(d.kind.Name, id, f.Name, value, seen.Known(), at))...)
	return nil
}

// refNamed turns the name typed into a register's reference column into an id.
func (b *back) refNamed(c column, name string, r *rowAt) (string, error) {
	if name == "" {
		return "", nil
	}
	k := b.kinds.Kind(c.field.Target)
	ids, err := b.named(k, name)
	if err != nil {
		return "", err
	}
	if len(ids) == 1 {
		return ids[0], nil
	}
	why := "台账和本簿里都没有"
	if len(ids) > 1 {
		why = "有不止一个"
	}
	b.doubt(r.place(c.index), c.field.Label, fmt.Sprintf("%s名为“%s”的%s，这一格没有合并；请先在%s表里核对。", why, name, k.Label, k.Label), "")
	return unclear, nil
}

// lineOf is the line a row was sent as, nil if it was not sent.
func (b *back) lineOf(r *rowAt) *sentLine {
	if line := b.known[r.n]; line != nil {
		return line
	}
	return b.stamped.lines[lineKey{b.sheet, r.row.Code}]
}

// repoint changes the reference whose target's name was retyped. The target
// itself is never renamed so.
func (b *back) repoint(h *holder, c column, r *rowAt, line *sentLine) error {
	name := r.value(c.index).Text
	if name == "" || h.parent == nil || line == nil && h.parent != b.s.root {
		return nil
	}
	f := h.parent.kind.Field(h.ref)
	id, err := b.refNamed(column{c.index, f, false}, name, r)
	if err != nil || id == unclear {
		return err
	}
	parent := b.lineOf(r)
	key, ok := b.record(h.parent, parent, 0)
	if !ok {
		return nil
	}
	d, err := b.draft(h.parent.kind, key.id)
	if err != nil {
		return err
	}
	return b.edited(d, key.id, f, id, b.stamped.records[key][f.Name], r.place(c.index))
}
