package paper

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/record"
)

// Ensure that each thing that can have happened to a file has its own sentence,
// when it is opened and when all are checked, and that attaching the content
// again mends it.
func TestFilesThatAreNotWhole(t *testing.T) {
	other := newDesk(t)
	foreign := other.attach(Owner{Person: other.person}, other.photo("合影.jpg", 1))
	ok(t, foreign[0].Err)
	foreignFile, err := os.ReadFile(filepath.Join(Dir(other.db.Path()), other.kept()[0]))
	ok(t, err)
	for _, c := range []struct {
		what  string
		harm  func(path string) error
		state State
		says  []string
	}{
		{"gone", os.Remove, Missing, []string{"不在附件文件夹“某某苏木.附件”里", "放回去", "替换…"}},
		{"the whole folder left behind", func(path string) error { return os.RemoveAll(filepath.Dir(path)) }, NoFolder, []string{"没有附件文件夹“某某苏木.附件”", "没有一起复制", "改了名", "加“.附件”"}},
		{"a bit flipped", func(path string) error {
			b, err := os.ReadFile(path)
			b[len(b)-1] ^= 1
			return errors.Join(err, os.WriteFile(path, b, 0o600))
		}, Altered, []string{"与存入时不同", "从备份恢复", "替换…"}},
		{"cut", func(path string) error { return os.Truncate(path, 100) }, Altered, []string{"与存入时不同"}},
		{"empty", func(path string) error { return os.Truncate(path, 0) }, Altered, []string{"与存入时不同"}},
		{"a folder under its name", func(path string) error { return errors.Join(os.Remove(path), os.Mkdir(path, 0o700)) }, Altered, []string{"与存入时不同"}},
		{"another ledger's file under its name", func(path string) error { return os.WriteFile(path, foreignFile, 0o600) }, Foreign, []string{"另一本台账", "分开放好", "替换…"}},
		{"a larger file of another ledger", func(path string) error { return os.WriteFile(path, append(foreignFile, 0), 0o600) }, Foreign, []string{"另一本台账"}},
	} {
		d := newDesk(t)
		from := d.photo("毕业证书.jpg", 1)
		id := d.attach(Owner{Person: d.person}, from)[0].Record
		ok(t, c.harm(filepath.Join(Dir(d.db.Path()), d.kept()[0])))
		_, _, err := Get(d.db, id)
		bad, is := errors.AsType[*FileError](err)
		if !is || bad.State != c.state {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		for _, part := range append(c.says, "“毕业证书”的原件") {
			if !strings.Contains(bad.Error(), part) {
				t.Errorf("%s: “%s” does not say %q", c.what, bad, part)
			}
		}
		r := d.check()
		if len(r.Wrong) != 1 || r.Wrong[0].Err.State != c.state || r.Wrong[0].Record.ID != id {
			t.Errorf("%s: checked %+v", c.what, r)
		}
		if c.state == NoFolder {
			_, err := Attach(context.Background(), d.db, clerk, Owner{Village: d.village}, []string{from}, nil)
			if _, is := errors.AsType[*FolderError](err); !is || !strings.Contains(err.Error(), "请先把它放回台账旁边") {
				t.Errorf("%s: attached beside no folder: %v", c.what, err)
			}
			ok(t, os.Mkdir(Dir(d.db.Path()), 0o700))
		}
		if v := d.attach(Owner{Village: d.village}, from); v[0].Err != nil {
			t.Errorf("%s: attached again: %v", c.what, v[0].Err)
			continue
		}
		if _, _, err := Get(d.db, id); err != nil {
			t.Errorf("%s: attached again, and still %v", c.what, err)
		}
	}
}

// Ensure that a paper that came in a book without its file says so.
func TestNotReceived(t *testing.T) {
	d := newDesk(t)
	rec := &record.Paper{Person: d.person, Title: "毕业证书", Content: strings.Repeat("ab", 16)}
	ok(t, d.db.Do("合并", clerk, func(tx *store.Tx) error { return tx.Put(rec) }))
	_, _, err := Get(d.db, rec.ID)
	if bad, is := errors.AsType[*FileError](err); !is || bad.State != NotReceived || !strings.Contains(bad.Error(), "还没有收到") {
		t.Errorf("opened: %v", err)
	}
	if r := d.check(); len(r.Wrong) != 1 || r.Wrong[0].Err.State != NotReceived {
		t.Errorf("checked: %+v", r)
	}
	v, err := Replace(context.Background(), d.db, clerk, rec.ID, d.photo("扫描.jpg", 1))
	ok(t, err)
	if _, _, err := Get(d.db, v.Record); err != nil || d.papers(d.person)[0].Title != "毕业证书" {
		t.Errorf("replaced, and %v", err)
	}
}

// Ensure that a paper that only lies in a cabinet says so, and is nothing wrong.
func TestOnPaper(t *testing.T) {
	d := newDesk(t)
	rec := &record.Paper{Person: d.person, Title: "入党志愿书"}
	ok(t, d.db.Do("登记", clerk, func(tx *store.Tx) error { return tx.Put(rec) }))
	_, _, err := Get(d.db, rec.ID)
	if bad, is := errors.AsType[*FileError](err); !is || bad.State != OnPaper || !strings.Contains(bad.Error(), "没有扫描件") {
		t.Errorf("opened: %v", err)
	}
	if r := d.check(); len(r.Wrong) != 0 {
		t.Errorf("checked: %+v", r)
	}
}

// Ensure that what belongs to no paper is told apart and moved only by a
// person's word, never over another and never out of the folder; papers stay.
func TestOrphans(t *testing.T) {
	d, other := newDesk(t), newDesk(t)
	id := d.attach(Owner{Person: d.person}, d.photo("毕业证书.jpg", 1))[0].Record
	other.attach(Owner{Person: other.person}, other.photo("合影.jpg", 2))
	dir := Dir(d.db.Path())
	put := func(name string, b []byte) { ok(t, os.WriteFile(filepath.Join(dir, name), b, 0o600)) }
	theirs, err := os.ReadFile(filepath.Join(Dir(other.db.Path()), other.kept()[0]))
	ok(t, err)
	left := seal([]byte("x"), head{ledger: d.secret().Tag()}, someKey())
	put(nameOf(left), left)
	put(other.kept()[0], theirs)
	put(".touyan-123", []byte("half"))
	put(strings.Repeat("ab", 32), []byte("no paper"))
	put("说明.txt", []byte("by somebody"))
	ok(t, os.Mkdir(filepath.Join(dir, "旧照片"), 0o700))
	says := map[string]string{nameOf(left): "没有登记", other.kept()[0]: "另一本台账", ".touyan-123": "没有写完",
		strings.Repeat("ab", 32): "可能已经损坏", "说明.txt": "不是头雁放的文件", "旧照片": "文件夹"}
	r := d.check()
	if len(r.Orphans) != len(says) || len(r.Wrong) != 0 {
		t.Fatalf("checked: %+v", r)
	}
	for _, o := range r.Orphans {
		if !strings.Contains(o.Why, says[o.Name]) || says[o.Name] == "" {
			t.Errorf("%s: %s", o.Name, o.Why)
		}
	}
	ok(t, os.MkdirAll(filepath.Join(dir, asideName), 0o700))
	ok(t, os.WriteFile(filepath.Join(dir, asideName, "说明.txt"), []byte("from before"), 0o600))
	file := d.fileOf(d.papers(d.person)[0])
	moved, err := SetAside(d.db, clerk, append(r.Orphans, Orphan{Name: file}, Orphan{Name: "../某某苏木.touyan"}, Orphan{Name: asideName}))
	ok(t, err)
	if len(moved) != len(says) || slices.Contains(moved, file) {
		t.Errorf("moved %q", moved)
	}
	if b, _ := os.ReadFile(filepath.Join(dir, asideName, "说明.txt")); string(b) != "from before" {
		t.Error("what lay aside already was written over")
	}
	if _, _, err := Get(d.db, id); err != nil {
		t.Errorf("the paper itself: %v", err)
	}
	if got := d.kept(); len(got) != 2 {
		t.Errorf("there stay %q", got)
	}
	if got := d.operations()[0]; !strings.HasPrefix(got, OpAside) || !strings.Contains(got, "说明.txt") {
		t.Errorf("journalled as %s", got)
	}
	if r := d.check(); len(r.Orphans) != 0 {
		t.Errorf("still %v", r.Orphans)
	}
	n := len(d.operations())
	if moved, err := SetAside(d.db, clerk, nil); err != nil || len(moved) > 0 || len(d.operations()) != n {
		t.Errorf("nothing to move: %q, %v", moved, err)
	}
}
