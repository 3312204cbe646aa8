package main

import (
	"touyan/store"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
)

// Passwords of invented people on a tour.
const (
	tourWord  = "夏营地的井水A1"
	otherWord = "冬营地的羊圈B2"
)

// doors shows how a ledger is given users, locked and opened again.
func (g *guide) doors() {
	g.room(page.RoomSettings)
	g.press("设密码")
	g.shot("protect")
	g.do(func() {
		g.w.Desk().FillUser(page.UserAnswers{Name: "张敏", New: tourWord, Again: tourWord})
	})
	g.press("设密码")
	g.shot("recovery")
	g.press("我已抄好")
	g.shot("recovery-check")
	g.do(func() {
		g.w.Desk().Panel().Hide()
		g.w.Desk().Anew()
	})
	g.room(page.RoomUsers)
	for _, u := range []store.User{{Name: "苏和", Roles: []store.Role{store.Clerk}}, {Name: "其木格", Roles: []store.Role{store.Lead, store.Auditor}}} {
		g.press("新增用户")
		g.do(func() {
			g.w.Desk().FillUser(page.UserAnswers{Name: u.Name, Roles: u.Roles, New: otherWord, Again: otherWord})
		})
		g.press("新增")
	}
	on(g, func(u *page.Users) { u.Pick("苏和") })
	g.shot("users")
	g.press("停用")
	g.shot("users-remove")
	g.press("取消")
	g.press("交接")
	g.shot("hand-over")
	g.press("取消")
	g.room(page.RoomJournal)
	g.shot("journal")
	g.room("person")
	g.do(g.w.Desk().Lock)
	g.shot("lock")
	g.come("张敏", otherWord)
	g.shot("login-wrong")
	g.come("张敏", tourWord)
	g.shot("lock-back")
	g.do(g.w.Desk().Change)
	g.do(func() { g.w.Open(g.ledger) })
	g.shot("login")
	g.press("忘记密码")
	g.shot("login-recovery")
	g.press("用密码登录")
	g.come("苏和", otherWord)
	g.shot("login-clerk")
	g.room("person")
	on(g, func(l *page.List) { l.OpenRecord(g.secretaries()[0].Person) })
	on(g, func(x *page.Dossier) { x.Focus() })
	for range 4 {
		g.keys(fyne.KeyRight)
	}
	g.shot("papers-clerk")
}

// come types somebody's password.
func (g *guide) come(name, word string) {
	g.do(func() { g.w.Login().Fill(name, "") })
	g.write(word)
	g.keys(fyne.KeyReturn)
}
