package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"touyan/store/field"
	"touyan/store/vault"
)

// User is somebody who may open the ledger.
type User struct {
	ID      string
	Name    string
	Roles   []Role
	Made    time.Time
	Changed time.Time // the password, last
	Waiting bool      // for a holder of the keys to come in and hand them over
}

// Users lists who may open the ledger, also while it is locked.
func (db *DB) Users() (list []User) {
	db.mu.RLock()
	defer db.mu.RUnlock()
	for _, s := range db.header.Slots {
		if s.Kind == vault.Password {
			list = append(list, User{s.ID, s.Name, rolesNamed(s.Roles), s.Made, s.Changed, len(s.Wants) > 0})
		}
	}
	return list
}

// Recovery tells when the recovery code was made, zero if there is none.
func (db *DB) Recovery() time.Time {
	db.mu.RLock()
	defer db.mu.RUnlock()
	for _, s := range db.header.Slots {
		if s.Kind == vault.Recovery {
			return s.Made
		}
	}
	return time.Time{}
}

// Open reports whether the ledger is open to everybody.
func (db *DB) Open() bool {
	db.mu.RLock()
	defer db.mu.RUnlock()
	return slices.ContainsFunc(db.header.Slots, func(s vault.Slot) bool { return s.Kind == vault.Open })
}

var (
	// ErrName is a user without a name, or with one that another has.
	ErrName = errors.New("请填写用户姓名，不要与已有的用户重名")
	// ErrRoles is a user without a role.
	ErrRoles = errors.New("请至少选择一个角色")
	// ErrShort is a password that is too easy to guess.
	ErrShort = errors.New("密码至少 8 个字符，并且字母、数字、汉字、符号至少用两种，不能就是姓名或一串连号，请换一个")
	// ErrLast is a change after which nobody could keep the users, or read the records.
	ErrLast = errors.New("台账至少要留一名系统管理员，并至少留一名能看记录的经办人或负责人，请先给别人加上这个角色")
	// ErrOwnPassword is a new password for oneself without the old one.
	ErrOwnPassword = errors.New("自己的密码请用“修改密码”来改，要先输入现在的密码")
	// ErrOnlyKey is a new password for who alone holds a key.
	ErrOnlyKey = errors.New("有些内容只有他的密码能打开，在这里重设就再也打不开了；请改用恢复码登录后重设")
	// ErrOpen is a step that only a ledger with users knows.
	ErrOpen = errors.New("这本台账还没有设密码，请先设密码")
	// ErrHasUsers is a first user for a ledger that has one.
	ErrHasUsers = errors.New("这本台账已经设了密码，请用“用户”里的“新增用户”")
)

func (db *DB) checkUser(name string, roles []Role) error {
	unseen := func(r rune) bool { return !unicode.IsPrint(r) } // two users would look the same
	if name = strings.TrimSpace(name); name == "" || strings.ContainsFunc(name, unseen) || slices.ContainsFunc(db.Users(), func(u User) bool { return u.Name == name }) {
		return ErrName
	}
	if len(roles) == 0 {
		return ErrRoles
	}
	return nil
}

// Protect gives a ledger that was open to everybody its first user and a
// recovery code, which it returns: it is in no file, and not to be had again.
// Every value is sealed anew, for the old keys lay in clear.
func (db *DB) Protect(ctx context.Context, name string, roles []Role, password string) (code string, err error) {
	if !db.Open() {
		return "", ErrHasUsers
	}
	if err := errors.Join(db.checkUser(name, roles), CheckPassword(name, password)); err != nil {
		return "", err
	}
	if !slices.Contains(roles, Admin) || len(classesOf(roles)) == 0 {
		return "", ErrLast
	}
	code = vault.NewCode()
	cost := db.opts.cost()
	var user string
	err = db.relock(ctx, Entry{Op: "设密码", Who: Actor{Name: name, Role: RoleWords(roles)}, Object: name + "（" + RoleWords(roles) + "）"}, func(h *vault.Header, r *vault.Ring) (*vault.Ring, error) {
		h.Slots = nil
		next, err := h.Rotate(r, r.Classes()...)
		if err != nil {
			return nil, err
		}
		s, err := h.Add(next, db.passwordEntry(name, roles, password, cost))
		if err != nil {
			return nil, err
		}
		user = s.ID
		return next, db.addRecovery(h, next, code, cost)
	})
	if err != nil {
		return "", err
	}
	db.become(user)
	return code, nil
}

// become makes the session that of a user whose keys it holds already, and gives
// up those he has no right to.
func (db *DB) become(user string) {
	db.writing.Lock()
	defer db.writing.Unlock()
	db.reading.alone(func() {
		db.mu.Lock()
		defer db.mu.Unlock()
		s := db.header.Slot(user)
		if s == nil || db.ring == nil {
			return // locked meanwhile
		}
		db.ring.Keep(append(classesOf(rolesNamed(s.Roles)), vault.Common)...)
		db.session = sessionOf(s, db.ring)
	})
}

func (db *DB) passwordEntry(name string, roles []Role, password string, cost vault.Cost) vault.Entry {
	return vault.Entry{
		Kind: vault.Password, Name: strings.TrimSpace(name), Roles: roleNames(roles), Holds: classesOf(roles),
		Secret: []byte(password), Cost: cost, At: db.now(),
	}
}

