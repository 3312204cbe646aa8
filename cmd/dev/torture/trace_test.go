package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// asHex is a text as strace -xx prints it.
func asHex(s string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, `\x%02x`, s[i])
	}
	return `"` + b.String() + `"`
}

// traced is a run that makes a book under a temporary name, copies it inside
// the kernel, gives it its name and says so.
func traced() string {
	log := `10 openat(AT_FDCWD<\x2f>, ` + asHex("/etc/hosts") + `, O_RDONLY) = 3<\x2f>
10 openat(AT_FDCWD<\x2f>, ` + asHex("/w/~a") + `, O_RDWR|O_CREAT|O_EXCL, 0600) = 5<\x2f>
10 write(5<\x2f>, ` + asHex("hello") + `, 5) = 5
10 pwrite64(5<\x2f>, ` + asHex("J") + `, 1, 0 <unfinished ...>
11 write(3<\x2f>, ` + asHex("not ours") + `, 8) = 8
10 <... pwrite64 resumed>) = 1
10 pwrite64(5<\x2f>, ` + asHex("x") + `, 1, 0) = -1 ENOSPC (No space left on device) (INJECTED)
10 fsync(5<\x2f>) = 0
10 lseek(5<\x2f>, 1, SEEK_SET) = 1
10 openat(AT_FDCWD<\x2f>, ` + asHex("/w/copy") + `, O_RDWR|O_CREAT, 0600) = 6<\x2f>
10 copy_file_range(5<\x2f>, NULL, 6<\x2f>, NULL, 100, 0) = 4
10 ftruncate(6<\x2f>, 3) = 0
10 close(5<\x2f>) = 0
10 renameat(AT_FDCWD<\x2f>, ` + asHex("/w/~a") + `, AT_FDCWD<\x2f>, ` + asHex("/w/a") + `) = 0
10 openat(AT_FDCWD<\x2f>, ` + asHex("/w") + `, O_RDONLY) = 5<\x2f>
10 fsync(5<\x2f>) = 0
10 writev(1<pipe:[7]>, [{iov_base=` + asHex("done 1 aa bb\n") + `, iov_len=13}], 1) = 13
10 unlinkat(AT_FDCWD<\x2f>, ` + asHex("/w/copy") + `, 0) = 0
10 +++ exited with 0 +++
`
	return log
}

func readLog(t *testing.T, log string) []event {
	t.Helper()
	events, err := readTrace(strings.NewReader(log), "/w", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return events
}

// show is a folder as text.
func show(files map[string][]byte) string {
	out := map[string]string{}
	for name, content := range files {
		out[name] = string(content)
	}
	return fmt.Sprint(out)
}

// Ensure that a trace is read into what happened in the folder: not what
// happened elsewhere or failed, and a call in two halves once.
func TestReadTrace(t *testing.T) {
	var got []string
	for _, e := range readLog(t, traced()) {
		got = append(got, fmt.Sprint(e.what, e.file, " ", e.name, " ", e.to, " ", e.off, " ", string(e.data)))
	}
	want := []string{
		"0 0 ~a  0 ", "1 0   0 hello", "1 0   0 J", "6 0   0 ", "0 1 copy  0 ", "1 1   0 ello", "2 1   3 ",
		"3 0 ~a a 0 ", "7 0 .  0 ", "8 0   0 done 1 aa bb\n", "5 0 copy  0 ",
	}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("read\n%s\nwant\n%s", strings.Join(got, "|"), strings.Join(want, "|"))
	}
}

// Ensure that a line that is not understood is an error, not a call less.
func TestReadTraceOdd(t *testing.T) {
	for name, line := range map[string]string{
		"a cut text":          `10 openat(AT_FDCWD, "\x2f\x77"..., O_RDWR) = 5`,
		"no end":              `10 openat(AT_FDCWD, ` + asHex("/w/a") + ` = 5`,
		"leaving the folder":  `10 rename(` + asHex("/w/a") + `, ` + asHex("/b") + `) = 0`,
		"another half":        `10 <... write resumed = 3`,
		"more than was given": "10 openat(AT_FDCWD, " + asHex("/w/a") + ", O_RDWR|O_CREAT) = 5\n10 write(5, " + asHex("ab") + ", 3) = 3",
	} {
		if events, err := readTrace(strings.NewReader(line+"\n"), "/w", nil, nil); err == nil {
			t.Errorf("%s: read as %v", name, events)
		}
	}
}

