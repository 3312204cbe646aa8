package sheet

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// The fonts of office papers. A machine without them shows its own.
const (
	titleFont = "方正小标宋简体"
	headFont  = "黑体"
	bodyFont  = "宋体"
)

type align int

const (
	left align = iota
	center
	right
)

// part is the place of a cell in the look of a printed table.
type part int

const (
	titlePart part = iota
	linePart       // 填报单位 and what stands below the table
	headPart
	cellPart
	barePart  // like a cell, without a rule: what is typed below the table
	codePart  // 行码
	wrongPart // a cell that has to be mended

	boxLabelPart // of a page of boxes: what the form says
	boxPart      // what is filled in
	boxFootPart  // the same, at the foot of its box
	boxLinePart  // outside the rules
)

// look is all that tells the style of one cell from another's.
type look struct {
	part   part
	align  align
	number bool
}

// style gives the number of a look in the book.
func (w *writer) style(k look) (int, error) {
	if id, ok := w.styles[k]; ok {
		return id, nil
	}
	side := map[align]string{left: "left", center: "center", right: "right"}[k.align]
	s := &excelize.Style{
		Font:       &excelize.Font{Family: bodyFont, Size: 10},
		Alignment:  &excelize.Alignment{Horizontal: side, Vertical: "center", WrapText: true},
		Protection: &excelize.Protection{Locked: false},
		NumFmt:     49,
	}
	if k.number {
		s.NumFmt = 0
	}
	switch k.part {
	case titlePart:
		s.Font = &excelize.Font{Family: titleFont, Size: 20, Bold: true}
		s.Protection.Locked = true
	case linePart:
		s.Font.Size = 11
		s.Alignment.WrapText = false
	case headPart:
		s.Font = &excelize.Font{Family: headFont, Size: 10, Bold: true}
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2F2F2"}}
		s.Protection.Locked = true
	case codePart:
		s.Font = &excelize.Font{Family: "Consolas", Size: 8, Color: "8C8C8C"}
		s.Alignment.WrapText = false
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2F2F2"}}
	case wrongPart:
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFE699"}}
	case boxLabelPart:
		s.Font = &excelize.Font{Family: headFont, Size: 11}
	case boxPart, boxLinePart:
		s.Font.Size = 11
	case boxFootPart:
		s.Font.Size = 11
		s.Alignment.Vertical = "bottom"
	}
	if k.part != titlePart && k.part != linePart && k.part != barePart && k.part != boxLinePart {
		for _, edge := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: edge, Color: "000000", Style: 1})
		}
	}
	id, err := w.f.NewStyle(s)
	if err != nil {
		return 0, fmt.Errorf("make style: %w", err)
	}
	w.styles[k] = id
	return id, nil
}
