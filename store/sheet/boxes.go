package sheet

import (
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"
)

// Boxes is a page of boxes that are no table, as a 备案表 is: some reach over
// several columns or rows, one may hold a photo. It is for paper alone; nothing
// reads it in again.
type Boxes struct {
	Name    string // of the tab; "" takes the title
	Title   string
	Wide    bool      // A4 on its side
	Columns []float64 // widths, in characters of half width; a page has room for some 92, on its side 138
	Heads   int       // rows at the top that every page repeats
	Rows    []BoxRow
}

// BoxRow is one row of boxes. They take the columns that no box from above
// reaches into, from the left.
type BoxRow struct {
	Height float64 // points, at least; the texts may need more
	Break  bool    // begins a new page
	Boxes  []Box
}

// Box is one of them.
type Box struct {
	Text       string
	Over, Down int // columns and rows it reaches over; 0: one
	As         BoxLook
	Picture    []byte // a JPEG or PNG file, drawn as large as the box has room for
	Count      bool   // the text is a number, and stands as one
}

// BoxLook is how a box looks.
type BoxLook int

// The looks.
const (
	LabelBox   BoxLook = iota // what the form says, ruled
	ShortBox                  // a short answer, in the middle, ruled
	ProseBox                  // a long one, from the left, ruled
	OpinionBox                // room for words, a seal and a day: from below right, ruled
	LineBox                   // a line of its own, from the left, without a rule
	AsideBox                  // the same from the right
)

// boxParts are the looks by what they are in a book.
var boxParts = map[BoxLook]look{
	LabelBox: {part: boxLabelPart, align: center}, ShortBox: {part: boxPart, align: center}, ProseBox: {part: boxPart, align: left},
	OpinionBox: {part: boxFootPart, align: right}, LineBox: {part: boxLinePart, align: left}, AsideBox: {part: boxLinePart, align: right},
}

// placedBox is a box and the cell it begins in, 0-based.
type placedBox struct {
	*Box
	row, col, over, down int
}

// place lays the boxes out. A page whose boxes do not fill its columns, or reach
// beyond them, is the program's mistake.
func (b *Boxes) place() ([]placedBox, error) {
	taken := make([][]bool, len(b.Rows))
	for i := range taken {
		taken[i] = make([]bool, len(b.Columns))
	}
	var out []placedBox
	for i := range b.Rows {
		for j := range b.Rows[i].Boxes {
			box := &b.Rows[i].Boxes[j]
			p := placedBox{box, i, slices.Index(taken[i], false), max(box.Over, 1), max(box.Down, 1)}
			if p.col < 0 || p.col+p.over > len(b.Columns) || i+p.down > len(b.Rows) {
				return nil, fmt.Errorf("%s: box %d of row %d has no room", b.Title, j+1, i+1)
			}
			for r := i; r < i+p.down; r++ {
				for c := p.col; c < p.col+p.over; c++ {
					if taken[r][c] {
						return nil, fmt.Errorf("%s: box %d of row %d lies upon another", b.Title, j+1, i+1)
					}
					taken[r][c] = true
				}
			}
			out = append(out, p)
		}
		if slices.Contains(taken[i], false) {
			return nil, fmt.Errorf("%s: row %d is not filled", b.Title, i+1)
		}
	}
	return out, nil
}

// boxLine is the height of a line of text in a box, in points, and what a row
// needs around its lines.
const (
	boxLine = 15.5
	boxAir  = 9
)

// heights are those of the rows, in points: what the texts need, and at least
// what is asked. What a box over several rows needs beyond them the last one gives.
func (b *Boxes) heights(boxes []placedBox) []float64 {
	out := make([]float64, len(b.Rows))
	for i := range b.Rows {
		out[i] = max(b.Rows[i].Height, boxLine+boxAir)
	}
	need := func(p *placedBox) float64 { return float64(linesIn(p.Text, b.width(p)))*boxLine + boxAir }
	for i := range boxes {
		if p := &boxes[i]; p.down == 1 {
			out[p.row] = max(out[p.row], need(p))
		}
	}
	for i := range boxes {
		p := &boxes[i]
		sum := 0.0
		for r := p.row; r < p.row+p.down; r++ {
			sum += out[r]
		}
		if last := p.row + p.down - 1; sum < need(p) {
			out[last] += need(p) - sum
		}
	}
	for i, h := range out {
		out[i] = min(h, excelize.MaxRowHeight)
	}
	return out
}

