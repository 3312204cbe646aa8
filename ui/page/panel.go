package page

import (
	"errors"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/disk"
	"touyan/ui/button"
	"touyan/ui/form"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// Buttons are the buttons of a page or a panel.
type Buttons []*button.Button

// Press taps the first button whose text begins so, as a person would. It
// reports whether there was one to tap.
func (b Buttons) Press(text string) bool {
	for _, one := range b {
		if strings.HasPrefix(one.Text, text) && one.Visible() && !one.Disabled() {
			one.OnTapped()
			return true
		}
	}
	return false
}

func buttons(choices []Choice) Buttons {
	var out Buttons
	for _, c := range choices {
		b := button.New(c.Text, c.Do)
		if c.Main {
			b.Importance = widget.HighImportance
		}
		out = append(out, b)
	}
	return out
}

// row stands the buttons side by side.
func (b Buttons) row() *fyne.Container {
	row := container.NewHBox()
	for _, one := range b {
		row.Add(one)
	}
	return row
}

// Panel is a question, or an answer, over the page: nothing else can be done
// until it is answered. Escape is its first choice, Enter its main one.
type Panel struct {
	Title    string
	desk     *Desk
	pop      *widget.PopUp
	choices  []Choice
	buttons  Buttons
	answered bool // a second press comes too late
	aside    bool // hidden while the screen is on a wall
}

// width is how wide a panel is.
type width bool

const (
	narrow width = false
	wide   width = true
)

// Show asks over the page. Any choice closes the panel before it is done.
func (d *Desk) Show(title string, content fyne.CanvasObject, w width, choices ...Choice) *Panel {
	look := theme.Current()
	p := d.newPanel(title, choices)
	foot := container.New(layout.NewCustomPaddedLayout(look.Margin, 0, 0, 0),
		container.NewHBox(layout.NewSpacer(), p.buttons.row()))
	p.show(container.NewBorder(nil, foot, nil, nil, content), w)
	return p
}

// ShowStep asks for a step over the page. The choices stand in the foot of its
// form, before the button that completes it.
func (d *Desk) ShowStep(title string, f *form.Form, content fyne.CanvasObject, choices ...Choice) *Panel {
	p := d.newPanel(title, choices)
	f.Beside(p.buttons...)
	p.show(content, wide)
	return p
}

func (d *Desk) newPanel(title string, choices []Choice) *Panel {
	p := &Panel{Title: title, desk: d}
	for _, c := range choices {
		do := c.Do
		c.Do = func() {
			if p.answered {
				return
			}
			p.answered = true
			p.Hide()
			if do != nil {
				do()
			}
		}
		p.choices = append(p.choices, c)
	}
	p.buttons = buttons(p.choices)
	return p
}

func (p *Panel) show(content fyne.CanvasObject, w width) {
	look := theme.Current()
	size := fyne.NewSize(look.Dialog, 0)
	if w == wide {
		size.Width = look.WideDialog
	}
	head := container.New(layout.NewCustomPaddedLayout(0, look.Gap, 0, 0), heading(p.Title, look.Subheading))
	inside := container.NewBorder(head, nil, nil, nil, content)
	margin := look.Margin + look.Space
	p.pop = widget.NewModalPopUp(least(container.New(layout.NewCustomPaddedLayout(margin, margin, margin, margin), inside), size), p.desk.Window.Canvas())
	p.desk.panels = append(p.desk.panels, p)
	if !p.desk.covered {
		p.pop.Show()
	}
}

// Hide takes the panel away unanswered.
func (p *Panel) Hide() {
	p.pop.Hide()
	for i, q := range p.desk.panels {
		if q == p {
			p.desk.panels = append(p.desk.panels[:i], p.desk.panels[i+1:]...)
			p.desk.Post(p.desk.idle) // what the choice begins comes first
			return
		}
	}
}

// Buttons are the panel's.
func (p *Panel) Buttons() Buttons { return p.buttons }

// Panel returns the panel on top, nil if there is none.
func (d *Desk) Panel() *Panel {
	for _, p := range slices.Backward(d.panels) {
		if !p.aside {
			return p
		}
	}
	return nil
}

// typedKey answers the panel on top by the keyboard, where no field of it has
// the keyboard.
func (d *Desk) typedKey(e *fyne.KeyEvent) {
	p := d.Panel()
	if d.covered {
		return
	}
	if d.Key != nil && d.Key(e) || p == nil {
		return
	}
	switch e.Name {
	case fyne.KeyEscape:
		p.choices[0].Do()
	case fyne.KeyReturn, fyne.KeyEnter:
		p.enter()
	}
}

func (p *Panel) enter() {
	for i, c := range p.choices {
		if (c.Main || len(p.choices) == 1) && !p.buttons[i].Disabled() {
			c.Do()
			return
		}
	}
}

// Say tells something that needs no answer but to be read.
func (d *Desk) Say(title, text string) *Panel {
	return d.Show(title, prose(text, theme.Current().Dialog), narrow, Choice{Text: doUnderstood, Main: true})
}

// Fail tells what went wrong.
func (d *Desk) Fail(err error) {
	switch {
	case errors.Is(err, store.ErrUncertain):
		d.askSettle(err)
	case !d.unseen(err):
		d.Say(titleFailed, sentence(err))
	}
}

// sentence is an error as people are told it. A fault of the program says
// nothing to them: it goes to the log.
func sentence(err error) string {
	text, ok := disk.Sentence(err)
	if !ok {
		fyne.LogError("an operation failed", err)
		return sayFault
	}
	return text
}
