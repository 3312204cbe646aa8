package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"touyan/store/field"
	"touyan/store/vault"
)

// Role is what somebody does in the office. One person may have several.
type Role string

// The roles.
const (
	Clerk   Role = "clerk"   // 经办人: keeps the records
	Lead    Role = "lead"    // 负责人: also approves, and sees discipline
	Admin   Role = "admin"   // 系统管理员: users and backups, no record
	Auditor Role = "auditor" // 审计员: the journal's heads, no record
)

// Roles lists them in the order offices name them.
var Roles = []Role{Clerk, Lead, Admin, Auditor}

var roleLabels = map[Role]string{Clerk: "经办人", Lead: "负责人", Admin: "系统管理员", Auditor: "审计员"}

// Label is what offices call the role.
func (r Role) Label() string { return roleLabels[r] }

// classes are the values a role reads and writes.
func (r Role) classes() []vault.Class {
	switch r {
	case Clerk:
		return []vault.Class{vault.Class(field.Ordinary), vault.Class(field.Pay)}
	case Lead:
		return allClasses
	}
	return nil
}

var allClasses = []vault.Class{vault.Class(field.Ordinary), vault.Class(field.Discipline), vault.Class(field.Pay)}

func classesOf(roles []Role) (list []vault.Class) {
	for _, c := range allClasses {
		if slices.ContainsFunc(roles, func(r Role) bool { return slices.Contains(r.classes(), c) }) {
			list = append(list, c)
		}
	}
	return list
}

func roleNames(roles []Role) (names []string) {
	for _, r := range roles {
		names = append(names, string(r))
	}
	return names
}

func rolesNamed(names []string) (roles []Role) {
	for _, r := range Roles {
		if slices.Contains(names, string(r)) {
			roles = append(roles, r)
		}
	}
	return roles
}

// RoleWords names roles as offices do.
func RoleWords(roles []Role) string {
	var words []string
	for _, r := range roles {
		words = append(words, r.Label())
	}
	return strings.Join(words, "、")
}

// Session is who works with an unlocked ledger.
type Session struct {
	User  string // id of the user; empty: the ledger is open to everybody
	Name  string
	Roles []Role
	By    vault.SlotKind // what opened it: a password, the recovery code, nothing

	keys []vault.Class // held: fewer than the roles are for until they are handed over
}

// Has reports whether the session has a role.
func (s Session) Has(r Role) bool { return slices.Contains(s.Roles, r) }

// Reads reports whether the session sees values of a class.
func (s Session) Reads(c field.Class) bool { return slices.Contains(s.keys, vault.Class(c)) }

// Session returns who works here, zero while the ledger is locked.
func (db *DB) Session() Session {
	db.mu.RLock()
	defer db.mu.RUnlock()
	return db.session
}

// Locked reports whether the ledger waits for a password.
func (db *DB) Locked() bool {
	db.mu.RLock()
	defer db.mu.RUnlock()
	return db.ring == nil
}

// Title is the office's name as the header tells it, also while locked.
func (db *DB) Title() string {
	db.mu.RLock()
	defer db.mu.RUnlock()
	return db.header.Title
}

// actor is who does an operation: who is logged in, else who says so.
func (db *DB) actor(said Actor) Actor {
	s := db.Session()
	if s.User == "" {
		return said
	}
	return Actor{Name: s.Name, Role: RoleWords(s.Roles)}
}

// enterOpen goes in by the slot that needs nothing, if there is one.
func (db *DB) enterOpen() error {
	i := slices.IndexFunc(db.header.Slots, func(s vault.Slot) bool { return s.Kind == vault.Open })
	if i < 0 {
		return nil
	}
	s := db.header.Slots[i]
	if err := db.enter(s.ID, nil); err != nil {
		return err
	}
	db.learn()
	return db.hear()
}

// enter opens a slot and loads the ledger. A copy of the header that is damaged
// where the other is not does no harm.
func (db *DB) enter(slot string, secret []byte) (err error) {
	for _, h := range db.headers {
		var ring *vault.Ring
		var l loaded
		if ring, err = h.Unlock(slot, secret); err == nil {
			l, err = db.load(ring, h.Generation)
		}
		if err == nil {
			s := h.Slot(slot)
			db.mu.Lock()
			defer db.mu.Unlock()
			db.header, db.headers, db.ring = h, []*vault.Header{h}, ring
			db.meta, db.names, db.aliases = l.meta, l.names, l.aliases
			db.session = sessionOf(s, ring)
			if s.Kind == vault.Open {
				db.session.User = ""
			}
			return nil
		}
		if !errors.Is(err, vault.ErrHeader) && !errors.Is(err, vault.ErrNoSlot) {
			return err
		}
	}
	if errors.Is(err, vault.ErrHeader) {
		return ErrDamaged
	}
	return err
}

