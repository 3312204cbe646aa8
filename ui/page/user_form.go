package page

import (
	"errors"
	"slices"
	"strings"

	"touyan/store"
	"touyan/ui/entry"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// userField is something asked about a user.
type userField int

const (
	askName userField = iota
	askRoles
	askOld // his password so far
	askNew // the new one, twice
	askAgain
)

// userForm asks about a user. What is wrong stands below its field as soon as
// something was typed there; the button waits until nothing is.
type userForm struct {
	desk   *Desk
	title  string
	intro  string
	asks   []userField
	user   string   // name the password must not be, where it is not asked
	taken  []string // names of the other users
	done   Choice   // the button; Do is what it does
	cancel func()   // may be nil

	name       *entry.Entry
	roles      []*widget.Check
	old, fresh *secretEntry
	again      *secretEntry
	told       map[userField]*canvas.Text
	touched    map[userField]bool
	body       fyne.CanvasObject
	panel      *Panel
}

// show asks.
func (f *userForm) show() {
	if f.body == nil {
		f.build()
	}
	f.panel = f.desk.Show(f.title, f.body, wide, Choice{Text: doCancel, Do: f.cancel}, Choice{Text: f.done.Text, Main: true, Do: f.done.Do})
	f.check()
	f.focus()
}

// refuse asks again, with the error below the field it is about.
func (f *userForm) refuse(err error) {
	f.show()
	at := f.at(err)
	if t := f.told[at]; t != nil {
		t.Text = sentence(err)
		t.Refresh()
		return
	}
	f.desk.Fail(err)
}

// at is the field an error is about.
func (f *userForm) at(err error) userField {
	for field, list := range map[userField][]error{
		askName: {store.ErrName}, askRoles: {store.ErrRoles, store.ErrLast}, askNew: {store.ErrShort}, askOld: {store.ErrPassword},
	} {
		if slices.ContainsFunc(list, func(e error) bool { return errors.Is(err, e) }) {
			return field
		}
	}
	return -1
}

func (f *userForm) build() {
	look := theme.Current()
	f.told, f.touched = map[userField]*canvas.Text{}, map[userField]bool{}
	box := container.New(layout.NewCustomPaddedVBoxLayout(look.Space))
	if f.intro != "" {
		box.Add(container.New(layout.NewCustomPaddedLayout(0, look.Gap, 0, 0), paragraph(f.intro, look.WideDialog, look.Ink2)))
	}
	if f.name == nil {
		f.name = entry.New()
	}
	if f.roles == nil {
		f.choose(nil)
	}
	typed := func(field userField, e *entry.Entry) {
		e.OnChanged = func(string) { f.touched[field] = true; f.check() }
	}
	f.old, f.fresh, f.again = newSecret(nil), newSecret(nil), newSecret(nil)
	var fields []*entry.Entry
	for _, a := range f.asks {
		var e *entry.Entry
		switch a {
		case askName:
			e = f.name
			box.Add(labelled(labelName2, e))
		case askRoles:
			box.Add(labelled(labelRoles, f.choices()))
		case askOld:
			e = &f.old.Entry
			box.Add(labelled(labelOldPassword, f.old))
		case askNew:
			e = &f.fresh.Entry
			box.Add(labelled(labelNewPassword, f.fresh))
		case askAgain:
			e = &f.again.Entry
			box.Add(labelled(labelAgain, f.again))
		}
		if e != nil {
			typed(a, e)
			fields = append(fields, e)
		}
		f.told[a] = words("", look.Bad, look.Caption)
		box.Add(container.NewBorder(nil, nil, least(container.NewWithoutLayout(), fyne.NewSize(7*look.Text, 0)), nil, f.told[a]))
	}
	for i, e := range fields {
		e.OnSubmitted = func(string) {
			if i+1 < len(fields) {
				f.focusOn(fields[i+1])
				return
			}
			f.panel.enter()
		}
	}
	f.body = box
}

// choices are the roles with what each does, a line each.
func (f *userForm) choices() fyne.CanvasObject {
	look := theme.Current()
	box := container.New(layout.NewCustomPaddedVBoxLayout(0))
	for i, c := range f.roles {
		box.Add(container.NewBorder(nil, nil, least(flush(c), fyne.NewSize(8*look.Text, 0)), nil, words(roleDoes[store.Roles[i]], look.Ink2, look.Text)))
	}
	return box
}

// choose ticks roles.
func (f *userForm) choose(roles []store.Role) {
	f.roles = nil
	for _, r := range store.Roles {
		c := widget.NewCheck(r.Label(), nil)
		c.Checked = slices.Contains(roles, r)
		c.OnChanged = func(bool) { f.touched[askRoles] = true; f.check() }
		f.roles = append(f.roles, c)
	}
}

// chosen are the roles ticked.
func (f *userForm) chosen() (roles []store.Role) {
	for i, c := range f.roles {
		if c.Checked {
			roles = append(roles, store.Roles[i])
		}
	}
	return roles
}

func (f *userForm) called() string {
	if slices.Contains(f.asks, askName) {
		return strings.TrimSpace(f.name.Text)
	}
	return f.user
}

// wrong is what is wrong in a field, nil if nothing is.
func (f *userForm) wrong(a userField) error {
	switch a {
	case askName:
		if n := f.called(); n == "" || slices.Contains(f.taken, n) {
			return store.ErrName
		}
	case askRoles:
		if len(f.chosen()) == 0 {
			return store.ErrRoles
		}
	case askOld:
		if f.old.Text == "" {
			return errors.New(sayTypeOld)
		}
	case askNew:
		return store.CheckPassword(f.called(), f.fresh.Text)
	case askAgain:
		if f.again.Text != f.fresh.Text {
			return errors.New(sayNotSame)
		}
	}
	return nil
}

// check tells what is wrong where something was typed, and lets go on if
// nothing is anywhere.
func (f *userForm) check() {
	good := true
	for _, a := range f.asks {
		err := f.wrong(a)
		good = good && err == nil
		t := f.told[a]
		t.Text = ""
		if err != nil && f.touched[a] {
			t.Text = sentence(err)
		}
		t.Refresh()
	}
	if f.panel != nil {
		enable(f.panel.buttons[1], good)
	}
}

func (f *userForm) focus() {
	switch f.asks[0] {
	case askName:
		if f.called() != "" {
			f.focusOn(&f.fresh.Entry)
			return
		}
		f.focusOn(f.name)
	case askOld:
		f.focusOn(&f.old.Entry)
	case askNew:
		f.focusOn(&f.fresh.Entry)
	}
}

// focusOn gives a field the keyboard. The entry within a field for passwords is
// no widget by itself.
func (f *userForm) focusOn(e *entry.Entry) {
	var to fyne.Focusable = e
	for _, s := range []*secretEntry{f.old, f.fresh, f.again} {
		if e == &s.Entry {
			to = s
		}
	}
	f.desk.Window.Canvas().Focus(to)
}

// UserAnswers is what a person would answer in a form about a user.
type UserAnswers struct {
	Name            string
	Roles           []store.Role // nil: as ticked
	Old, New, Again string
}

// fill types the answers.
func (f *userForm) fill(a UserAnswers) {
	if slices.Contains(f.asks, askName) {
		f.name.SetText(a.Name)
	}
	for i, c := range f.roles {
		if a.Roles != nil {
			c.SetChecked(slices.Contains(a.Roles, store.Roles[i]))
		}
	}
	f.old.SetText(a.Old)
	f.fresh.SetText(a.New)
	f.again.SetText(a.Again)
}
