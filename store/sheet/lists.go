package sheet

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"touyan/store/field"
)

// listSheet is the hidden sheet of the drop-lists too long to stand inline.
const listSheet = "_字典"

// inlineLimit is the most UTF-16 units an inline drop-list can have.
const inlineLimit = 255

// offerLists gives the columns with code lists a drop-list, also on the rows
// below the table. What is not in the list is warned of, not refused: Read
// understands the other words people use. A column that holds several values
// in one cell, or whose cells name several, only offers.
func (w *writer) offerLists(p *page) error {
	for i := range p.columns {
		c := &p.columns[i]
		if c.last == nil || c.last.Type != field.Code {
			continue
		}
		dv := excelize.NewDataValidation(true)
		dv.SetSqref(cellName(i, p.firstRow()) + ":" + cellName(i, p.lastRow()))
		dv.SetSqref(cellName(i, p.lastRow()+3) + ":" + cellName(i, p.lastRow()+2+openRows))
		if err := w.offer(dv, c.last.Codes.Words()); err != nil {
			return err
		}
		if !c.each && c.last.Split == nil {
			dv.SetError(excelize.DataValidationErrorStyleWarning, c.head, "这里填的不在下拉内容里，请尽量从中选择。")
		}
		if err := w.f.AddDataValidation(p.name, dv); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) offer(dv *excelize.DataValidation, words []string) error {
	inline := strings.Join(words, ",")
	if len(utf16.Encode([]rune(inline))) <= inlineLimit && strings.Count(inline, ",") == len(words)-1 {
		return dv.SetDropList(words)
	}
	ref, ok := w.lists[inline]
	if !ok {
		w.listed = append(w.listed, words)
		col, err := excelize.ColumnNumberToName(len(w.listed))
		if err != nil {
			return err
		}
		ref = fmt.Sprintf("%s!$%s$1:$%s$%d", listSheet, col, col, len(words))
		w.lists[inline] = ref
	}
	dv.SetSqrefDropList(ref)
	return nil
}

// writeLists writes the hidden sheet the long drop-lists point to.
func (w *writer) writeLists() error {
	if len(w.listed) == 0 {
		return nil
	}
	if err := w.addSheet(listSheet); err != nil {
		return err
	}
	if err := w.f.SetSheetVisible(listSheet, false); err != nil {
		return fmt.Errorf("hide sheet: %w", err)
	}
	r, err := w.stream(listSheet, len(w.listed))
	if err != nil {
		return err
	}
	most := 0
	for _, words := range w.listed {
		most = max(most, len(words))
	}
	for n := range most {
		for i, words := range w.listed {
			if n < len(words) {
				r.put(i, 0, words[n])
			}
		}
		if err := r.end(0); err != nil {
			return err
		}
	}
	if err := r.stream.Flush(); err != nil {
		return fmt.Errorf("finish sheet: %w", err)
	}
	return nil
}
