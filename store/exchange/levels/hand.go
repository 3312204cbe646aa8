package levels

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"touyan/store/field"
	"touyan/store/sheet/byhand"
)

// editByHand changes a copy of a book as clerks do.
func (w *world) editByHand() error {
	if len(w.books) == 0 {
		return nil
	}
	from := w.books[w.pick(len(w.books))]
	b := book{path: filepath.Join(w.dir, fmt.Sprint("book", len(w.books), ".xlsx")), from: from.from, to: from.to, hand: map[string]bool{}, doubtful: from.doubtful}
	for v := range from.hand {
		b.hand[v] = true
	}
	if err := copyFile(b.path, from.path); err != nil {
		return err
	}
	w.counts.HandEdits++
	err := byhand.Change(b.path, func(x byhand.Book) error {
		p, err := peopleOf(x, &b)
		if err != nil || p.last == p.heads {
			return err
		}
		return w.handle(p)
	})
	w.books = append(w.books, b)
	return err
}

// people is the sheet of people of a book that lies open.
type people struct {
	byhand.Book
	of    *book
	rows  [][]string
	heads int
	last  int // row of the last person, heads if there is none
}

func peopleOf(x byhand.Book, b *book) (*people, error) {
	rows, err := x.Rows("人员")
	if err != nil {
		return nil, err
	}
	p := &people{Book: x, of: b, rows: rows}
	p.heads = slices.IndexFunc(rows, func(r []string) bool { return slices.Contains(r, "姓名") })
	if p.heads < 0 {
		return nil, fmt.Errorf("%s has no sheet of people", b.path)
	}
	for p.last = p.heads; p.text(p.last+1, p.at("行码")) != ""; {
		p.last++
	}
	return p, nil
}

// at is the column under a head.
func (p *people) at(head string) int {
	return slices.IndexFunc(p.rows[p.heads], func(h string) bool { return strings.HasPrefix(h, head) })
}

func (p *people) text(row, column int) string {
	if row < len(p.rows) && column < len(p.rows[row]) {
		return p.rows[row][column]
	}
	return ""
}

// set types a text over a cell. What stood there is no longer in the book.
func (p *people) set(row, column int, text string) error {
	delete(p.of.hand, p.text(row, column))
	for row >= len(p.rows) {
		p.rows = append(p.rows, nil)
	}
	for column >= len(p.rows[row]) {
		p.rows[row] = append(p.rows[row], "")
	}
	p.rows[row][column] = text
	return p.Set("人员", row, column, text)
}

// write types a row anew.
func (p *people) write(row int, texts []string) error {
	for c := range p.rows[p.heads] {
		text := ""
		if c < len(texts) {
			text = texts[c]
		}
		if err := p.set(row, c, text); err != nil {
			return err
		}
	}
	return nil
}

// doubt is of a row that a merge asks about and leaves in the book: what was
// typed there need not come in, nor what is typed into such a book later.
func (p *people) doubt(row int) {
	p.of.doubtful = true
	for _, text := range p.rows[row] {
		delete(p.of.hand, text)
	}
}

// handle types over a cell, and does something else to the sheet.
func (w *world) handle(p *people) error {
	n := p.last - p.heads
	row, other := p.heads+1+w.pick(n), p.heads+1+w.pick(n)
	head := []string{"联系电话", "备注", "特长"}[w.pick(3)]
	value := w.value(map[string]string{"联系电话": "phone"}[head])
	if err := p.set(row, p.at(head), value); err != nil {
		return err
	}
	if !p.of.doubtful {
		p.of.hand[value] = true
	}
	switch w.pick(8) {
	case 0: // a row without its 行码
		return p.set(row, p.at("行码"), "")
	case 1: // two rows changed places
		return p.swap(row, other)
	case 2: // a row is gone
		if other != row {
			return p.write(other, nil)
		}
	case 3: // a cell is cleared
		return p.set(other, p.at("备注"), "")
	case 4: // a row copied with its 行码
		if err := p.write(p.last+1, p.rows[other]); err != nil {
			return err
		}
		p.doubt(other)
		return p.set(p.last+1, p.at("备注"), "复制来的行")
	case 5: // another person typed over one
		p.doubt(other)
		return w.stranger(p, other, "")
	case 6: // somebody new
		text := w.value("")
		if err := w.stranger(p, p.last+1, text); err != nil {
			return err
		}
		p.of.hand[text] = true
	}
	return nil
}

// stranger types somebody no ledger knows into a row.
func (w *world) stranger(p *people, row int, note string) error {
	n := w.counts.HandEdits
	cells := map[string]string{"姓名": fmt.Sprintf("来人%c%c", '甲'+rune(n), '山'), "公民身份号码": field.CompleteID(fmt.Sprintf("15049919900601%03d", n)), "备注": note}
	for head, text := range cells {
		if text == "" {
			continue
		}
		if err := p.set(row, p.at(head), text); err != nil {
			return err
		}
	}
	return nil
}

// swap lets two rows change places.
func (p *people) swap(a, b int) error {
	of := maps.Clone(p.of.hand)
	one, two := slices.Clone(p.rows[a]), slices.Clone(p.rows[b])
	if err := p.write(a, two); err != nil {
		return err
	}
	err := p.write(b, one)
	p.of.hand = of // both are still there
	return err
}