// AddUser lets somebody in. Keys that this session does not hold are handed over
// by the next one who holds them and comes in.
func (db *DB) AddUser(ctx context.Context, name string, roles []Role, password string) error {
	if err := db.mayKeepUsers(); err != nil {
		return err
	}
	if err := errors.Join(db.checkUser(name, roles), CheckPassword(name, password)); err != nil {
		return err
	}
	cost := db.opts.cost()
	return db.changeHeader(ctx, Entry{Op: "新增用户", Object: name + "（" + RoleWords(roles) + "）"}, func(h *vault.Header, r *vault.Ring) error {
		_, err := h.Add(r, db.passwordEntry(name, roles, password, cost))
		return err
	})
}

// mayKeepUsers answers ErrNoRight unless an administrator is in.
func (db *DB) mayKeepUsers() error {
	switch s := db.Session(); {
	case db.Locked():
		return ErrLocked
	case s.User == "":
		return ErrOpen
	case !s.Has(Admin):
		return ErrNoRight
	}
	return nil
}

// RemoveUser shuts somebody out for good: his slot goes, and the locks of all he
// could read are changed, at once if this session holds those keys, else by the
// next who does. What he did stays in the journal under his name.
func (db *DB) RemoveUser(ctx context.Context, id string) error {
	if err := db.mayKeepUsers(); err != nil {
		return err
	}
	s := db.slot(id)
	if s == nil || s.Kind != vault.Password {
		return ErrNoUser
	}
	if err := db.leaves(id, nil); err != nil {
		return err
	}
	classes := append([]vault.Class{vault.Common}, classesOf(rolesNamed(s.Roles))...)
	e := Entry{Op: "停用用户", Object: s.Name + "（" + RoleWords(rolesNamed(s.Roles)) + "）"}
	held := func(r *vault.Ring) bool {
		return !slices.ContainsFunc(classes, func(c vault.Class) bool { return !r.Holds(c) })
	}
	db.mu.RLock()
	now := held(db.ring)
	db.mu.RUnlock()
	if !now {
		return db.changeHeader(ctx, e, func(h *vault.Header, _ *vault.Ring) error {
			for _, c := range classes {
				if !slices.Contains(h.Stale, c) {
					h.Stale = append(h.Stale, c)
				}
			}
			return h.Remove(id)
		})
	}
	return db.relock(ctx, e, func(h *vault.Header, r *vault.Ring) (*vault.Ring, error) {
		if err := h.Remove(id); err != nil {
			return nil, err
		}
		return h.Rotate(r, classes...)
	})
}

// leaves answers ErrLast if without this user, or with these roles instead,
// nobody could keep the users or read the records. Who waits for his keys does not
// read them: from whom should he get them?
func (db *DB) leaves(id string, roles []Role) error {
	admin, reader := false, false
	for _, s := range db.passwords() {
		has := rolesNamed(s.Roles)
		if s.ID == id {
			has = roles
		}
		admin = admin || slices.Contains(has, Admin)
		reader = reader || len(classesOf(has)) > 0 && holds(s, vault.Class(field.Ordinary))
	}
	if !admin || !reader {
		return ErrLast
	}
	return nil
}

// passwords are the slots of users.
func (db *DB) passwords() []vault.Slot {
	db.mu.RLock()
	defer db.mu.RUnlock()
	return slices.DeleteFunc(slices.Clone(db.header.Slots), func(s vault.Slot) bool { return s.Kind != vault.Password })
}

func holds(s vault.Slot, c vault.Class) bool {
	return slices.ContainsFunc(s.Wraps, func(w vault.Wrap) bool { return w.Class == c })
}

// SetRoles changes what somebody does. Roles taken away take their keys along:
// the locks are changed as when a user is removed.
func (db *DB) SetRoles(ctx context.Context, id string, roles []Role) error {
	if err := db.mayKeepUsers(); err != nil {
		return err
	}
	s := db.slot(id)
	if s == nil || s.Kind != vault.Password {
		return ErrNoUser
	}
	if len(roles) == 0 {
		return ErrRoles
	}
	if err := db.leaves(id, roles); err != nil {
		return err
	}
	had, gets := classesOf(rolesNamed(s.Roles)), classesOf(roles)
	lost := slices.DeleteFunc(slices.Clone(had), func(c vault.Class) bool { return slices.Contains(gets, c) })
	e := Entry{Op: "更改角色", Object: fmt.Sprintf("%s（%s → %s）", s.Name, RoleWords(rolesNamed(s.Roles)), RoleWords(roles))}
	err := db.changeHeader(ctx, e, func(h *vault.Header, r *vault.Ring) error {
		for _, c := range lost {
			if !slices.Contains(h.Stale, c) {
				h.Stale = append(h.Stale, c)
			}
		}
		return h.Grant(r, id, roleNames(roles), gets)
	})
	if err != nil {
		return err
	}
	if len(lost) > 0 {
		db.writing.Lock()
		if err = db.completeKeys(); !errors.Is(err, ErrUncertain) {
			err = nil // the roles are changed; the locks are at another login, see Stale
		}
		db.writing.Unlock()
	}
	if db.Session().User == id {
		db.become(id)
	}
	return err
}
