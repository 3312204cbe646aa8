package backup

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"touyan/store/disk"
)

// Ensure that papers are copied once, those missing alone, that one damaged is
// neither spread nor stops the others, that nothing is ever removed, and that
// files of other names are left where they are.
func TestPapers(t *testing.T) {
	from, to := filepath.Join(t.TempDir(), "台账.附件"), filepath.Join(t.TempDir(), "台账.附件")
	want := func(copied int, words string) {
		t.Helper()
		n, err := Papers(t.Context(), from, to, nil)
		text := ""
		if err != nil {
			text, _ = disk.Sentence(err)
		}
		if n != copied || words == "" && err != nil || !strings.Contains(text, words) {
			t.Errorf("%d copied, want %d: %s", n, copied, text)
		}
	}
	want(0, "") // no papers yet
	if _, err := os.Stat(to); err == nil {
		t.Error("a folder for none")
	}
	first := paper(t, from, "任职通知")
	paper(t, from, strings.Repeat("考察材料", 100_000))
	os.WriteFile(filepath.Join(from, "说明.txt"), []byte("x"), 0o600)
	want(2, "")
	want(0, "")
	bad := paper(t, from, "会损坏的")
	os.WriteFile(bad, []byte("已损坏了"), 0o600)
	paper(t, from, "第四份")
	want(1, "有 1 份扫描件的内容已损坏，没有备份，例如“"+filepath.Base(bad)[:12]+"…”")
	if err := os.Remove(first); err != nil {
		t.Fatal(err)
	}
	want(0, "有 1 份")
	name, _ := filepath.Rel(from, first)
	if b, err := os.ReadFile(filepath.Join(to, name)); err != nil || string(b) != "任职通知" {
		t.Errorf("%s, %v", b, err)
	}
	// A file cut short on the stick is missing; back from it all come.
	os.WriteFile(filepath.Join(to, name), []byte("任"), 0o600)
	first = paper(t, from, "任职通知")
	want(1, "有 1 份")
	os.RemoveAll(from)
	if n, err := Papers(t.Context(), to, from, nil); n != 3 || err != nil {
		t.Errorf("back: %d, %v", n, err)
	}
	if b, err := os.ReadFile(first); err != nil || string(b) != "任职通知" {
		t.Errorf("%s, %v", b, err)
	}
}

// Ensure that copying papers stopped at any of them leaves those it has copied
// and no half one, and goes on there the next time.
func TestPapersStop(t *testing.T) {
	from, to := filepath.Join(t.TempDir(), "台账.附件"), filepath.Join(t.TempDir(), "台账.附件")
	for i := range 5 {
		paper(t, from, strings.Repeat(string(rune('甲'+i)), 200_000))
	}
	all := 0
	for all < 5 {
		ctx, cancel := context.WithCancel(t.Context())
		n, err := Papers(ctx, from, to, func(_ Step, done, total int64) {
			if done > total || total > 5*600_000 {
				t.Errorf("%d of %d", done, total)
			}
			cancel()
		})
		cancel()
		if all += n; n != 1 || !errors.Is(err, context.Canceled) && all < 5 {
			t.Fatalf("%d copied, %v", n, err)
		}
		filepath.WalkDir(to, func(path string, e os.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, tempEnd) {
				t.Errorf("left %s", path)
			}
			return err
		})
	}
	// A folder pulled away, and one that is a file.
	os.RemoveAll(to)
	os.WriteFile(to, nil, 0o600)
	_, err := Papers(t.Context(), from, to, nil)
	if text, _ := disk.Sentence(err); !strings.HasPrefix(text, "“台账.附件”是一个文件") {
		t.Error(text)
	}
	if got := files(t, filepath.Dir(to)); !slices.Equal(got, []string{"台账.附件"}) {
		t.Errorf("left %q", got)
	}
}
