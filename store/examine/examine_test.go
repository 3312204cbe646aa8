package examine

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/disk"
	"touyan/store/field"
	"touyan/store/pages"
	"touyan/store/record"

	"go.etcd.io/bbolt"
)

const childDoes = "TOUYAN_EXAMINE_TEST"

func TestMain(m *testing.M) {
	asSomebodyElse()
	Main(os.Args)
	if len(os.Args) == 3 {
		switch os.Getenv(childDoes) {
		case "fall":
			fall(os.Args[2])
		case "hang":
			time.Sleep(time.Hour)
		case "flip":
			flipHeads(os.Args[2])
			os.Exit(0)
		}
	}
	os.Exit(m.Run())
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func options() store.Options { return store.Options{Kinds: record.Kinds(), Machine: "test"} }

var clerk = store.Actor{Name: "经办人"}

// newLedger makes a ledger with some people in it, closed.
func newLedger(t testing.TB, people int) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "台账.touyan")
	fill(t, path, people)
	return path
}

func fill(t testing.TB, path string, people int) {
	t.Helper()
	ok(t, store.Create(path, store.Office{Code: "150426101", Name: "某苏木", Level: field.Township}, true, options()))
	db, err := store.Open(path, options())
	ok(t, err)
	k := db.Kinds().Kind("person")
	_, err = db.Stage(context.Background(), "导入", clerk, func(s *store.Stage) error {
		for i := range people {
			row := k.Take(&record.Person{Name: fmt.Sprintf("某人%d", i), Phone: "15400000001"})
			row.ID = store.NewID(db.Now())
			if err := s.Create("person", row); err != nil {
				return err
			}
		}
		return nil
	})
	ok(t, err)
	ok(t, db.Do("录入", clerk, func(tx *store.Tx) error { return tx.Put(&record.Person{Name: "白音巴图"}) }))
	ok(t, db.Close())
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	ok(t, err)
	return b
}

// put writes a file of its own folder.
func put(t testing.TB, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "b.touyan")
	ok(t, os.WriteFile(path, data, 0o600))
	return path
}

// Ensure that a whole ledger is found good, with its size and the number of its
// last transaction, and that nothing is written to it.
func TestGood(t *testing.T) {
	path := newLedger(t, 20)
	before := read(t, path)
	v := File(t.Context(), path)
	if v.State != Good || v.Err() != nil || v.Previous || v.Tx < 2 || v.Size != int64(len(before)) || v.Beside() != "" {
		t.Errorf("a good ledger is %+v", v)
	}
	if string(read(t, path)) != string(before) {
		t.Error("it was written to")
	}
}

// Ensure that odd files are told apart, each by its own sentence with the
// file's name, and that none is written to.
func TestOddFiles(t *testing.T) {
	whole := read(t, newLedger(t, 20))
	noise := make([]byte, 50_000)
	rand.NewChaCha8([32]byte{}).Read(noise)
	blank := append(make([]byte, 2*4096), whole[2*4096:]...)
	turned := append([]byte(nil), whole...)
	binary.LittleEndian.PutUint64(turned[4*4096:], 77) // a page says it is another
	for name, c := range map[string]struct {
		data []byte
		want State
		err  error
	}{
		"empty":                {nil, Empty, store.ErrEmpty},
		"zeros":                {make([]byte, 20_000), Damaged, store.ErrDamaged},
		"no first pages":       {blank, Damaged, store.ErrDamaged},
		"cut in the middle":    {whole[:len(whole)/8], Truncated, store.ErrCut},
		"first page alone":     {whole[:4096], Truncated, store.ErrCut},
		"first bytes alone":    {whole[:40], Truncated, store.ErrCut},
		"workbook":             {append([]byte("PK\x03\x04"), noise...), Foreign, store.ErrForeign},
		"picture":              {append([]byte("\x89PNG\r\n\x1a\n"), noise...), Foreign, store.ErrForeign},
		"another database":     {append([]byte("SQLite format 3\x00"), noise...), Foreign, store.ErrForeign},
		"text":                 {[]byte("序号,姓名\n1,李秀英\n"), Foreign, store.ErrForeign},
		"noise":                {noise, Foreign, store.ErrForeign},
		"noise behind":         {append(whole[:8192:8192], make([]byte, len(whole)-8192)...), Damaged, store.ErrDamaged},
		"a page of another":    {turned, Damaged, store.ErrDamaged},
		"bbolt, but no ledger": {others(t), Foreign, store.ErrForeign},
		"newer":                {newer(t, whole), Newer, store.ErrNewer},
	} {
		path := put(t, c.data)
		v := File(t.Context(), path)
		if v.State != c.want || !errors.Is(v.Err(), c.err) {
			t.Errorf("%s is %+v, want %s", name, v, c.want)
			continue
		}
		if text, _ := disk.Sentence(v.Err()); text != "“b.touyan”："+c.err.Error()+"。" {
			t.Errorf("%s is told as %s", name, text)
		}
		if string(read(t, path)) != string(c.data) {
			t.Errorf("%s was written to", name)
		}
	}
}

