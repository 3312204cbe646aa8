package store

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"touyan/store/field"
	"touyan/store/vault"
)

// CheckPassword tells whether a password will do: GB/T 22239-2019 8.1.4.1 asks
// for one that is complex; eight characters of two sorts are 默认值.
func CheckPassword(name, password string) error {
	sorts := map[int]bool{}
	run := true
	last := rune(0)
	for i, r := range password {
		switch {
		case unicode.IsDigit(r):
			sorts[0] = true
		case r < utf8.RuneSelf && unicode.IsLetter(r):
			sorts[1] = true
		case unicode.IsLetter(r):
			sorts[2] = true
		default:
			sorts[3] = true
		}
		if i > 0 {
			run = run && (r == last || r == last+1 || r == last-1)
		}
		last = r
	}
	if utf8.RuneCountInString(password) < 8 || len(sorts) < 2 || run || strings.EqualFold(password, name) {
		return ErrShort
	}
	return nil
}

// SetPassword changes the password of who is logged in. A wrong old one counts
// as at a login: who finds the ledger open does not try passwords here.
func (db *DB) SetPassword(ctx context.Context, old, password string) error {
	s := db.Session()
	switch {
	case s.User == "" && db.Locked():
		return ErrLocked
	case s.User == "":
		return ErrOpen
	case s.By != vault.Password:
		return ErrNoRight // a recovery code is replaced, see NewRecoveryCode
	}
	if err := CheckPassword(s.Name, password); err != nil {
		return err
	}
	if err := db.holdingDoor(db.mayTry); err != nil {
		return err
	}
	cost := db.opts.cost()
	err := db.changeHeader(ctx, Entry{Op: "修改密码"}, func(h *vault.Header, _ *vault.Ring) error {
		return h.SetSecret(s.User, []byte(old), []byte(password), cost, db.now())
	})
	if errors.Is(err, vault.ErrPassword) {
		return cmp.Or(db.holdingDoor(func() error { return db.noteFailure(vault.Slot{Kind: s.By, Name: s.Name}) }), ErrPassword)
	}
	return err
}

// holdingDoor runs what reads or writes the door.
func (db *DB) holdingDoor(f func() error) error {
	db.writing.Lock()
	defer db.writing.Unlock()
	return guard(db.path, f)
}

// ResetPassword gives somebody who forgot his a new one. It takes an
// administrator, or whoever came in with the recovery code.
func (db *DB) ResetPassword(ctx context.Context, id, password string) error {
	if err := db.mayKeepUsers(); err != nil {
		return err
	}
	s := db.slot(id)
	switch {
	case s == nil || s.Kind != vault.Password:
		return ErrNoUser
	case id == db.Session().User:
		return ErrOwnPassword
	}
	if err := CheckPassword(s.Name, password); err != nil {
		return err
	}
	if db.loses(*s) {
		return ErrOnlyKey
	}
	cost := db.opts.cost()
	return db.changeHeader(ctx, Entry{Op: "重设密码", Object: s.Name}, func(h *vault.Header, r *vault.Ring) error {
		return h.Replace(r, id, []byte(password), cost, db.now())
	})
}

// loses reports whether a new password, given by this session, would throw a key
// away that no other user holds: the old password guards it as long as he may
// remember it.
func (db *DB) loses(s vault.Slot) bool {
	others, mine := db.passwords(), db.Session()
	return slices.ContainsFunc(s.Wraps, func(w vault.Wrap) bool {
		return !slices.Contains(mine.keys, w.Class) &&
			!slices.ContainsFunc(others, func(o vault.Slot) bool { return o.ID != s.ID && holds(o, w.Class) })
	})
}

// NewRecoveryCode makes a new recovery code in place of the old one and returns
// it. It takes a session that holds every key. The locks are changed as when a
// user is removed: the old code and an old copy of the file open nothing of later.
func (db *DB) NewRecoveryCode(ctx context.Context) (code string, err error) {
	switch s := db.Session(); {
	case db.Locked():
		return "", ErrLocked
	case s.User == "":
		return "", ErrOpen
	case slices.ContainsFunc(allClasses, func(c vault.Class) bool { return !s.Reads(field.Class(c)) }):
		return "", ErrNoRight
	}
	code = vault.NewCode()
	cost := db.opts.cost()
	err = db.relock(ctx, Entry{Op: "更换恢复码"}, func(h *vault.Header, r *vault.Ring) (*vault.Ring, error) {
		h.Slots = slices.DeleteFunc(slices.Clone(h.Slots), func(s vault.Slot) bool { return s.Kind == vault.Recovery })
		h.Stale = nil
		next, err := h.Rotate(r, r.Classes()...)
		if err != nil {
			return nil, err
		}
		return next, db.addRecovery(h, next, code, cost)
	})
	if err != nil {
		return "", err
	}
	return code, nil
}

func (db *DB) addRecovery(h *vault.Header, r *vault.Ring, code string, cost vault.Cost) error {
	_, err := h.Add(r, vault.Entry{
		Kind: vault.Recovery, Roles: roleNames(Roles), Holds: allClasses, Secret: []byte(code), Cost: cost, At: db.now(),
	})
	return err
}
