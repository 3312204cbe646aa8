package page

import (
	"context"
	"errors"
	"strings"
	"time"

	"touyan/store"
	"touyan/store/vault"
	"touyan/ui/button"
	"touyan/ui/entry"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// Login is the page of a ledger that is locked: who is there, and the password.
// It shows nothing of the records.
type Login struct {
	desk    *Desk
	ways    LoginWays
	users   []store.User
	at      int // the user chosen
	byCode  bool
	trying  bool
	until   time.Time // no password is taken before; zero: at once
	lines   []*press
	list    *fyne.Container
	secret  *secretEntry
	code    *entry.Entry
	told    *fyne.Container
	form    *fyne.Container
	enter   *button.Button
	buttons Buttons
	content fyne.CanvasObject
}

// LoginWays are where a login page leads.
type LoginWays struct {
	User  string // id of the user chosen at first
	Away  bool   // the window was locked, and somebody's work waits behind it
	In    func() // somebody is in
	Other func() // asks for another ledger; nil: it is not offered
}

// NewLogin makes the page.
func NewLogin(d *Desk, ways LoginWays) *Login {
	l := &Login{desk: d, ways: ways, users: d.DB.Users(), code: entry.New()}
	for i, u := range l.users {
		if u.ID == ways.User {
			l.at = i
		}
	}
	l.secret = newSecret(func(string) { l.try() })
	l.secret.beside = l.choose
	l.code.OnSubmitted = func(string) { l.try() }
	l.code.PlaceHolder = hintRecoveryCode
	l.list = container.New(layout.NewCustomPaddedVBoxLayout(0))
	l.told, l.form = container.NewVBox(), container.NewVBox()
	l.build()
	return l
}

// build puts the page together.
func (l *Login) build() {
	look := theme.Current()
	name := heading(productName, look.Figure)
	name.Color = look.Accent
	office := heading(l.desk.DB.Title(), look.Heading)
	l.arrange()
	box := container.NewVBox(name, office, l.form)
	margin := 2 * look.Margin
	inside := container.New(layout.NewCustomPaddedLayout(margin, margin, margin, margin), least(box, fyne.NewSize(look.Dialog-2*margin, 0)))
	notice := words(sayNotSecret, look.Ink2, look.Text)
	notice.Alignment = fyne.TextAlignCenter
	l.content = container.NewCenter(container.NewVBox(card(inside), spaced(notice)))
}

// arrange shows the fields of a password, or that of the recovery code.
func (l *Login) arrange() {
	look := theme.Current()
	l.form.RemoveAll()
	var choices []Choice
	if l.ways.Other != nil {
		choices = append(choices, Choice{Text: doChangeLedger, Do: l.ways.Other})
	}
	if l.byCode {
		l.form.Add(prose(sayRecoveryLogin, look.Dialog-4*look.Margin))
		l.form.Add(l.code)
		choices = append(choices, Choice{Text: doByPassword, Do: l.turn}, Choice{Text: doEnterByCode, Main: true, Do: l.try})
	} else {
		says := sayLogin
		if l.ways.Away {
			says = sayLocked
		}
		l.form.Add(prose(says, look.Dialog-4*look.Margin))
		l.listUsers()
		l.form.Add(l.list)
		l.form.Add(container.New(layout.NewCustomPaddedLayout(look.Gap, 0, 0, 0), labelled(labelPassword, l.secret)))
		choices = append(choices, Choice{Text: doForgot, Do: l.turn}, Choice{Text: doLogin, Main: true, Do: l.try})
	}
	l.buttons = buttons(choices)
	l.enter = l.buttons[len(l.buttons)-1]
	l.form.Add(l.told)
	l.form.Add(container.New(layout.NewCustomPaddedLayout(look.Gap, 0, 0, 0), container.NewHBox(layout.NewSpacer(), l.buttons.row())))
	l.enable()
}

// usersSeen is how many users are seen at once; more are scrolled to.
const usersSeen = 7

func (l *Login) listUsers() {
	look := theme.Current()
	l.list.RemoveAll()
	l.lines = nil
	box := container.New(layout.NewCustomPaddedVBoxLayout(0))
	for i, u := range l.users {
		name := heading(u.Name, look.Text)
		bar, tint := canvas.NewRectangle(look.Accent), canvas.NewRectangle(look.AccentWeak)
		bar.SetMinSize(fyne.NewSize(look.Bar, look.Row))
		bar.Hidden, tint.Hidden = i != l.at, i != l.at
		inside := container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, look.Gap),
			container.NewBorder(nil, nil, name, words(store.RoleWords(u.Roles), look.Ink2, look.Text)))
		line := container.NewStack(tint, container.NewBorder(nil, nil, bar, nil), least(inside, fyne.NewSize(0, look.Row)))
		p := newPress(line, func() { l.choose(i - l.at) })
		l.lines = append(l.lines, p)
		box.Add(p)
	}
	if len(l.users) <= usersSeen {
		l.list.Add(box)
		return
	}
	l.list.Add(least(container.NewVScroll(box), fyne.NewSize(0, usersSeen*look.Row)))
}

