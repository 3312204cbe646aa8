package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"touyan/store"

	"golang.org/x/term"
)

// Where passwords come from when nobody sits in front of the program.
const (
	passwordEnv    = "TOUYAN_PASSWORD"
	newPasswordEnv = "TOUYAN_NEW_PASSWORD"
	recoveryEnv    = "TOUYAN_RECOVERY"
)

// login goes in as the user the call names; one who is alone needs no naming.
func (c *command) login(db *store.DB) error {
	users := db.Users()
	name := c.who().Name
	if !c.named() && len(users) == 1 {
		name = users[0].Name
	} else if !c.named() {
		return wrong("这本台账有%d名用户，请用 --user 写明是谁：%s", len(users), userNames(users))
	}
	i := slices.IndexFunc(users, func(u store.User) bool { return u.Name == name })
	if i < 0 {
		return refused("这本台账没有“%s”这个用户，有的是：%s", name, userNames(users))
	}
	password, err := c.secret(passwordEnv, name+"的密码：")
	if err != nil {
		return err
	}
	return db.Unlock(c.ctx, users[i].ID, password)
}

func userNames(users []store.User) string {
	var names []string
	for _, u := range users {
		names = append(names, u.Name)
	}
	return strings.Join(names, "、")
}

// named reports whether the call says in whose name it acts.
func (c *command) named() bool {
	return strings.TrimSpace(c.user) != "" || strings.TrimSpace(os.Getenv("TOUYAN_USER")) != ""
}

// secret takes a password from the environment, or asks who sits at the
// terminal. Without one a missing password is a wrong call, and nobody waits.
func (c *command) secret(env, question string) (string, error) {
	if s := os.Getenv(env); s != "" {
		return s, nil
	}
	in := int(os.Stdin.Fd())
	if !term.IsTerminal(in) {
		return "", noPassword{fmt.Errorf("没有给出密码，请把它放进环境变量 %s", env)}
	}
	fmt.Fprint(c.err, question)
	b, err := term.ReadPassword(in)
	fmt.Fprintln(c.err)
	if err != nil {
		return "", noPassword{errors.New("没有读到密码")}
	}
	return string(b), nil
}

// newSecret is secret for a password that is to be: typed twice at a terminal.
func (c *command) newSecret(name string) (string, error) {
	first, err := c.secret(newPasswordEnv, name+"的新密码：")
	if err != nil {
		return "", err
	}
	if os.Getenv(newPasswordEnv) != "" {
		return first, nil
	}
	again, err := c.secret(newPasswordEnv, "再输入一遍：")
	if err != nil {
		return "", err
	}
	if first != again {
		return "", refused("两遍输入的密码不一样，请重来")
	}
	return first, nil
}

// sure asks who sits at the terminal; in a script the flag has to say it.
func (c *command) sure(yes bool, question string) error {
	if yes {
		return nil
	}
	if !term.IsTerminal(int(os.Stdin.Fd())) {
		return wrong("%s确定的话，请加上 --yes", question)
	}
	fmt.Fprint(c.err, question+"确定请输入“是”：")
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if err != nil || strings.TrimSpace(line) != "是" {
		return refused("没有办理")
	}
	return nil
}
