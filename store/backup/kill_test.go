package backup

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/examine"
)

const victimVariable = "TOUYAN_BACKUP_VICTIM"

// victim starts this test binary anew to do a work and be killed at it. It says
// what it has done, a line each.
type victim struct {
	cmd  *exec.Cmd
	says *bufio.Reader
	more io.Writer
}

func startVictim(t *testing.T, work string, args ...string) *victim {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), victimVariable+"="+strings.Join(append([]string{work}, args...), "\n"))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return &victim{cmd, bufio.NewReader(out), in}
}

// line is what the victim says next; false if it has ended.
func (v *victim) line() (string, bool) {
	s, err := v.says.ReadString('\n')
	return strings.TrimSuffix(s, "\n"), err == nil
}

// kill ends it and returns what it had still said.
func (v *victim) kill(t *testing.T) (rest []string) {
	t.Helper()
	if err := v.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for s, ok := v.line(); ok; s, ok = v.line() {
		rest = append(rest, s)
	}
	v.cmd.Wait() // killed: its error is expected
	return rest
}

func TestMain(m *testing.M) {
	examine.Main(os.Args)
	if work := os.Getenv(victimVariable); work != "" {
		args := strings.Split(work, "\n")
		if err := victims[args[0]](args[1:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// victims are the works to be killed at.
var victims = map[string]func(args []string) error{
	"make, step by step":    func(a []string) error { return makeOnce(a[0], a[1], stepwise) },
	"make, for ever":        func(a []string) error { return makeForEver(a[0]) },
	"restore, step by step": func(a []string) error { return restoreOnce(a[0], a[1], stepwise) },
	"restore, for ever":     func(a []string) error { return restoreForEver(a[0], a[1:]) },
}

// stepwise waits at each step until it is told to go on.
func stepwise(s Step, _, _ int64) {
	fmt.Println("at", s)
	os.Stdin.Read(make([]byte, 1))
}

func makeOnce(ledger, name string, p Progress) error {
	db, err := store.Open(ledger, options(nil))
	if err != nil {
		return err
	}
	if err := db.Do("录入", clerk, func(tx *store.Tx) error { return tx.Put(&person{Name: name}) }); err != nil {
		return err
	}
	fmt.Println("saved", name)
	_, err = Make(context.Background(), db, Folder(ledger), Timed, p)
	return err
}

// makeForEver saves, copies and thins with little room.
func makeForEver(ledger string) error {
	db, err := store.Open(ledger, options(nil))
	if err != nil {
		return err
	}
	proven := proofs{}
	for n := 0; ; n++ {
		name := strconv.Itoa(n) + "-" + strconv.FormatInt(time.Now().UnixNano(), 36)
		if err := db.Do("录入", clerk, func(tx *store.Tx) error { return tx.Put(&person{Name: name}) }); err != nil {
			return err
		}
		fmt.Println("saved", name)
		c, err := Make(context.Background(), db, Folder(ledger), Timed, nil)
		if err != nil {
			return err
		}
		fmt.Println("copied", filepath.Base(c.Path))
		if err := proven.thin(context.Background(), Folder(ledger), c, time.Now(), 5*c.Size); err != nil {
			return err
		}
		fmt.Println("thinned")
	}
}

func restoreOnce(ledger, from string, p Progress) error {
	_, err := Restore(context.Background(), Restoring{From: from, Ledger: ledger, Now: time.Now, Progress: p})
	return err
}

func restoreForEver(ledger string, from []string) error {
	for n := 0; ; n++ {
		if err := restoreOnce(ledger, from[n%len(from)], nil); err != nil {
			return err
		}
		fmt.Println("restored", n%len(from))
	}
}

// wholeFolder checks that every file that counts is a whole copy.
func wholeFolder(t *testing.T, folder string) []Copy {
	t.Helper()
	list, err := List(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		if _, err := store.CheckCopy(t.Context(), c.Path, nil); err != nil {
			t.Fatalf("%s counts and is not whole: %v", c.Path, err)
		}
		if r, err := store.Inspect(t.Context(), c.Path, options(nil)); err != nil || !r.Good() {
			t.Fatalf("%s counts and is not good: %+v, %v", c.Path, r, err)
		}
	}
	return list
}

// has checks that a ledger opens and holds all that was acknowledged.
func has(t *testing.T, ledger string, acknowledged []string) {
	t.Helper()
	db := open(t, ledger, nil)
	defer db.Close()
	got := names(t, db)
	for _, name := range acknowledged {
		if !slices.Contains(got, name) {
			t.Fatalf("%s was acknowledged and is lost", name)
		}
	}
	if r, err := db.Verify(t.Context()); err != nil || !r.Good() {
		t.Fatalf("%+v, %v", r, err)
	}
}

// Ensure that a program killed at each step of making a copy leaves the ledger
// with every acknowledged operation and no half copy that counts.
func TestKilledAtEachStepOfMaking(t *testing.T) {
	db, _ := newLedger(t)
	crowd(t, db, 3000)
	db.Close()
	var acknowledged []string
	met := map[string]bool{}
	for stop := 1; ; stop++ {
		name := "第" + strconv.Itoa(stop)
		v := startVictim(t, "make, step by step", db.Path(), name)
		steps, step := 0, ""
		for {
			s, ok := v.line()
			if !ok {
				break
			}
			if strings.HasPrefix(s, "saved ") {
				acknowledged = append(acknowledged, name)
			}
			if strings.HasPrefix(s, "at ") {
				if steps++; steps == stop {
					step = s
					break
				}
				v.more.Write([]byte{1})
			}
		}
		v.kill(t)
		has(t, db.Path(), acknowledged)
		wholeFolder(t, Folder(db.Path()))
		if step == "" {
			break
		}
		met[step] = true
	}
	for _, s := range []Step{Copying, Verifying, Naming, ReadBack} {
		if !met["at "+string(s)] {
			t.Errorf("never killed at %s", s)
		}
	}
	t.Logf("%d rounds", len(acknowledged))
	left := 0
	for _, name := range files(t, Folder(db.Path())) {
		if strings.HasSuffix(name, tempEnd) {
			left++
		}
	}
	if left > 0 {
		t.Errorf("%d files left after a copy that went through", left)
	}
}

// Ensure that a program killed anywhere in saving, copying and thinning loses
// nothing acknowledged, leaves no half copy that counts, and keeps three.
func TestKilledWhileCopying(t *testing.T) {
	db, _ := newLedger(t)
	crowd(t, db, 500)
	db.Close()
	var acknowledged []string
	copies := 0
	for range 30 {
		v := startVictim(t, "make, for ever", db.Path())
		var said []string
		for range 1 + rand.IntN(12) {
			s, ok := v.line()
			if !ok {
				t.Fatal("the victim died by itself")
			}
			said = append(said, s)
		}
		for _, s := range append(said, v.kill(t)...) {
			if name, ok := strings.CutPrefix(s, "saved "); ok {
				acknowledged = append(acknowledged, name)
			}
			if strings.HasPrefix(s, "copied ") {
				copies++
			}
		}
		has(t, db.Path(), acknowledged)
		if list := wholeFolder(t, Folder(db.Path())); len(list) < min(copies, least) {
			t.Fatalf("%d copies are left of %d", len(list), copies)
		}
	}
	t.Logf("30 rounds, %d saves, %d copies", len(acknowledged), copies)
}

// beside reports whether some other file in the ledger's folder holds that many
// people.
func beside(t *testing.T, ledger string, people int) bool {
	t.Helper()
	for _, name := range files(t, filepath.Dir(ledger)) {
		if name != filepath.Base(ledger) && strings.HasPrefix(name, "台账 ") && len(held(t, filepath.Join(filepath.Dir(ledger), name))) == people {
			return true
		}
	}
	return false
}

// Ensure that a program killed at each step of restoring leaves the old ledger or
// the new one under the name, whole, and the other one beside.
func TestKilledAtEachStepOfRestoring(t *testing.T) {
	db, _ := newLedger(t)
	crowd(t, db, 2000)
	good := mustMake(t, db, ByHand)
	crowd(t, db, 7)
	db.Close()
	old, err := os.ReadFile(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	met := map[string]bool{}
	for stop := 1; ; stop++ {
		v := startVictim(t, "restore, step by step", db.Path(), good.Path)
		steps, step := 0, ""
		for {
			s, ok := v.line()
			if !ok {
				break
			}
			if steps++; steps == stop {
				step = s
				break
			}
			v.more.Write([]byte{1})
		}
		v.kill(t)
		n := len(held(t, db.Path()))
		if n != 2007 && (n != 2000 || !beside(t, db.Path(), 2007)) {
			t.Fatalf("killed %s: %d people, %q", step, n, files(t, filepath.Dir(db.Path())))
		}
		if step == "" {
			if n != 2000 {
				t.Errorf("restored, and %d people", n)
			}
			break
		}
		met[step] = true
		wholeFolder(t, Folder(db.Path()))
		if b, _ := os.ReadFile(db.Path()); n == 2007 && !slices.Equal(b, old) {
			t.Fatalf("killed %s: the old ledger was changed", step)
		}
	}
	for _, s := range []Step{Verifying, Copying, ReadBack, Aside, Naming} {
		if !met["at "+string(s)] {
			t.Errorf("never killed at %s", s)
		}
	}
	if got := files(t, filepath.Dir(db.Path())); len(got) != 3 { // ledger, copies, one put aside
		t.Errorf("left %q", got)
	}
	t.Logf("%d steps", len(met))
}

// Ensure that a program killed anywhere while it restores one copy after another
// leaves one of them under the name, whole, and every one of the others.
func TestKilledWhileRestoring(t *testing.T) {
	db, _ := newLedger(t)
	crowd(t, db, 100)
	first := mustMake(t, db, ByHand)
	crowd(t, db, 11)
	second := mustMake(t, db, ByHand)
	db.Close()
	restored := 0
	for range 30 {
		v := startVictim(t, "restore, for ever", db.Path(), first.Path, second.Path)
		for range 1 + rand.IntN(6) {
			if _, ok := v.line(); !ok {
				t.Fatal("the victim died by itself")
			}
			restored++
		}
		restored += len(v.kill(t))
		if n := len(held(t, db.Path())); n != 100 && n != 111 {
			t.Fatalf("%d people", n)
		}
		has(t, db.Path(), nil)
		if len(wholeFolder(t, Folder(db.Path()))) != 2 {
			t.Fatal("a copy is gone")
		}
		for _, name := range files(t, filepath.Dir(db.Path())) {
			if strings.HasPrefix(name, "台账 ") {
				path := filepath.Join(filepath.Dir(db.Path()), name)
				if n := len(held(t, path)); n != 100 && n != 111 {
					t.Fatalf("%s holds %d people", name, n)
				}
				os.Remove(path)
			}
		}
	}
	t.Logf("30 rounds, %d restored", restored)
}