// width is how wide a box is, in characters of half width.
func (b *Boxes) width(p *placedBox) (sum float64) {
	for _, w := range b.Columns[p.col : p.col+p.over] {
		sum += w
	}
	return sum
}

// writeBoxes writes one page of boxes.
func (w *writer) writeBoxes(b *Boxes, name string) error {
	boxes, err := b.place()
	if err != nil {
		return err
	}
	if err := w.setUpBoxes(b, name); err != nil {
		return fmt.Errorf("set up page: %w", err)
	}
	if err := w.titleOf(b, name); err != nil {
		return err
	}
	for i, h := range b.heights(boxes) {
		if err := w.f.SetRowHeight(name, i+2, h); err != nil {
			return fmt.Errorf("set row: %w", err)
		}
		if b.Rows[i].Break {
			if err := w.f.InsertPageBreak(name, cellName(0, i+2)); err != nil {
				return fmt.Errorf("break page: %w", err)
			}
		}
	}
	for i := range boxes {
		if err := w.box(name, &boxes[i]); err != nil {
			return err
		}
		w.step()
	}
	return nil
}

// titleOf writes the first row.
func (w *writer) titleOf(b *Boxes, name string) error {
	title := Box{Text: b.Title}
	if w.doc.Sample {
		title.Text += "（" + sampleMark + "）"
	}
	if err := w.f.SetRowHeight(name, 1, 40); err != nil {
		return fmt.Errorf("set row: %w", err)
	}
	return w.put(name, &placedBox{&title, -1, 0, len(b.Columns), 1}, look{part: titlePart, align: center})
}

func (w *writer) setUpBoxes(b *Boxes, name string) error {
	orientation := "portrait"
	if b.Wide {
		orientation = "landscape"
	}
	if err := w.setPaper(name, orientation); err != nil {
		return err
	}
	if err := w.f.SetHeaderFooter(name, w.pageMarks()); err != nil {
		return err
	}
	if b.Heads > 0 {
		at := &excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: name, RefersTo: fmt.Sprintf("'%s'!$2:$%d", name, b.Heads+1)}
		if err := w.f.SetDefinedName(at); err != nil {
			return err
		}
	}
	for i, width := range b.Columns {
		if err := w.f.SetColWidth(name, columnLetters(i), columnLetters(i), width); err != nil {
			return err
		}
	}
	return nil
}

// box writes a box, with its photo if it has one.
func (w *writer) box(name string, p *placedBox) error {
	if err := w.put(name, p, boxParts[p.As]); err != nil || p.Picture == nil {
		return err
	}
	ending := ".jpg"
	if len(p.Picture) > 0 && p.Picture[0] == 0x89 { // the first byte of every PNG
		ending = ".png"
	}
	at := cellName(p.col, p.row+2)
	if err := w.f.AddPictureFromBytes(name, at, &excelize.Picture{Extension: ending, File: p.Picture,
		Format: &excelize.GraphicOptions{AutoFit: true, LockAspectRatio: true, OffsetX: 2, OffsetY: 2}}); err != nil {
		return fmt.Errorf("add photo: %w", err)
	}
	return nil
}

// put writes the cells a box covers.
func (w *writer) put(name string, p *placedBox, as look) error {
	as.number = p.Count
	style, err := w.style(as)
	if err != nil {
		return err
	}
	first, last := cellName(p.col, p.row+2), cellName(p.col+p.over-1, p.row+p.down+1) // the title stands above
	if first != last {
		if err := w.f.MergeCell(name, first, last); err != nil {
			return fmt.Errorf("merge cells: %w", err)
		}
	}
	if err := w.f.SetCellStyle(name, first, last, style); err != nil {
		return fmt.Errorf("set style: %w", err)
	}
	text := lineEnds(p.Text)
	if err := checkText(name, text); err != nil || text == "" {
		return err
	}
	digest := w.digests[len(w.digests)-1]
	if n, shown, ok := exact(text); ok && p.Count {
		digest.add(p.row+1, p.col, true, shown)
		return w.f.SetCellFloat(name, first, n, -1, 64)
	}
	digest.add(p.row+1, p.col, false, text)
	return w.f.SetCellStr(name, first, text)
}
