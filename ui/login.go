package ui

import (
	"touyan/store"
	"touyan/store/vault"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
)

// away is what waits behind the login page of a window that was locked.
type away struct {
	user  string         // whose it is
	focus fyne.Focusable // what had the keyboard

	concealed bool // numbers were shown: the pages are made anew
}

// keptUserOf begins the names under which the app remembers who was in a ledger
// last, by its path.
const keptUserOf = "login."

// sees gives the desk the name of who is logged in, and the way to lock.
func (w *Window) sees(s store.Session) {
	if s.User == "" {
		return
	}
	w.desk.Who = store.Actor{Name: s.Name, Role: store.RoleWords(s.Roles)}
	if s.By == vault.Recovery {
		w.desk.Who.Name = byRecovery
	}
	w.desk.Lock = w.lock
}

// greet asks who wants to open a ledger that is locked.
func (w *Window) greet(db *store.DB) {
	w.start, w.away = nil, away{}
	d := w.newDesk(db)
	w.login = page.NewLogin(d, page.LoginWays{User: w.app.Preferences().String(keptUserOf + db.Path()), In: w.admit, Other: w.change})
	w.win.SetTitle(productName + between + db.Title())
	w.put(w.login.Content())
	w.login.Focus()
}

// lock hides everything at once until somebody logs in. The keys go when what
// runs is done.
func (w *Window) lock() {
	if w.shell == nil || w.login != nil || w.desk.Lock == nil {
		return
	}
	db, c := w.desk.DB, w.win.Canvas()
	w.shell.shut()
	w.shell.dropPictures()
	w.away = away{user: db.Session().User, focus: c.Focused(), concealed: w.desk.Conceal()}
	c.Unfocus() // what is being typed is stored, or kept as a draft
	w.desk.Cover()
	w.desk.Forget()
	w.login = page.NewLogin(w.desk, page.LoginWays{User: w.away.user, Away: true, In: w.admit})
	w.win.SetTitle(productName)
	w.put(w.login.Content())
	w.login.Focus()
	w.desk.LetGo()
}

// admit shows the ledger to who has just logged in: his own work as he left it,
// or everything anew.
func (w *Window) admit() {
	db := w.desk.DB
	s := db.Session()
	w.login = nil
	w.stir()
	if s.By == vault.Password {
		w.app.Preferences().SetString(keptUserOf+db.Path(), s.User)
	}
	if w.shell != nil && w.away.user == s.User {
		w.resume()
		return
	}
	w.anew()
	if s.By == vault.Recovery {
		w.shell.Show(page.RoomUsers)
	}
}

// anew shows the ledger to who is in now, from the first room on.
func (w *Window) anew() {
	if w.shell != nil {
		w.shell.left = true
		w.shell = nil
		w.app.Preferences().RemoveValue(keptRoom)
	}
	if w.desk.Projecting() { // he begins at his desk, not on the wall
		dress(w.app, page.KeptLook(), false)
	}
	w.show(w.desk.DB)
}

// resume shows again what the window had been locked over.
func (w *Window) resume() {
	s, c := w.shell, w.win.Canvas()
	w.win.SetTitle(productName + between + w.desk.DB.Office().Name)
	w.put(s.content)
	w.desk.Uncover()
	if w.away.concealed {
		s.remake()
	}
	s.changed()
	focus := w.away.focus
	w.away = away{}
	switch {
	case focus != nil:
		if c.Focus(focus); c.Focused() == nil && w.desk.Panel() == nil { // it is gone, as a cell's field is
			s.focus()
		}
	case w.desk.Panel() == nil:
		s.focus()
	}
	w.desk.TellFindings()
}

// Login returns the page that asks for a password, nil unless the ledger is
// locked.
func (w *Window) Login() *page.Login { return w.login }
