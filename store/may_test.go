package store_test

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"touyan/store"
)

// desk is a ledger with something to do each operation on.
type desk struct {
	*store.DB
	person, voided string
	batch          uint64
	copy           string
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	db := newLedger(t, township)
	d := &desk{DB: db, copy: filepath.Join(t.TempDir(), "copy")}
	p, v := &person{Name: "白音巴图"}, &person{Name: "斯琴"}
	put(t, db, p)
	put(t, db, v)
	do(t, db, "作废", func(tx *store.Tx) error { return tx.Void("person", v.ID, "重复") })
	d.person, d.voided, d.batch = p.ID, v.ID, batch(t, db)
	return d
}

// protect gives it users; 别人 is there for others to do things to.
func (d *desk) protect(t *testing.T) {
	t.Helper()
	if _, err := d.Protect(t.Context(), "苏和", store.Roles, adminWord); err != nil {
		t.Fatal(err)
	}
	for name, role := range map[string]store.Role{"经办人": store.Clerk, "负责人": store.Lead, "系统管理员": store.Admin, "审计员": store.Auditor, "别人": store.Clerk} {
		addUser(t, d.DB, name, clerkWord, role)
	}
}

// operation is one of the ledger's, and whose it is.
type operation struct {
	name, who string
	do        func(*desk) error
}

func discard(*store.Tx) error { return nil }

// Ensure that each operation does its work for those it is for, and answers all
// others why not: in an open ledger, a locked one, and under each role. An
// operation not told of here is none of the ledger's.
func TestWhoMayDoWhat(t *testing.T) {
	const everybody = "open 经办人 负责人 系统管理员 审计员"
	ctx := context.Background()
	operations := []operation{
		{"View", everybody, func(d *desk) error { return d.View(discard) }},
		{"View of a record", "open 经办人 负责人", func(d *desk) error {
			return d.View(func(tx *store.Tx) error { _, _, err := tx.Row("person", d.person); return err })
		}},
		{"Verify", everybody, func(d *desk) error { _, err := d.Verify(ctx); return err }},
		{"VerifyTelling", everybody, func(d *desk) error { _, err := d.VerifyTelling(ctx, nil); return err }},
		{"VerifyCopy", everybody, func(d *desk) error { _, err := d.VerifyCopy(ctx, d.copy); return err }},
		{"Copy", everybody + " locked", func(d *desk) error { _, err := d.Copy(ctx, io.Discard); return err }},
		{"Mark", everybody + " locked", func(d *desk) error { _, err := d.Mark(); return err }},
		{"ChangedSince", everybody + " locked", func(d *desk) error { _, err := d.ChangedSince(store.Mark{}); return err }},
		{"Settle", everybody + " locked", func(d *desk) error { _, _, err := d.Settle(); return err }},
		{"Do", "open 经办人 负责人", func(d *desk) error {
			return d.Do("录入", clerk, func(tx *store.Tx) error { return tx.Put(&person{Name: "那木拉"}) })
		}},
		{"Stage", "open 经办人 负责人", func(d *desk) error {
			_, err := stagePeople(d.DB, 2, func(*store.Stage) error { return nil })
			return err
		}},
		{"KeepDraft", "open 经办人 负责人", func(d *desk) error { return d.KeepDraft("person/1", "x") }},
		{"Draft", everybody, func(d *desk) error { var s string; _, err := d.Draft("person/1", &s); return err }},
		{"Drafts", everybody, func(d *desk) error { _, err := d.Drafts(); return err }},
		{"DropDraft", everybody, func(d *desk) error { return d.DropDraft("person/1") }},
		{"Note", everybody, func(d *desk) error { return d.Note("打印", "花名册", "", clerk) }},
		{"KeepSetting", "open 经办人 负责人 系统管理员", func(d *desk) error { return d.KeepSetting("改设置", "x", clerk, "x", 1) }},
		{"MayApprove", "负责人", func(d *desk) error { return d.MayApprove("张敏") }},
		{"Do of an approval", "负责人", func(d *desk) error { return approve(d.DB, d.batch) }},
		{"Undo", "open 经办人 负责人", func(d *desk) error { _, err := d.Undo(d.batch, clerk, true); return err }},
		{"Purge", "open 负责人", func(d *desk) error { _, err := d.Purge(ctx, "person", d.voided, "本人要求", clerk); return err }},
		{"Compact", everybody, func(d *desk) error { return d.Compact(ctx) }},
		{"Rekey", "负责人 系统管理员", func(d *desk) error { return d.Rekey(ctx) }},
		{"AddUser", "系统管理员", func(d *desk) error {
			return d.AddUser(ctx, "新来的", []store.Role{store.Clerk}, clerkWord)
		}},
		{"SetRoles", "系统管理员", func(d *desk) error { return d.SetRoles(ctx, d.other(), []store.Role{store.Auditor}) }},
		{"ResetPassword", "系统管理员", func(d *desk) error { return d.ResetPassword(ctx, d.other(), leadWord) }},
		{"RemoveUser", "系统管理员", func(d *desk) error { return d.RemoveUser(ctx, d.other()) }},
		{"NewRecoveryCode", "负责人", func(d *desk) error { _, err := d.NewRecoveryCode(ctx); return err }},
		{"SetPassword", "经办人 负责人 系统管理员 审计员", func(d *desk) error { return d.SetPassword(ctx, clerkWord, leadWord) }},
		{"Protect", "open", func(d *desk) error { _, err := d.Protect(ctx, "苏和", store.Roles, adminWord); return err }},
	}
	for _, who := range strings.Fields(everybody + " locked") {
		t.Run(who, func(t *testing.T) {
			d := newDesk(t)
			if who != "open" {
				d.protect(t)
			}
			copyFile(t, d.Path(), d.copy)
			switch who {
			case "open":
			case "locked":
				d.Lock()
			default:
				login(t, d.DB, who, clerkWord)
			}
			for _, o := range operations {
				err := o.do(d)
				if may := slices.Contains(strings.Fields(o.who), who); may != (err == nil) {
					t.Errorf("%s: %v", o.name, err)
				}
				switch {
				case who == "locked" && err != nil && !errors.Is(err, store.ErrLocked) && o.name != "Protect" && o.name != "MayApprove":
					t.Errorf("%s of a locked ledger: %v", o.name, err)
				case errors.Is(err, store.ErrDamaged) || errors.Is(err, store.ErrUnsaved):
					t.Errorf("%s: %v", o.name, err)
				}
			}
			if who != "locked" && !verify(t, d.DB).Good() {
				t.Error(verify(t, d.DB).Findings)
			}
		})
	}
	without := strings.Fields("Close Path Kinds Office Sample Now Watch Users Recovery Open Title Locked Session Stale Findings Uncertain Waiting Lock Unlock UnlockRecovery")
	for m := range reflect.TypeFor[*store.DB]().Methods() {
		told := slices.ContainsFunc(operations, func(o operation) bool { return o.name == m.Name })
		if !told && !slices.Contains(without, m.Name) {
			t.Errorf("nobody says who may %s", m.Name)
		}
	}
}

// other is somebody else's id.
func (d *desk) other() string {
	for _, u := range d.Users() {
		if u.Name == "别人" {
			return u.ID
		}
	}
	return ""
}
