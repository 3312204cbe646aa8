package page

import (
	"strings"

	"touyan/store"
	"touyan/ui/entry"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// Look is how one machine shows the program.
type Look struct {
	Density theme.Density
	Strong  bool // high contrast
}

// densities are those offered, in their order.
var densities = []theme.Density{theme.Dense, theme.Roomy, theme.Large}

// Under these names the app remembers how it looks and who works here.
const (
	keptDensity = "look.density"
	keptStrong  = "look.strong"
	keptUser    = "user"
)

// KeptLook is the look this machine was last given.
func KeptLook() Look {
	kept := fyne.CurrentApp().Preferences()
	look := Look{Strong: kept.Bool(keptStrong)}
	for _, d := range densities {
		if kept.Int(keptDensity) == int(d) {
			look.Density = d
		}
	}
	return look
}

// KeepLook remembers a look.
func KeepLook(l Look) {
	kept := fyne.CurrentApp().Preferences()
	kept.SetInt(keptDensity, int(l.Density))
	kept.SetBool(keptStrong, l.Strong)
}

// KeptUser is who said to work here, empty if nobody has yet.
func KeptUser() string { return fyne.CurrentApp().Preferences().String(keptUser) }

// KeepUser remembers who works here.
func KeepUser(name string) { fyne.CurrentApp().Preferences().SetString(keptUser, name) }

// Settings is the page of how the program looks, who works here and which
// ledger is open. What is chosen holds at once.
type Settings struct {
	desk    *Desk
	content fyne.CanvasObject
	buttons Buttons
	density *widget.RadioGroup
	strong  *widget.Check
	name    *leftEntry
}

// NewSettings makes the page.
func NewSettings(d *Desk) *Settings {
	s := &Settings{desk: d}
	look := KeptLook()
	s.density = widget.NewRadioGroup(densityWords[:], func(string) { s.dress() })
	s.density.Horizontal, s.density.Required = true, true
	for i, density := range densities {
		if density == look.Density {
			s.density.Selected = densityWords[i]
		}
	}
	s.strong = widget.NewCheck(sayStrong, func(bool) { s.dress() })
	s.strong.Checked = look.Strong
	s.name = newLeftEntry(d.Who.Name, s.sign)
	s.buttons = buttons([]Choice{{Text: doChangeLedger, Do: d.Change}})
	if d.Reads() {
		s.buttons = append(s.buttons, buttons([]Choice{{Text: doSeeVoided, Do: func() { d.openVoided("", "") }}})...)
	}
	t := theme.Current()
	width := t.WideDialog
	box := container.NewVBox(
		section(titleLook, width, labelled(labelDensity, flush(s.density)), labelled("", flush(s.strong)),
			labelled(labelWall, words(sayWall, t.Ink2, t.Text))),
		s.user(width),
		section(titleLedger, width, labelled(labelOffice, words(d.DB.Office().Name+"  "+d.DB.Office().Code, t.Ink, t.Text)),
			labelled(labelFile, prose(d.DB.Path(), width-12*t.Text))))
	s.content = sheet(titleSettings, saySettings, s.buttons, nil, container.NewVScroll(box), nil)
	return s
}

// user is who works here: whoever is logged in, or who says so.
func (s *Settings) user(width float32) fyne.CanvasObject {
	t, d := theme.Current(), s.desk
	name := container.NewHBox(least(s.name, fyne.NewSize(14*t.Text, 0)))
	if d.DB.Session().User != "" {
		return section(titleUser, width, labelled(labelLoggedIn, words(d.Who.Name+"  "+d.Who.Role, t.Ink, t.Text)),
			labelled(labelLockAfter, container.NewHBox(d.chooseLockAfter(), words(sayLockAfter+d.why(store.Admin), t.Ink2, t.Text))))
	}
	s.buttons = append(s.buttons, buttons([]Choice{{Text: doProtect, Do: d.AskProtect}})...)
	return section(titleUser, width, labelled(labelName, name), labelled("", words(saySign, t.Ink2, t.Text)),
		labelled(labelPassword, words(sayNoPassword, t.Ink2, t.Text)))
}

// section is a caption and lines below it on a card.
func section(title string, width float32, lines ...fyne.CanvasObject) fyne.CanvasObject {
	t := theme.Current()
	box := container.NewVBox(container.New(layout.NewCustomPaddedLayout(0, t.Space, 0, 0), heading(title, t.Subheading)))
	for _, l := range lines {
		box.Add(l)
	}
	padded := container.New(layout.NewCustomPaddedLayout(t.Margin-t.Space, t.Margin-t.Space, t.Margin, t.Margin), box)
	return container.New(layout.NewCustomPaddedLayout(0, t.Gap, 0, 0),
		container.NewHBox(least(card(padded), fyne.NewSize(width, 0))))
}

// labelled stands a label in front of an object.
func labelled(label string, o fyne.CanvasObject) fyne.CanvasObject {
	t := theme.Current()
	at := container.NewVBox(layout.NewSpacer(), words(label, t.Ink2, t.Text), layout.NewSpacer())
	return container.NewBorder(nil, nil, least(at, fyne.NewSize(7*t.Text, t.Row)), nil, container.NewVBox(layout.NewSpacer(), o, layout.NewSpacer()))
}

func (s *Settings) dress() {
	for i, word := range densityWords {
		if word == s.density.Selected {
			s.desk.Dress(Look{Density: densities[i], Strong: s.strong.Checked})
			return
		}
	}
}

// sign takes the name over; an empty one stays what it was.
func (s *Settings) sign(name string) {
	name = strings.TrimSpace(name)
	if s.desk.DB.Session().User != "" { // he is logged in under his name
		return
	}
	if name == "" {
		s.name.SetText(s.desk.Who.Name)
		return
	}
	if name != s.desk.Who.Name {
		s.desk.Sign(name)
		s.desk.Tell(Notice{Text: saySigned(name)})
	}
}

// Title is the room's name.
func (s *Settings) Title() string { return titleSettings }

// Content is the page.
func (s *Settings) Content() fyne.CanvasObject { return s.content }

// Buttons are the page's actions.
func (s *Settings) Buttons() Buttons { return s.buttons }

// Find does nothing: there is no list.
func (s *Settings) Find(string) {}

// Focus gives nothing the keyboard: a stray key must not change a setting.
func (s *Settings) Focus() { s.desk.Window.Canvas().Unfocus() }

// Refresh does nothing: the page shows no records.
func (s *Settings) Refresh() {}

// Projects says that nothing of a record stands here.
func (s *Settings) Projects() {}

// Leave takes the name over that is still being typed.
func (s *Settings) Leave(then func()) {
	s.sign(s.name.Text)
	then()
}

// leftEntry is a text field that tells what stands in it when it is left.
type leftEntry struct {
	entry.Entry

	left func(text string)
}

func newLeftEntry(text string, left func(string)) *leftEntry {
	e := &leftEntry{left: left}
	e.Extend(e)
	e.SetText(text)
	e.OnSubmitted = left
	return e
}

// FocusLost tells what stands in it.
func (e *leftEntry) FocusLost() {
	e.Entry.FocusLost()
	e.left(e.Text)
}
