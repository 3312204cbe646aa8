package paper

import (
	"context"
	"errors"
	"strings"
	"testing"

	"touyan/store"
)

// Ensure that papers are for who may read records: not while the ledger is
// locked, not for the administrator; and that they stay whole when the keys are
// made anew.
func TestPapersAndKeys(t *testing.T) {
	const word, adminWord = "红马鞍子 #77", "蓝天白云2026"
	d := newDesk(t)
	id := d.attach(Owner{Person: d.person}, d.photo("毕业证书.jpg", 1))[0].Record
	_, err := d.db.Protect(t.Context(), "苏和", store.Roles, adminWord)
	ok(t, err)
	ok(t, d.db.AddUser(t.Context(), "张敏", []store.Role{store.Clerk}, word))
	ok(t, d.db.AddUser(t.Context(), "管理员", []store.Role{store.Admin}, word+"2"))
	users := map[string]string{}
	for _, u := range d.db.Users() {
		users[u.Name] = u.ID
	}
	ok(t, d.db.Rekey(t.Context()))
	d.db.Lock()
	if _, _, err := Get(d.db, id); !errors.Is(err, store.ErrLocked) {
		t.Errorf("opened while locked: %v", err)
	}
	if _, err := Attach(context.Background(), d.db, clerk, Owner{Person: d.person}, []string{d.photo("二.jpg", 2)}, nil); !errors.Is(err, store.ErrLocked) {
		t.Errorf("attached while locked: %v", err)
	}
	ok(t, d.db.Unlock(t.Context(), users["张敏"], word))
	if _, _, err := Get(d.db, id); err != nil {
		t.Errorf("after new keys: %v", err)
	}
	if v := d.attach(Owner{Village: d.village}, d.photo("三.jpg", 3)); v[0].Err != nil {
		t.Errorf("attached by the clerk: %v", v[0].Err)
	}
	r, err := d.db.Verify(t.Context())
	ok(t, err)
	if len(r.Findings) > 0 {
		t.Errorf("verified: %v", r.Findings)
	}
	d.db.Lock()
	ok(t, d.db.Unlock(t.Context(), users["管理员"], word+"2"))
	if c, _, err := Get(d.db, id); err == nil || c != nil {
		t.Error("the administrator reads papers")
	} else if strings.Contains(err.Error(), "毕业证书") {
		t.Errorf("the administrator reads of papers: %v", err)
	}
	if r, err := Check(context.Background(), d.db, nil); err == nil {
		t.Errorf("the administrator checked %d papers", r.Files)
	}
}
