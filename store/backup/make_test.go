package backup

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/disk"

	"go.etcd.io/bbolt"
)

// Ensure that copies bear names a clerk can read, in the order of their making,
// also several of one minute, and that the folder alone tells what is in it.
func TestNames(t *testing.T) {
	db, c := newLedger(t)
	for _, why := range []Reason{Import.Before(), Import.After(), ByHand, ByHand} {
		save(t, db, "白音巴图")
		mustMake(t, db, why)
	}
	c.pass(time.Hour)
	mustMake(t, db, AtExit)
	folder := Folder(db.Path())
	if filepath.Base(folder) != "台账.备份" {
		t.Error(folder)
	}
	want := []string{"2026-11-23 0915 导入前.touyan", "2026-11-23 0915-2 导入后.touyan", "2026-11-23 0915-3 手动.touyan", "2026-11-23 0915-4 手动.touyan", "2026-11-23 1015 退出.touyan"}
	if got := files(t, folder); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	// What is no copy, or none of ours, does no harm.
	for name, data := range map[string]string{"~123.tmp": "x", "2026-11-23 0915.touyan": "x", "2026-13-40 0915 手动.touyan": "x", "说明.txt": "x", "2026-11-23 0930 请保留.touyan": "x", "2026-11-23 0915- 手动.touyan": "", "2026-11-23 0915-1 手动.touyan": ""} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	os.Mkdir(filepath.Join(folder, "2026-11-23 0916 手动.touyan"), 0o700)
	list, err := List(folder)
	if err != nil || len(list) != 6 {
		t.Fatalf("%d copies, %v", len(list), err)
	}
	for i, c := range list {
		if i > 0 && c.At.After(list[i-1].At) {
			t.Errorf("%s is not in order", c.Path)
		}
		if kept := c.Reason == "请保留"; c.Marked == kept || c.ours() == kept || c.Size == 0 {
			t.Errorf("%+v", c)
		}
	}
	if list[0].Reason != AtExit || !list[0].At.Equal(time.Date(2026, 11, 23, 10, 15, 0, 0, time.Local)) || list[0].Mark.Seq != 4 {
		t.Errorf("the newest is %+v", list[0])
	}
	if list, err := List(folder + "没有"); list != nil || err != nil {
		t.Errorf("no folder: %v, %v", list, err)
	}
}

