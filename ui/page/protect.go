package page

import (
	"context"

	"touyan/store"
	"touyan/ui/entry"
)

// firstUser asks for the first user of a ledger, who begins with every role.
func (d *Desk) firstUser(title, do, name string, then func(f *userForm, a UserAnswers)) *userForm {
	f := &userForm{desk: d, title: title, intro: sayFirstUser, asks: []userField{askName, askRoles, askNew, askAgain}}
	f.name = entry.New()
	f.name.SetText(name)
	f.choose(store.Roles)
	f.done = Choice{Text: do, Do: func() {
		then(f, UserAnswers{Name: f.called(), Roles: f.chosen(), New: f.fresh.Text})
	}}
	d.form = f
	f.show()
	return f
}

// AskProtect asks for the first user of a ledger that is open to everybody, and
// shows its recovery code.
func (d *Desk) AskProtect() {
	d.firstUser(titleProtect, doProtectNow, KeptUser(), func(f *userForm, a UserAnswers) {
		var code string
		d.Attempt(sayProtecting, func(ctx context.Context, _ func(done, total int64)) (err error) {
			code, err = d.DB.Protect(ctx, a.Name, a.Roles, a.New)
			return err
		}, func(err error) {
			if err != nil {
				f.refuse(err)
				return
			}
			d.ShowRecovery(code, d.Anew)
		})
	})
}

// FillUser types into the form about a user that is asked for, as a person would.
func (d *Desk) FillUser(a UserAnswers) { d.form.fill(a) }