// choose goes to another user, up or down, and to his password.
func (l *Login) choose(by int) {
	if to := l.at + by; to >= 0 && to < len(l.users) && !l.trying {
		if l.at != to {
			l.secret.SetText("")
			l.tell("")
		}
		l.at = to
		l.listUsers()
		l.list.Refresh()
	}
	l.Focus()
}

// turn goes from the password to the recovery code, and back.
func (l *Login) turn() {
	l.byCode = !l.byCode
	l.tell("")
	l.arrange()
	l.content.Refresh()
	l.Focus()
}

// tell shows a sentence below the field.
func (l *Login) tell(text string) {
	look := theme.Current()
	l.told.RemoveAll()
	if text != "" {
		ink := look.Bad
		if l.trying {
			ink = look.Ink2
		}
		l.told.Add(paragraph(text, look.Dialog-4*look.Margin, ink))
	}
	l.content.Refresh()
}

// enable lets a password be typed unless one is tried, or has to wait.
func (l *Login) enable() {
	may := !l.trying && l.until.IsZero()
	enable(l.enter, may)
	for _, e := range []*entry.Entry{&l.secret.Entry, l.code} {
		if may {
			e.Enable()
		} else {
			e.Disable()
		}
	}
}

// try lets in whoever knows the password. It takes up to a second, beside the
// UI thread.
func (l *Login) try() {
	if l.trying || !l.until.IsZero() || len(l.users) == 0 {
		return
	}
	word, code, user := l.secret.Text, strings.TrimSpace(l.code.Text), l.users[l.at].ID
	switch {
	case !l.byCode && word == "":
		l.tell(sayTypePassword)
		return
	case l.byCode && code == "":
		l.tell(sayTypeCode)
		return
	}
	l.trying = true
	l.enable()
	l.tell(sayWorkFirst)
	d := l.desk
	d.onceGone(func() {
		l.tell(sayUnlocking)
		d.running.Go(func() {
			var err error
			if l.byCode {
				err = d.DB.UnlockRecovery(context.Background(), code)
			} else {
				err = d.DB.Unlock(context.Background(), user, word)
			}
			if errors.Is(err, store.ErrPassword) {
				if left := d.DB.Waiting(); left > 0 { // told at once, not to whoever then types it rightly
					err = &store.WaitError{For: left}
				}
			}
			d.Post(func() { l.tried(err) })
		})
	})
}

// tried tells why somebody is not let in, or lets him in.
func (l *Login) tried(err error) {
	l.trying = false
	var wait *store.WaitError
	if errors.As(err, &wait) {
		l.until = l.desk.DB.Now().Add(wait.For)
	}
	l.enable()
	if err == nil {
		l.secret.SetText("")
		l.code.SetText("")
		l.tell("")
		l.ways.In()
		return
	}
	if !l.byCode {
		l.secret.SetText("")
	}
	l.tell(l.refusal(err))
	l.Focus()
}

// refusal is why somebody is not let in, as he is told.
func (l *Login) refusal(err error) string {
	var typo *vault.CodeError
	switch {
	case errors.As(err, &typo):
		return sayCodeTypo(typo.Groups, typo.Wrong)
	case l.byCode && errors.Is(err, store.ErrPassword):
		return sayCodeForeign
	case l.byCode && errors.Is(err, store.ErrNoUser):
		return sayNoCode
	}
	return sentence(err)
}

// Tick counts down while no password is taken. The window calls it every second.
func (l *Login) Tick() {
	if l.until.IsZero() {
		return
	}
	if left := l.until.Sub(l.desk.DB.Now()); left > 0 {
		l.tell(sentence(&store.WaitError{For: left}))
		return
	}
	l.until = time.Time{}
	l.tell("")
	l.enable()
	l.Focus()
}

// Content is the page.
func (l *Login) Content() fyne.CanvasObject { return l.content }

// Buttons are the page's actions.
func (l *Login) Buttons() Buttons { return l.buttons }

// Focus gives the field the keyboard.
func (l *Login) Focus() {
	switch c := l.desk.Window.Canvas(); {
	case l.trying || !l.until.IsZero():
	case l.byCode:
		c.Focus(l.code)
	default:
		c.Focus(l.secret)
	}
}

// Fill types a password for a user, or the recovery code, as a person would.
func (l *Login) Fill(user, secret string) {
	for i, u := range l.users {
		if u.Name == user {
			l.choose(i - l.at)
		}
	}
	if l.byCode {
		l.code.SetText(secret)
		return
	}
	l.secret.SetText(secret)
}

// secretEntry is a field for a password: what is typed is not shown, and Up and
// Down go to another user where there are some to choose.
type secretEntry struct {
	entry.Entry

	beside func(by int) // nil: there is nobody to choose
}

func newSecret(done func(string)) *secretEntry {
	e := &secretEntry{}
	e.Password = true
	e.Extend(e)
	e.OnSubmitted = done
	return e
}

// TypedKey is for the toolkit.
func (e *secretEntry) TypedKey(k *fyne.KeyEvent) {
	switch {
	case e.beside != nil && k.Name == fyne.KeyUp:
		e.beside(-1)
	case e.beside != nil && k.Name == fyne.KeyDown:
		e.beside(1)
	default:
		e.Entry.TypedKey(k)
	}
}
