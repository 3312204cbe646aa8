package grid

import (
	"touyan/ui/button"
	"touyan/ui/screen"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// drop shows content as a panel below a point of an object, as far as the
// window reaches.
func drop(content fyne.CanvasObject, under fyne.CanvasObject, at fyne.Position) *widget.PopUp {
	window := screen.Of(under)
	if window == nil {
		return nil
	}
	gap := theme.Current().Gap
	padded := container.New(layout.NewCustomPaddedLayout(gap, gap, gap, gap), content)
	p := widget.NewPopUp(padded, window)
	pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(under).Add(at)
	stay(p, pos)
	return p
}

// stay shows a panel at a place, or as near as the window has room for it.
func stay(p *widget.PopUp, pos fyne.Position) {
	window, size := p.Canvas.Size(), p.MinSize()
	pos.X = max(min(pos.X, window.Width-size.Width), 0)
	pos.Y = max(min(pos.Y, window.Height-size.Height), 0)
	p.ShowAtPosition(pos)
	p.Resize(size)
}

// note is a text of a panel; strong ones are heads.
func note(text string, strong bool) *canvas.Text {
	look := theme.Current()
	t := canvas.NewText(text, look.Ink2)
	t.TextSize = look.Text
	if strong {
		t.Color, t.TextStyle.Bold = look.Ink, true
	}
	return t
}

// sized gives an object a size of its own.
func sized(o fyne.CanvasObject, width, height float32) fyne.CanvasObject {
	return container.New(layout.NewGridWrapLayout(fyne.NewSize(width, height)), o)
}

// row puts objects side by side, the last at the right edge.
func row(last fyne.CanvasObject, objects ...fyne.CanvasObject) *fyne.Container {
	return container.NewBorder(nil, nil, container.NewHBox(objects...), last)
}

// askName asks for a name below an object. take returns what is wrong with it,
// or uses it.
func askName(under fyne.CanvasObject, r *ruler, name string, take func(string) string) {
	look := theme.Current()
	field, wrong := newPlain(), note("", false)
	wrong.Color = look.Bad
	var p *widget.PopUp
	finish := func() {
		if wrong.Text = take(field.Text); wrong.Text == "" {
			p.Hide()
			return
		}
		wrong.Refresh()
	}
	field.take = func(key fyne.KeyName, _ bool) bool {
		switch key {
		case fyne.KeyReturn, fyne.KeyEnter:
			finish()
		case fyne.KeyEscape:
			p.Hide()
		default:
			return false
		}
		return true
	}
	save := button.New(doSave, finish)
	save.Importance = widget.HighImportance
	cancel := button.New(doCancel, func() { p.Hide() })
	says := note(sayNameView, false)
	width := max(r.width(sayNameView), 20*look.Text)
	p = drop(container.NewVBox(says, sized(field, width, field.MinSize().Height), wrong,
		row(container.NewHBox(cancel, save))), under, fyne.NewPos(0, under.Size().Height))
	if p != nil {
		p.Canvas.Focus(field)
		field.SetValue(name)
	}
}

// askDelete asks before something is deleted, with its name on the button.
func askDelete(under fyne.CanvasObject, says, do string, deleted func()) {
	var p *widget.PopUp
	yes := button.New(do, func() {
		p.Hide()
		deleted()
	})
	yes.Importance = widget.DangerImportance
	no := button.New(doCancel, func() { p.Hide() })
	p = drop(container.NewVBox(note(says, false), row(container.NewHBox(no, yes))),
		under, fyne.NewPos(0, under.Size().Height))
}