// Ensure that a copy holds the ledger of its moment, changed neither by being
// made nor by being listed, and that it was read back.
func TestMake(t *testing.T) {
	db, _ := newLedger(t)
	save(t, db, "白音巴图")
	var steps []Step
	c, err := Make(t.Context(), db, Folder(db.Path()), ByHand, func(s Step, done, total int64) {
		if len(steps) == 0 || steps[len(steps)-1] != s {
			steps = append(steps, s)
		}
		if done > total {
			t.Errorf("%s: %d of %d", s, done, total)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(steps, []Step{Copying, Verifying, Naming, ReadBack}) {
		t.Errorf("steps %v", steps)
	}
	save(t, db, "后来的人")
	if got := held(t, c.Path); !slices.Equal(got, []string{"白音巴图"}) {
		t.Errorf("it holds %v", got)
	}
	if _, err := store.CheckCopy(t.Context(), c.Path, nil); err != nil {
		t.Error(err)
	}
	sent, err := Send(t.Context(), c, filepath.Join(t.TempDir(), "台账.备份"), nil)
	if err != nil || sent.At != c.At || sent.Reason != c.Reason || !sent.Mark.Same(c.Mark) {
		t.Errorf("%+v, %v", sent, err)
	}
	a, _ := os.ReadFile(c.Path)
	b, _ := os.ReadFile(sent.Path)
	if len(a) == 0 || !bytes.Equal(a, b) {
		t.Error("the second place has another file")
	}
}

// Ensure that a copy that is stopped at any step, or anywhere within one, leaves
// no file that counts, that the next one sweeps what it left, and that making
// and sending answer the context's own error.
func TestStopAnywhere(t *testing.T) {
	db, _ := newLedger(t)
	crowd(t, db, 2000)
	first := mustMake(t, db, ByHand)
	folder := filepath.Join(t.TempDir(), "台账.备份")
	for what, work := range map[string]func(context.Context, Progress) error{
		"make": func(ctx context.Context, p Progress) error { _, err := Make(ctx, db, folder, Timed, p); return err },
		"send": func(ctx context.Context, p Progress) error { _, err := Send(ctx, first, folder, p); return err },
	} {
		calls := 0
		if err := work(t.Context(), func(Step, int64, int64) { calls++ }); err != nil {
			t.Fatal(err)
		}
		if calls < 5 {
			t.Errorf("%s: told %d times", what, calls)
		}
		had := files(t, folder)
		for stop := range calls - 1 { // the last call tells of a copy read to its end
			ctx, cancel := context.WithCancel(t.Context())
			n := 0
			err := work(ctx, func(Step, int64, int64) {
				if n++; n > stop {
					cancel()
				}
			})
			cancel()
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s stopped at %d: %v", what, stop, err)
			}
			if got := files(t, folder); !slices.Equal(got, had) {
				t.Fatalf("%s stopped at %d: left %q", what, stop, got)
			}
		}
	}
	left := filepath.Join(folder, "~999.tmp")
	os.WriteFile(left, []byte("half"), 0o600)
	if _, err := Make(t.Context(), db, folder, ByHand, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(left); err == nil {
		t.Error("what an earlier run left is still there")
	}
}

// Ensure that a folder that cannot take a copy is told in words that say what to
// do, and that what is there is left as it is.
func TestNoPlace(t *testing.T) {
	db, _ := newLedger(t)
	save(t, db, "白音巴图")
	good := mustMake(t, db, ByHand)
	folder := t.TempDir()
	file := filepath.Join(folder, "台账.备份")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for place, want := range map[string]string{
		file: "“台账.备份”是一个文件，备份要放在这个名称的文件夹里，没有做成。请把这个文件改名或移走，再做备份。",
		filepath.Join(folder, "没有", "台账.备份"): "找不到文件夹“没有”，“台账.备份”没有写成，请先建好它，或换一个文件夹；在 U 盘上的，请看看 U 盘是否已经拔出。",
		filepath.Join(file, "台账.备份"):         "“台账.备份”是一个文件，不是文件夹，里面没有别的文件，请核对路径。",
	} {
		_, made := Make(t.Context(), db, place, ByHand, nil)
		_, sent := Send(t.Context(), good, place, nil)
		for _, err := range []error{made, sent} {
			if text, ok := disk.Sentence(err); !ok || text != want {
				t.Errorf("%s is told as %s", place, text)
			}
		}
	}
	if data, _ := os.ReadFile(file); string(data) != "x" {
		t.Error("the file in the way was touched")
	}
}

// Ensure that a folder that goes away in the middle, a stick pulled out, is told
// as that, and that no folder of its name is made.
func TestPulledOut(t *testing.T) {
	db, _ := newLedger(t)
	crowd(t, db, 2000)
	good := mustMake(t, db, ByHand)
	for _, at := range []Step{Copying, Verifying, Naming, ReadBack} {
		stick := filepath.Join(t.TempDir(), "U 盘")
		if err := os.Mkdir(stick, 0o700); err != nil {
			t.Fatal(err)
		}
		_, err := Send(t.Context(), good, In(stick, db.Path()), func(s Step, _, _ int64) {
			if s == at {
				os.RemoveAll(stick)
			}
		})
		text, ok := disk.Sentence(err)
		if !ok || !strings.Contains(text, "U 盘是否已经拔出") || strings.Contains(text, "tmp") {
			t.Errorf("pulled out while %s: %s", at, text)
		}
		if _, err := os.Stat(stick); err == nil {
			t.Error("the folder came back")
		}
	}
}

// Ensure that a copy whose bytes change on the disk while it is made does not
// count, whether that is before it has its name or after.
func TestLyingDisk(t *testing.T) {
	db, _ := newLedger(t)
	crowd(t, db, 2000)
	folder := Folder(db.Path())
	for _, at := range []Step{Verifying, Naming, ReadBack} {
		_, err := Make(t.Context(), db, folder, ByHand, func(s Step, done, _ int64) {
			if s != at || s == ReadBack && done > block {
				return
			}
			for _, name := range files(t, folder) {
				f, err := os.OpenFile(filepath.Join(folder, name), os.O_RDWR, 0)
				if err != nil {
					t.Fatal(err)
				}
				info, _ := f.Stat()
				f.WriteAt([]byte{0x55, 0xAA}, info.Size()-3000)
				f.Close()
			}
		})
		if text, _ := disk.Sentence(err); text != errBadRead {
			t.Errorf("changed while %s: %s", at, text)
		}
		if got := files(t, folder); len(got) != 0 {
			t.Errorf("changed while %s: left %q", at, got)
		}
	}
}

// somebody is one of the people as he lies in the file.
func somebody(t *testing.T, path string) (sealed []byte) {
	t.Helper()
	b, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	b.View(func(tx *bbolt.Tx) error {
		_, v := tx.Bucket([]byte("r:person")).Cursor().Last()
		sealed = bytes.Clone(v)
		return nil
	})
	return sealed
}

// Ensure that a ledger with a damaged value gives no copy that would pass for a
// good one, and that the copies of before stay.
func TestDamagedLedger(t *testing.T) {
	db, c := newLedger(t)
	crowd(t, db, 500)
	mustMake(t, db, ByHand)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	b[bytes.Index(b, somebody(t, db.Path()))+20] ^= 1
	if err := os.WriteFile(db.Path(), b, 0o600); err != nil {
		t.Fatal(err)
	}
	again := open(t, db.Path(), c.now)
	_, err = Make(t.Context(), again, Folder(db.Path()), ByHand, nil)
	if text, _ := disk.Sentence(err); !strings.Contains(text, "以前的备份都在") {
		t.Errorf("told as %s (%v)", text, err)
	}
	if got := files(t, Folder(db.Path())); len(got) != 1 {
		t.Errorf("left %q", got)
	}
}
