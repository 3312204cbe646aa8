package page

import (
	"touyan/store"
	"touyan/store/field"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// pair is a label and what stands there.
type pair struct{ label, value string }

// detail is all of a record, in the order of its fields but for what people
// call it by, which comes first.
func detail(tx *store.Tx, kind *field.Kind, id string, wall bool) ([]pair, error) {
	row, ok, err := tx.Row(kind.Name, id)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, store.ErrNoRecord
	}
	names := nameBook{tx: tx, known: map[string]string{}, wall: wall}
	var out []pair
	for _, i := range columnFields(kind) {
		f := &kind.Fields[i]
		out = append(out, pair{f.Label, names.show(f, row.Values[i])})
	}
	return out, nil
}

// pairsTable stands pairs in two columns and scrolls if they are many.
func pairsTable(pairs []pair) fyne.CanvasObject {
	look := theme.Current()
	l := &pairsLayout{label: look.Text * 12.5, gap: look.Margin, row: look.Row, inset: look.Gap}
	table := container.New(l)
	for _, p := range pairs {
		label := widget.NewLabel(p.label)
		label.Importance = widget.LowImportance
		label.Wrapping = fyne.TextWrapWord
		value := widget.NewLabel(p.value)
		if p.value == "" {
			value.SetText(sayNothing)
			value.Importance = widget.LowImportance
		}
		value.Wrapping = fyne.TextWrapWord
		table.Add(label)
		table.Add(value)
	}
	width := look.WideDialog
	table.Resize(fyne.NewSize(width, 0))
	height := l.arrange(table.Objects, width, false)
	scroll := container.NewVScroll(least(table, fyne.NewSize(width, height)))
	scroll.SetMinSize(fyne.NewSize(width, min(height, look.Tall)))
	return scroll
}

// pairsLayout is two columns of labels and values. A row is as high as the
// longest text in it.
type pairsLayout struct {
	label, gap, row float32
	inset           float32 // of the text in a label, taken back at the left edge
}

func (l *pairsLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l *pairsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.arrange(objects, size.Width, true)
}

// arrange returns the height all pairs need at a width, and puts them in their
// places if told to.
func (l *pairsLayout) arrange(objects []fyne.CanvasObject, width float32, place bool) float32 {
	value := (width-l.gap)/2 - l.label
	var y float32
	for i := 0; i < len(objects); i += 4 {
		row := objects[i:min(i+4, len(objects))]
		height := l.row
		for n, o := range row {
			w := l.label
			if n%2 == 1 {
				w = value
			}
			o.Resize(fyne.NewSize(w, height))
			height = max(height, o.MinSize().Height)
		}
		for n, o := range row {
			if !place {
				break
			}
			o.Resize(fyne.NewSize(o.Size().Width, height))
			o.Move(fyne.NewPos(float32(n/2)*(l.label+value+l.gap)+float32(n%2)*l.label-l.inset, y))
		}
		y += height
	}
	return y
}
