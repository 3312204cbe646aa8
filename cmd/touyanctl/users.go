package main

import (
	"slices"
	"strings"
	"time"

	"touyan/store"
)

// userEntry is one user in the answer of users.
type userEntry struct {
	Name    string   `json:"name"`
	Roles   []string `json:"roles"`
	Since   string   `json:"since"`
	Changed string   `json:"changed"` // the password, last
	Waiting bool     `json:"waiting"` // for the keys
}

// usersVerb keeps the users of a ledger.
func usersVerb(c *command, args []string) error {
	fs := c.flags()
	roles := fs.StringSlice("roles", nil, "`角色`，用逗号分开：clerk 经办人、lead 负责人、admin 系统管理员、auditor 审计员")
	recovery := fs.Bool("recovery", false, "用恢复码进来（恢复码放在环境变量 "+recoveryEnv+" 里）")
	yes := fs.Bool("yes", false, "不再询问")
	rest, err := c.parse(args, 0, 2)
	if err != nil {
		return err
	}
	db, err := c.openAs(*recovery)
	if err != nil {
		return err
	}
	defer db.Close()
	what := "list"
	if len(rest) > 0 {
		what = rest[0]
	}
	if what == "list" {
		return c.listUsers(db)
	}
	if what == "recovery" {
		return c.newCode(db, *yes)
	}
	if len(rest) < 2 {
		return wrong("请写明是哪个用户，例如 touyanctl users %s 姓名", what)
	}
	name := strings.TrimSpace(rest[1])
	list, err := rolesNamed(*roles)
	if err != nil {
		return err
	}
	switch what {
	case "protect":
		return c.protect(db, name, list)
	case "add":
		return c.addUser(db, name, list)
	}
	i := slices.IndexFunc(db.Users(), func(u store.User) bool { return u.Name == name })
	if i < 0 {
		return refused("这本台账没有“%s”这个用户，有的是：%s", name, userNames(db.Users()))
	}
	if err := c.changeUser(db, db.Users()[i], what, list, *yes); err != nil {
		return err
	}
	if db.Stale() {
		c.say("还有钥匙要换：等持有这些钥匙的人下一次登录时自动办完。")
	}
	return c.listUsers(db)
}

// changeUser does one thing to a user there is.
func (c *command) changeUser(db *store.DB, u store.User, what string, roles []store.Role, yes bool) error {
	switch what {
	case "remove":
		if err := c.sure(yes, "停用“"+u.Name+"”后他再也进不来，台账会换锁。"); err != nil {
			return err
		}
		if err := db.RemoveUser(c.ctx, u.ID); err != nil {
			return err
		}
		c.say("已停用%s。他做过的事，留痕里都还在。", u.Name)
	case "roles":
		if err := db.SetRoles(c.ctx, u.ID, roles); err != nil {
			return err
		}
		c.say("%s的角色已改为：%s。", u.Name, store.RoleWords(roles))
	case "password":
		return c.newPassword(db, u)
	default:
		return wrong("users 没有“%s”这一项，可以写 list、protect、add、remove、roles、password、recovery", what)
	}
	return nil
}