// others is a file of the same format that is no ledger.
func others(t *testing.T) []byte {
	path := filepath.Join(t.TempDir(), "x.db")
	b, err := bbolt.Open(path, 0o600, nil)
	ok(t, err)
	ok(t, b.Update(func(tx *bbolt.Tx) error { _, err := tx.CreateBucket([]byte("x")); return err }))
	ok(t, b.Close())
	return read(t, path)
}

// newer is a ledger as a later program leaves it.
func newer(t *testing.T, whole []byte) []byte {
	path := put(t, whole)
	b, err := bbolt.Open(path, 0o600, nil)
	ok(t, err)
	ok(t, b.Update(func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte("header")).Put([]byte("format"), binary.BigEndian.AppendUint16(nil, store.FormatVersion+1))
	}))
	ok(t, b.Close())
	return read(t, path)
}

// Ensure that a ledger cut at any of its pages, and within them, is told as cut,
// unless only the unused end is missing.
func TestCutAtEveryPage(t *testing.T) {
	whole := read(t, newLedger(t, 20))
	path := put(t, whole)
	f, err := os.Open(path)
	ok(t, err)
	used := int64(pages.Roots(f)[0].Pages) * 4096
	ok(t, f.Close())
	cuts := 0
	for at := int64(len(whole)) - 1024; at > 0; at -= 1024 {
		ok(t, os.Truncate(path, at))
		want := Truncated
		if at >= used {
			want = Good
		}
		v := look(path)
		if v.State != want {
			t.Errorf("cut at %d of %d it is %s, want %s", at, len(whole), v.State, want)
		}
		cuts++
	}
	t.Logf("%d cuts, %d bytes used of %d", cuts, used, len(whole))
}

// Ensure that what lies in the way of a ledger is told by the disk's sentences.
func TestInTheWay(t *testing.T) {
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	ok(t, os.Mkdir(at("文件夹.touyan"), 0o700))
	for path, c := range map[string]struct {
		want State
		says string
	}{
		at("没有.touyan"):   {Missing, "“没有.touyan”：找不到台账文件"},
		at("深/没有.touyan"): {Missing, "“没有.touyan”：找不到台账文件"},
		at("文件夹.touyan"):  {Directory, "“文件夹.touyan”是一个文件夹，请选里面的文件。"},
	} {
		v := File(t.Context(), path)
		if v.State != c.want || v.Err() == nil || !strings.HasPrefix(v.Err().Error(), c.says) {
			t.Errorf("%s is %s, told as %v", path, v.State, v.Err())
		}
	}
}

// Ensure that a ledger another program has open is told as that.
func TestSecondStart(t *testing.T) {
	path := newLedger(t, 1)
	db, err := store.Open(path, options())
	ok(t, err)
	if v := File(t.Context(), path); v.State != InUse || !errors.Is(v.Err(), store.ErrInUse) || v.Lost() {
		t.Errorf("a ledger in use is %+v", v)
	}
	ok(t, db.Close())
	if v := File(t.Context(), path); v.State != Good {
		t.Errorf("a ledger closed again is %+v", v)
	}
}

// Ensure that second copies beside a ledger are told of, and nothing else is.
func TestCopiesBeside(t *testing.T) {
	path := newLedger(t, 1)
	for _, name := range []string{"台账 冲突副本.touyan", "台账(1).touyan", "台账2025.touyan", "别的 副本.touyan", "台账 副本.xlsx"} {
		ok(t, os.WriteFile(filepath.Join(filepath.Dir(path), name), []byte("x"), 0o600))
	}
	v := File(t.Context(), path)
	if v.State != Good || len(v.Copies) != 2 || !strings.Contains(v.Beside(), "“台账 冲突副本.touyan”") || !strings.Contains(v.Beside(), "“台账(1).touyan”") {
		t.Errorf("told as %s", v.Beside())
	}
}

