package sheet

import (
	"fmt"
	"slices"
)

// coverSheet is the tab of the cover.
const coverSheet = "封面"

// writeCover writes the first sheet of a book: who sends what, for which
// period, how many.
func (w *writer) writeCover() error {
	if w.doc.Cover == nil {
		return nil
	}
	for _, l := range w.doc.Cover {
		if err := checkText("封面", l[0]+l[1]); err != nil {
			return err
		}
	}
	if err := w.addSheet(coverSheet); err != nil {
		return err
	}
	if err := w.setPaper(coverSheet, "portrait"); err != nil {
		return fmt.Errorf("set up cover: %w", err)
	}
	if err := w.f.SetHeaderFooter(coverSheet, w.pageMarks()); err != nil {
		return fmt.Errorf("set up cover: %w", err)
	}
	if err := w.protect(coverSheet); err != nil {
		return fmt.Errorf("set up cover: %w", err)
	}
	r, err := w.stream(coverSheet, 2)
	if err != nil {
		return err
	}
	for i, width := range slices.Backward([]float64{24, 56}) {
		if err := r.stream.SetColWidth(i+1, i+1, width); err != nil {
			return fmt.Errorf("set column: %w", err)
		}
	}
	for _, l := range w.doc.Cover {
		if err := w.writeCoverLine(r, l[0], lineEnds(l[1])); err != nil {
			return err
		}
	}
	if err := r.stream.Flush(); err != nil {
		return fmt.Errorf("finish sheet: %w", err)
	}
	return nil
}

func (w *writer) writeCoverLine(r *rows, label, value string) error {
	if label == "" {
		id, err := w.style(look{part: titlePart, align: center})
		if err != nil {
			return err
		}
		r.put(0, id, value)
		if err := r.merge(span{0, 1}); err != nil {
			return err
		}
		return r.end(float64(linesIn(value, 50))*28 + 20)
	}
	head, err := w.style(look{part: headPart, align: center})
	if err != nil {
		return err
	}
	body, err := w.style(look{part: cellPart, align: left})
	if err != nil {
		return err
	}
	r.put(0, head, label)
	r.put(1, body, value)
	return r.end(float64(linesIn(value, 56))*14 + 14)
}