// openAs is open, or goes in with the recovery code.
func (c *command) openAs(recovery bool) (*store.DB, error) {
	if !recovery {
		return c.open()
	}
	db, err := c.enter()
	if err != nil {
		return nil, err
	}
	code, err := c.secret(recoveryEnv, "恢复码：")
	if err == nil {
		err = db.UnlockRecovery(c.ctx, code)
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

func rolesNamed(words []string) (roles []store.Role, err error) {
	for _, w := range words {
		i := slices.IndexFunc(store.Roles, func(r store.Role) bool { return string(r) == w || r.Label() == w })
		if i < 0 {
			return nil, wrong("没有“%s”这个角色，可以写 clerk、lead、admin、auditor", w)
		}
		roles = append(roles, store.Roles[i])
	}
	return roles, nil
}

func (c *command) listUsers(db *store.DB) error {
	entries := []userEntry{}
	rows := [][]string{{"姓名", "角色", "加入", "密码最近修改", "说明"}}
	for _, u := range db.Users() {
		e := userEntry{Name: u.Name, Roles: []string{}, Since: u.Made.Format(time.RFC3339), Changed: u.Changed.Format(time.RFC3339), Waiting: u.Waiting}
		for _, r := range u.Roles {
			e.Roles = append(e.Roles, string(r))
		}
		entries = append(entries, e)
		note := ""
		if u.Waiting {
			note = "等持有钥匙的人登录后才能看记录"
		}
		rows = append(rows, []string{u.Name, store.RoleWords(u.Roles), day(u.Made), day(u.Changed), note})
	}
	if c.json {
		return c.emit(entries)
	}
	if len(entries) == 0 {
		c.say("这本台账没有设密码，谁打开都能看。设密码：touyanctl users protect 姓名 --roles clerk,lead,admin,auditor")
		return nil
	}
	return align(c.out, rows)
}

func day(t time.Time) string { return t.Format("2006-01-02") }

// protect gives a ledger its first user. The recovery code is shown this once.
func (c *command) protect(db *store.DB, name string, roles []store.Role) error {
	if !db.Open() {
		return store.ErrHasUsers
	}
	if len(roles) == 0 {
		roles = store.Roles // a small office
	}
	password, err := c.newSecret(name)
	if err != nil {
		return err
	}
	code, err := db.Protect(c.ctx, name, roles, password)
	if err != nil {
		return err
	}
	c.say("已给台账设密码，%s 的角色：%s。", name, store.RoleWords(roles))
	return c.showCode(code)
}

func (c *command) addUser(db *store.DB, name string, roles []store.Role) error {
	password, err := c.newSecret(name)
	if err != nil {
		return err
	}
	if err := db.AddUser(c.ctx, name, roles, password); err != nil {
		return err
	}
	c.say("已新增用户%s，角色：%s。", name, store.RoleWords(roles))
	return c.listUsers(db)
}

// newPassword changes one's own password, or resets another's.
func (c *command) newPassword(db *store.DB, u store.User) error {
	next, err := c.newSecret(u.Name)
	if err != nil {
		return err
	}
	if db.Session().User != u.ID {
		if err := db.ResetPassword(c.ctx, u.ID, next); err != nil {
			return err
		}
		c.say("已给%s重设密码。", u.Name)
		return nil
	}
	old, err := c.secret(passwordEnv, u.Name+"现在的密码：")
	if err != nil {
		return err
	}
	if err := db.SetPassword(c.ctx, old, next); err != nil {
		return err
	}
	c.say("%s的密码已修改。", u.Name)
	return nil
}

func (c *command) newCode(db *store.DB, yes bool) error {
	if err := c.sure(yes, "换了新的恢复码，信封里旧的那张就作废。"); err != nil {
		return err
	}
	code, err := db.NewRecoveryCode(c.ctx)
	if err != nil {
		return err
	}
	return c.showCode(code)
}

// codeEntry is the answer that shows a recovery code.
type codeEntry struct {
	Recovery string `json:"recovery"`
}

func (c *command) showCode(code string) error {
	c.say("恢复码只显示这一次，请抄在纸上、封进信封、锁进柜子；忘了密码时只有它能打开台账。")
	if c.json {
		return c.emit(codeEntry{code})
	}
	_, err := c.out.Write([]byte(code + "\n"))
	return err
}

// rekey changes the locks.
func rekey(c *command, args []string) error {
	c.flags()
	if _, err := c.parse(args, 0, 0); err != nil {
		return err
	}
	db, err := c.open()
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.Rekey(c.ctx); err != nil {
		return err
	}
	c.say("已更换密钥，台账里的内容都重新加了密。")
	return c.answer(struct {
		Ledger string `json:"ledger"`
	}{db.Path()})
}