// Ensure that a child that faults is a damaged file and one that does not
// answer a look that took too long, and that neither harms who asked.
func TestChildThatFalls(t *testing.T) {
	exe, err := os.Executable()
	ok(t, err)
	path := newLedger(t, 20)
	for what, want := range map[string]State{"fall": Damaged, "hang": Hung} {
		limit := time.Minute
		if what == "hang" {
			limit = 50 * time.Millisecond
		}
		t.Setenv(childDoes, what)
		if v := ask(t.Context(), path, limit, exe, "child", path); v.State != want || v.Err() == nil || !v.Lost() {
			t.Errorf("%s: %+v", what, v)
		}
	}
	t.Setenv(childDoes, "hang")
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if v := ask(ctx, path, time.Minute, exe, "child", path); v.State != Stopped || !errors.Is(v.Err(), context.Canceled) {
		t.Errorf("a look that was stopped is %+v", v)
	}
	if v := ask(t.Context(), path, time.Minute, filepath.Join(t.TempDir(), "none")); v.State != Unseen || v.Err() != nil {
		t.Errorf("a look nobody could take is %+v", v)
	}
	t.Setenv(inChild, "1")
	if v := File(t.Context(), path); v.State != Unseen {
		t.Errorf("a child had a child: %+v", v)
	}
}

// Ensure that a file that goes away or is cut during the look is told as that.
func TestVanishes(t *testing.T) {
	path := newLedger(t, 20)
	f, err := os.Open(path)
	ok(t, err)
	defer f.Close()
	err = store.Peek(path, func() error {
		ok(t, os.Truncate(path, 8192))
		ok(t, os.Remove(path))
		return pages.Roots(f)[0].Walk(f, 1<<20)
	})
	if v := (Verdict{}).found(path, err); v.State != Truncated {
		t.Errorf("a file cut and gone: %v, %+v", err, v)
	}
	err = store.Peek(path, func() error { return nil })
	if v := (Verdict{}).found(path, err); v.State != Missing {
		t.Errorf("a file gone: %v, %+v", err, v)
	}
}

// flips is what flipHeads counted.
type flips struct {
	Flips  int
	States map[State]int
	Silent []string // good, and yet not the ledger it was
}

// Ensure that every bit flipped in the heads of all pages, and in both roots,
// is found out, or does no harm: then the ledger opens, verifies, and holds what
// it held.
func TestFlippedHeads(t *testing.T) {
	t.Setenv(childDoes, "flip")
	out := run(t, newLedger(t, 20))
	var got flips
	ok(t, json.Unmarshal(out, &got))
	t.Logf("%d flips: %v", got.Flips, got.States)
	if got.Flips < 2000 || len(got.Silent) > 0 || got.States[Hung] > 0 {
		t.Errorf("of %d flips %d silent: %v", got.Flips, len(got.Silent), got.Silent)
	}
}

// run runs this program as a child and returns what it says.
func run(t *testing.T, path string) []byte {
	t.Helper()
	cmd := exec.Command(os.Args[0], "child", path)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	ok(t, err)
	return out
}

// flipHeads is the child of TestFlippedHeads.
func flipHeads(path string) {
	whole, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		panic(err)
	}
	count := int(pages.Roots(f)[0].Pages)
	want := contents(path)
	got := flips{States: map[State]int{}}
	for page := range count {
		size := pages.PageHead
		if page < 2 {
			size += 64 // what a root says
		}
		for at := page * 4096; at < page*4096+size; at++ {
			for bit := range 8 {
				if _, err := f.WriteAt([]byte{whole[at] ^ 1<<bit}, int64(at)); err != nil {
					panic(err)
				}
				v := look(path)
				got.Flips++
				got.States[v.State]++
				if v.State == Good {
					now := contents(path)
					if now != want && page >= 2 {
						got.Silent = append(got.Silent, fmt.Sprintf("page %d byte %d bit %d: %s", page, at%4096, bit, now))
					}
					if err := os.WriteFile(path, whole, 0o600); err != nil {
						panic(err)
					}
				}
				if _, err := f.WriteAt(whole[at:at+1], int64(at)); err != nil {
					panic(err)
				}
			}
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(got); err != nil {
		panic(err)
	}
}

// contents opens a ledger, verifies it and counts its people.
func contents(path string) string {
	db, err := store.Open(path, options())
	if err != nil {
		return err.Error()
	}
	defer db.Close()
	r, err := db.Verify(context.Background())
	if err != nil || !r.Good() {
		return fmt.Sprint(err, r)
	}
	return fmt.Sprint(r.Records, r.Values, r.Entries)
}