// Ensure that a cut leaves what was synced, and of the rest what is said to
// have arrived.
func TestDriveCut(t *testing.T) {
	d := newDrive(readLog(t, traced()), nil, nil, nil)
	points := d.points()
	last := func(p *point) cut { return d.cuts(p)[0] }
	none := func(p *point) cut { return d.cuts(p)[1] }
	for _, c := range []struct {
		after int // events
		all   bool
		want  string
	}{
		{2, true, "map[~a:hello]"},
		{3, true, "map[~a:Jello]"},
		{3, false, "map[~a:]"},
		{4, false, "map[~a:Jello]"}, // synced, but for its name
		{7, true, "map[copy:ell ~a:Jello]"},
		{8, true, "map[a:Jello copy:ell]"},
		{9, false, "map[a:Jello copy:]"},
		{11, true, "map[a:Jello]"},
	} {
		p := &points[c.after]
		how := last(p)
		if !c.all {
			if how = none(p); how.moves != len(p.moves) {
				t.Fatal("the second cut is not that of the names alone")
			}
		}
		if got := show(d.folder(p, how)); got != c.want {
			t.Errorf("after %d events, all %v: %s, want %s", c.after, c.all, got, c.want)
		}
	}
	if p := points[8]; show(d.folder(&p, cut{none(&p).arrived, 0})) != "map[]" {
		t.Error("names are there that never reached the disk")
	}
	if p := points[10]; p.done != 1 {
		t.Errorf("%d steps acknowledged, want 1", p.done)
	}
}

// Ensure that the last write is torn at each sector, and that a write missing
// does not keep those after it from arriving.
func TestDriveTorn(t *testing.T) {
	a, b := strings.Repeat("a", 1024), strings.Repeat("b", 1536)
	d := newDrive([]event{{what: created, name: "x"}, {what: written, data: []byte(a)}, {what: written, off: 1024, data: []byte(b)}}, nil, nil, nil)
	points := d.points()
	p := &points[3]
	got := map[string]bool{}
	for _, c := range d.cuts(p) {
		content := string(d.folder(p, c)["x"])
		got[fmt.Sprint(strings.Count(content, "a"), "+", strings.Count(content, "b"))] = true
	}
	for _, want := range []string{"0+0", "1024+0", "0+1536", "1024+512", "0+512", "1024+1024", "0+1024", "1024+1536"} {
		if !got[want] {
			t.Errorf("no state with %s bytes", want)
		}
	}
	rng := rand.New(rand.NewPCG(1, 1))
	for range 200 {
		got[show(d.folder(p, d.chance(p, rng)))] = true
	}
	if len(got) < 9 {
		t.Errorf("chance finds nothing new: %d states", len(got))
	}
}

// Ensure that a lying disk ignores syncs, others each time.
func TestDriveLies(t *testing.T) {
	ignored := map[int]bool{}
	for seed := range uint64(40) {
		d := newDrive([]event{{what: created, name: "x"}, {what: written, data: []byte("a")}, {what: synced}}, nil, nil, rand.New(rand.NewPCG(seed, 0)))
		points := d.points()
		ignored[len(points[3].loose)] = true
	}
	if !ignored[0] || !ignored[1] {
		t.Error("all syncs are kept, or none")
	}
}

// Ensure that only what was acknowledged, or all of what was begun, passes.
func TestPromise(t *testing.T) {
	steps := []string{absent, "one", "two", "three"}
	for _, c := range []struct {
		done, begun int
		got         string
		want        verdict
	}{
		{2, 2, "two", opened}, {2, 3, "two", opened}, {2, 3, "three", opened}, {0, 1, absent, opened},
		{2, 3, "one", lost}, {2, 2, "one", lost}, {1, 1, absent, lost},
		{2, 2, "three", silent}, {2, 3, "half of three", silent}, {0, 1, "two", silent},
	} {
		if got, _ := (promise{c.done, c.begun}).against(c.got, steps); got != c.want {
			t.Errorf("%d done, %d begun, found %s: %v, want %v", c.done, c.begun, c.got, got, c.want)
		}
	}
}