func sessionOf(s *vault.Slot, ring *vault.Ring) Session {
	return Session{User: s.ID, Name: s.Name, Roles: rolesNamed(s.Roles), By: s.Kind, keys: ring.Classes()}
}

// WaitError is a login refused for now because too many went wrong before.
type WaitError struct{ For time.Duration }

func (e *WaitError) Error() string {
	return fmt.Sprintf("密码连续输错多次，请等 %s再试", waitWords(e.For))
}

func waitWords(d time.Duration) string {
	if d > 90*time.Second {
		return fmt.Sprintf("%d 分钟", int((d+time.Minute-1)/time.Minute))
	}
	return fmt.Sprintf("%d 秒", int((d+time.Second-1)/time.Second))
}

// Unlock opens the ledger for a user. It answers ErrPassword, a *WaitError, or
// ErrNoUser; ctx is looked at before the password is tried, which takes up to a
// second.
func (db *DB) Unlock(ctx context.Context, user, password string) error {
	s := db.slot(user)
	if s == nil || s.Kind != vault.Password {
		return ErrNoUser
	}
	return db.unlock(ctx, *s, password)
}

// UnlockRecovery opens the ledger with the printed recovery code. Who comes in
// so holds every key, and is there to give somebody a new password. A code typed
// wrongly answers a *vault.CodeError without counting as an attempt.
func (db *DB) UnlockRecovery(ctx context.Context, typed string) error {
	code, err := vault.ReadCode(typed)
	if err != nil {
		return err
	}
	db.mu.RLock()
	slots := slices.Clone(db.header.Slots)
	db.mu.RUnlock()
	i := slices.IndexFunc(slots, func(s vault.Slot) bool { return s.Kind == vault.Recovery })
	if i < 0 {
		return ErrNoUser
	}
	return db.unlock(ctx, slots[i], code)
}

func (db *DB) slot(id string) *vault.Slot {
	db.mu.RLock()
	defer db.mu.RUnlock()
	s := db.header.Slot(id)
	if s == nil {
		return nil
	}
	c := *s
	return &c
}

func (db *DB) unlock(ctx context.Context, s vault.Slot, secret string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !db.Locked() {
		db.Lock()
	}
	settled, err := db.unlockAlone(s, secret)
	if settled != nil {
		db.announce(Event{Op: settled.Op, Seq: settled.Seq, Kinds: map[string]bool{}, Settled: true})
	}
	return err
}

// unlockAlone opens the ledger. Where it was in question whether the last
// operation before it was locked had been saved, and it was, it returns that.
func (db *DB) unlockAlone(s vault.Slot, secret string) (settled *Entry, err error) {
	db.writing.Lock()
	defer db.writing.Unlock()
	asked := db.unsettled
	if asked != nil || db.stuck.Load() {
		if _, err := db.reopen(); err != nil {
			return nil, err
		}
		db.unsettled = nil // till somebody is in
	}
	err = guard(db.path, func() error { return db.try(s, secret) })
	if db.unsettled = asked; err != nil {
		return nil, err
	}
	if asked != nil {
		stored, err := db.reopen()
		if err != nil {
			return nil, err
		}
		if stored {
			settled = asked
		}
	}
	return settled, guard(db.path, func() error { return db.welcome(s) })
}

// try tries a password or a code.
func (db *DB) try(s vault.Slot, secret string) error {
	if err := db.mayTry(); err != nil {
		return err
	}
	err := db.enter(s.ID, []byte(secret))
	if errors.Is(err, vault.ErrPassword) {
		return cmp.Or(db.noteFailure(s), ErrPassword)
	}
	if err == nil {
		db.learn()
	}
	return err
}

// Lock waits for running work to end and takes the keys away. A ledger that is
// open to everybody stays open.
func (db *DB) Lock() {
	db.writing.Lock()
	defer db.writing.Unlock()
	if s := db.Session(); s.User == "" {
		return
	}
	db.keepAnchor()
	db.dropKeys()
}

// dropKeys takes the keys away, by whoever holds db.writing.
func (db *DB) dropKeys() {
	db.reading.alone(func() {
		db.mu.Lock()
		defer db.mu.Unlock()
		if db.ring != nil {
			db.ring.Wipe()
		}
		if db.rewritten != nil { // a change of the locks in question: its keys go too
			db.rewritten.next.Wipe()
			db.rewritten = nil
		}
		db.ring, db.session, db.names, db.aliases = nil, Session{}, nil, map[string]string{}
	})
}
