package page

import (
	"context"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/ui/button"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// Users is the page of who may open the ledger. Who is no administrator changes
// his own password there and nothing else.
type Users struct {
	listing

	desk   *Desk
	users  map[string]store.User
	says   *canvas.Text
	banner *fyne.Container

	add, roles, reset, remove, handover, code, rekey, own *button.Button
}

// NewUsers makes the page.
func NewUsers(d *Desk) *Users {
	look := theme.Current()
	u := &Users{desk: d, users: map[string]store.User{}, says: words("", look.Ink2, look.Text), banner: container.NewVBox()}
	u.Grid = grid.New([]grid.Column{
		{Name: "name", Label: labelName2, Type: field.Text, Width: 130, Find: true},
		{Name: "roles", Label: labelRoles, Type: field.Text, Width: 330},
		{Name: "made", Label: headUserSince, Type: field.Day, Width: 150},
		{Name: "changed", Label: headPassword, Type: field.Day, Width: 150},
		{Name: "waiting", Label: headWaiting, Type: field.Text, Width: 200},
	})
	u.Grid.OnSelect = func([]string) { u.enable() }
	u.Grid.OnOpen = func(string) {
		if !u.roles.Disabled() {
			u.askRoles()
		}
	}
	u.buttons = buttons([]Choice{
		{Text: doOwnPassword, Do: d.AskOwnPassword},
		{Text: doAddUser, Main: true, Do: u.askAdd},
		{Text: doChangeRoles, Do: u.askRoles},
		{Text: doResetPassword, Do: u.askReset},
		{Text: doHandOver, Do: u.askHandOver},
		{Text: doRemoveUser, Do: u.askRemove},
	})
	below := buttons([]Choice{{Text: doNewCode, Do: u.askNewCode}, {Text: doRekey, Do: u.askRekey}})
	u.own, u.add, u.roles, u.reset, u.handover, u.remove = u.buttons[0], u.buttons[1], u.buttons[2], u.buttons[3], u.buttons[4], u.buttons[5]
	u.code, u.rekey = below[0], below[1]
	u.buttons = append(u.buttons, below...)
	foot := container.NewHBox(below.row(), words(u.sayKeys(), look.Ink2, look.Text))
	u.content = sheetOver(titleUsers, u.says, u.buttons[:6], u.banner, card(u.Grid), foot)
	return u
}

// sayKeys is what stands beside the buttons of keys.
func (u *Users) sayKeys() string {
	if why := u.desk.why(store.Admin); why != "" {
		return why
	}
	return sayRecoveryMade(u.desk.DB.Recovery())
}

// Remake makes the page in another look.
func (u *Users) Remake() Page {
	n := NewUsers(u.desk)
	n.take(&u.listing)
	return n
}

// Projects says that nothing of a record stands here.
func (u *Users) Projects() {}

// Title is the room's name.
func (u *Users) Title() string { return titleUsers }

// Refresh reads the header anew.
func (u *Users) Refresh() {
	look, db := theme.Current(), u.desk.DB
	clear(u.users)
	var rows []grid.Row
	for _, user := range db.Users() {
		u.users[user.ID] = user
		waiting := ""
		if user.Waiting {
			waiting = sayWaitingKeys
		}
		r := grid.Row{ID: user.ID, Cells: []string{user.Name, store.RoleWords(user.Roles), sayTime(user.Made), sayTime(user.Changed), waiting}}
		r.Keys = slices.Clone(r.Cells)
		r.Keys[2], r.Keys[3] = momentKey(user.Made), momentKey(user.Changed)
		rows = append(rows, r)
	}
	u.fill(rows)
	u.says.Text = sayUsers(len(rows))
	u.says.Refresh()
	u.banner.RemoveAll()
	line := func(text string) {
		u.banner.Add(container.New(layout.NewCustomPaddedLayout(look.Space, 0, 0, 0), paragraph(text, u.desk.Window.Canvas().Size().Width-look.Sidebar-4*look.Margin, look.Warn)))
	}
	if db.Stale() {
		line(sayStaleKeys)
	}
	if u.desk.recovered() {
		line(sayCameByCode)
	}
	u.enable()
}

// enable lets be done what who is in may do to the user selected.
func (u *Users) enable() {
	admin := u.desk.DB.Session().Has(store.Admin)
	_, one := u.selected()
	enable(u.own, !u.desk.recovered())
	enable(u.add, admin)
	for _, b := range []*button.Button{u.roles, u.reset, u.remove, u.handover} {
		enable(b, admin && one)
	}
	enable(u.code, admin && u.desk.holdsAll())
	enable(u.rekey, admin)
}

// holdsAll reports whether who is in reads every class of values.
func (d *Desk) holdsAll() bool {
	s := d.DB.Session()
	return s.Reads(field.Ordinary) && s.Reads(field.Discipline) && s.Reads(field.Pay)
}

func (u *Users) selected() (user store.User, ok bool) {
	ids := u.Grid.Selected()
	if len(ids) != 1 {
		return user, false
	}
	user, ok = u.users[ids[0]]
	return user, ok
}

func (u *Users) names() (list []string) {
	for _, user := range u.users {
		list = append(list, user.Name)
	}
	return list
}

// change runs a change of the users and tells that it was made. An error goes
// back to the form it was asked in.
func (d *Desk) change(says, told string, f *userForm, do func(context.Context) error, then func()) {
	d.Attempt(says, func(ctx context.Context, _ func(done, total int64)) error { return do(ctx) }, func(err error) {
		if err != nil {
			if f != nil {
				f.refuse(err)
			} else {
				d.Fail(err)
			}
			return
		}
		d.Tell(Notice{Text: told})
		then()
	})
}

// ask shows a form about a user.
func (u *Users) ask(f *userForm) {
	f.desk, u.desk.form = u.desk, f
	f.show()
}

func (u *Users) askAdd() {
	f := &userForm{title: titleAddUser, intro: sayAddUser, taken: u.names(), asks: []userField{askName, askRoles, askNew, askAgain}}
	f.choose([]store.Role{store.Clerk})
	f.done = Choice{Text: doAdd, Do: func() {
		name, roles, word := f.called(), f.chosen(), f.fresh.Text
		u.desk.change(sayAddingUser, sayUserAdded(name), f, func(ctx context.Context) error { return u.desk.DB.AddUser(ctx, name, roles, word) }, u.Refresh)
	}}
	u.ask(f)
}

func (u *Users) askRoles() {
	user, ok := u.selected()
	if !ok {
		return
	}
	f := &userForm{title: titleRolesOf(user.Name), intro: sayRolesLost, user: user.Name, asks: []userField{askRoles}}
	f.choose(user.Roles)
	f.done = Choice{Text: doSave, Do: func() {
		roles := f.chosen()
		u.desk.change(sayChangingLocks, sayRolesAre(user.Name, roles), f, func(ctx context.Context) error {
			return u.desk.DB.SetRoles(ctx, user.ID, roles)
		}, func() {
			if u.desk.DB.Session().User == user.ID {
				u.desk.Anew()
				return
			}
			u.Refresh()
		})
	}}
	u.ask(f)
}

func (u *Users) askReset() {
	user, ok := u.selected()
	if !ok {
		return
	}
	f := &userForm{title: titleResetOf(user.Name), intro: sayReset, user: user.Name, asks: []userField{askNew, askAgain}}
	f.done = Choice{Text: doResetNow, Do: func() {
		word := f.fresh.Text
		u.desk.change(sayResetting, sayWasReset(user.Name), f, func(ctx context.Context) error {
			return u.desk.DB.ResetPassword(ctx, user.ID, word)
		}, u.Refresh)
	}}
	u.ask(f)
}

// AskOwnPassword asks who is logged in for another password.
func (d *Desk) AskOwnPassword() {
	s := d.DB.Session()
	f := &userForm{desk: d, title: doOwnPassword, user: s.Name, asks: []userField{askOld, askNew, askAgain}}
	f.done = Choice{Text: doSave, Do: func() {
		old, word := f.old.Text, f.fresh.Text
		d.change(sayResetting, sayOwnChanged, f, func(ctx context.Context) error { return d.DB.SetPassword(ctx, old, word) }, func() {})
	}}
	d.form = f
	f.show()
}

// askRemove asks before somebody is shut out.
func (u *Users) askRemove() {
	user, ok := u.selected()
	if !ok {
		return
	}
	db := u.desk.DB
	u.desk.Show(doRemoveUser, prose(sayRemoves(user.Name, u.records()), theme.Current().Dialog), narrow, Choice{Text: doCancel},
		Choice{Text: doRemoveNamed(user.Name), Main: true, Do: func() {
			u.desk.change(sayChangingLocks, sayUserRemoved(user.Name), nil, func(ctx context.Context) error { return db.RemoveUser(ctx, user.ID) }, func() {
				if db.Session().User == user.ID {
					u.desk.Lock()
					return
				}
				u.Refresh()
			})
		}})
}

// records is how long changing the locks takes, in seconds.
func (u *Users) records() (seconds int) {
	err := u.desk.DB.View(func(tx *store.Tx) error {
		seconds = rewriteSeconds(tx)
		return nil
	})
	if err != nil {
		return 1
	}
	return seconds
}

// rewriteSeconds is how long writing the whole ledger anew takes: 20,000 records
// take three seconds on the laptops of the offices.
func rewriteSeconds(tx *store.Tx) int { return 1 + tx.Count()*3/20000 }

func (u *Users) askNewCode() {
	u.desk.Show(doNewCode, prose(sayNewCode, theme.Current().Dialog), narrow, Choice{Text: doCancel}, Choice{Text: doNewCodeNow, Main: true, Do: func() {
		var code string
		u.desk.change(sayResetting, sayCodeChanged, nil, func(ctx context.Context) (err error) {
			code, err = u.desk.DB.NewRecoveryCode(ctx)
			return err
		}, func() { u.desk.ShowRecovery(code, u.desk.Anew) })
	}})
}

func (u *Users) askRekey() {
	u.desk.Show(doRekey, prose(sayRekey(u.records()), theme.Current().Dialog), narrow, Choice{Text: doCancel}, Choice{Text: doRekeyNow, Main: true, Do: func() {
		u.desk.change(sayChangingLocks, sayRekeyed, nil, u.desk.DB.Rekey, u.Refresh)
	}})
}

// Pick selects a user by name, as a person would.
func (u *Users) Pick(name string) {
	for id, user := range u.users {
		if strings.EqualFold(user.Name, name) {
			u.Grid.Select(id)
			u.enable()
		}
	}
}
