package paper

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/record"
)

// attachEnv has the test below attach photos without end, and say which are
// there: it is the process that is killed.
const attachEnv = "TOUYAN_TEST_ATTACH"

// Ensure that a program killed while it attaches leaves every paper it had
// acknowledged whole, and beside them nothing that is not told apart.
func TestKilledWhileAttaching(t *testing.T) {
	if path := os.Getenv(attachEnv); path != "" {
		attachForEver(t, path)
		return
	}
	path := filepath.Join(t.TempDir(), "某某苏木.touyan")
	d := deskAt(t, path)
	ok(t, d.db.Close())
	acknowledged := map[string]bool{}
	for round := range 6 {
		child := exec.Command(os.Args[0], "-test.run=^TestKilledWhileAttaching$", "-test.v")
		child.Env = append(os.Environ(), attachEnv+"="+path)
		out, err := child.StdoutPipe()
		ok(t, err)
		ok(t, child.Start())
		lines := bufio.NewScanner(out)
		for n := 0; n <= round && lines.Scan(); {
			if id, is := strings.CutPrefix(lines.Text(), "attached "); is {
				acknowledged[id] = true
				n++
			}
		}
		ok(t, child.Process.Kill())
		for lines.Scan() {
			if id, is := strings.CutPrefix(lines.Text(), "attached "); is {
				acknowledged[id] = true
			}
		}
		child.Wait() // killed
	}
	db, err := store.Open(path, store.Options{Kinds: record.Kinds()})
	ok(t, err)
	defer db.Close()
	if len(acknowledged) < 21 {
		t.Fatalf("only %d were acknowledged", len(acknowledged))
	}
	for id := range acknowledged {
		if _, _, err := Get(db, id); err != nil {
			t.Errorf("%s was acknowledged: %v", id, err)
		}
	}
	r, err := Check(context.Background(), db, nil)
	ok(t, err)
	if len(r.Wrong) > 0 {
		t.Errorf("not whole: %+v", r.Wrong)
	}
	for _, o := range r.Orphans {
		if !strings.Contains(o.Why, "没有登记") && !strings.Contains(o.Why, "没有写完") {
			t.Errorf("%s %s", o.Name, o.Why)
		}
	}
}

func attachForEver(t *testing.T, path string) {
	db, err := store.Open(path, store.Options{Kinds: record.Kinds()})
	ok(t, err)
	d := &desk{t: t, db: db, from: filepath.Join(filepath.Dir(path), "扫描")} // the parent's, for this one cleans nothing up
	ok(t, os.MkdirAll(d.from, 0o700))
	ok(t, db.View(func(tx *store.Tx) error {
		for p, err := range store.All[record.Person](tx) {
			d.person = p.ID
			return err
		}
		return nil
	}))
	for n := len(d.papers(d.person)); ; n++ {
		v := d.attach(Owner{Person: d.person}, d.photo(fmt.Sprint(n, ".jpg"), n))
		ok(t, v[0].Err)
		fmt.Println("attached " + v[0].Record)
	}
}
