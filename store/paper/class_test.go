package paper

import (
	"context"
	"errors"
	"strings"
	"testing"

	"touyan/store"
)

const leadWord, clerkWord = "红马鞍子 #77", "蓝天白云2026"

// guarded is a desk whose ledger has a 负责人, who is in, and a 经办人.
func guarded(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	_, err := d.db.Protect(t.Context(), "苏和", store.Roles, leadWord)
	ok(t, err)
	ok(t, d.db.AddUser(t.Context(), "张敏", []store.Role{store.Clerk}, clerkWord))
	return d
}

func (d *desk) come(name, word string) {
	d.t.Helper()
	for _, u := range d.db.Users() {
		if u.Name == name {
			ok(d.t, d.db.Unlock(context.Background(), u.ID, word))
		}
	}
}

// Ensure that a paper on discipline opens for a 负责人, that a 经办人 gets a plain
// sentence instead, can neither attach nor replace one, and that his check of the
// files neither reads it nor takes its file for nobody's.
func TestDisciplineIsForALeader(t *testing.T) {
	d := guarded(t)
	v := d.attach(Owner{Person: d.person}, d.photo("警告处分决定.jpg", 1), d.photo("毕业证书.jpg", 2))
	bad, good := v[0].Record, v[1].Record
	if _, _, err := Get(d.db, bad); err != nil {
		t.Fatalf("the 负责人: %v", err)
	}
	d.come("张敏", clerkWord)
	c, _, err := Get(d.db, bad)
	closed, is := errors.AsType[*FileError](err)
	if c != nil || !is || closed.State != Closed || closed.Error() != "“警告处分决定”的原件是处理处分材料，只有负责人能看；请由负责人登录后打开。" {
		t.Errorf("the 经办人 opens it: %v", err)
	}
	ok(t, d.db.View(func(tx *store.Tx) error {
		for p, err := range Of(tx, d.person) {
			if err != nil {
				return err
			}
			kept, s, err := Seen(tx, d.db, p)
			if err != nil || (p.ID == bad) != (s == Closed) || (p.ID == bad) != (len(kept.Thumb) == 0) {
				t.Errorf("%s: seen as %v, %v, with a picture of %d bytes", p.Title, s, err, len(kept.Thumb))
			}
		}
		return nil
	}))
	out := d.from + "/副本.jpg"
	if err := Export(d.db, clerk, bad, out); err == nil || !strings.Contains(err.Error(), "只有负责人能看") {
		t.Errorf("the 经办人 takes it along: %v", err)
	}
	if _, err := Replace(t.Context(), d.db, clerk, bad, d.photo("三.jpg", 3)); err == nil || !strings.Contains(err.Error(), "处理处分材料") {
		t.Errorf("the 经办人 replaces it: %v", err)
	}
	again := d.attach(Owner{Village: d.village}, d.photo("别的名称.jpg", 1), d.photo("合影.jpg", 5))
	if again[0].Err == nil || !strings.Contains(again[0].Err.Error(), "与一份处理处分材料是同一份") || again[1].Err != nil {
		t.Errorf("the same content under another name: %v; another: %v", again[0].Err, again[1].Err)
	}
	mine := d.attach(Owner{Person: d.person}, d.photo("诫勉决定.jpg", 6), d.photo("荣誉证书.jpg", 7))
	if mine[0].Err == nil || !strings.Contains(mine[0].Err.Error(), "请由负责人登录后添加") || mine[1].Err != nil {
		t.Errorf("attached one on discipline: %v; another: %v", mine[0].Err, mine[1].Err)
	}
	r := d.check()
	if r.Closed != 1 || len(r.Wrong)+len(r.Orphans) != 0 {
		t.Errorf("checked: %+v", r)
	}
	if moved, err := SetAside(d.db, clerk, []Orphan{{Name: d.kept()[0]}, {Name: d.kept()[1]}}); err != nil || len(moved) != 0 {
		t.Errorf("moved away %q, %v", moved, err)
	}
	if _, _, err := Get(d.db, good); err != nil {
		t.Errorf("what is his: %v", err)
	}
	d.come("苏和", leadWord)
	if _, _, err := Get(d.db, bad); err != nil {
		t.Errorf("the 负责人, after all this: %v", err)
	}
}
