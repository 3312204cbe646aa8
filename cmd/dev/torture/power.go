package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/xlsx"
)

func traceFile(dir string) string { return filepath.Join(dir, "trace") }

// traceWork has a child do a kind of work in a site's empty folder, with every
// call that touches a file written down.
func traceWork(ctx context.Context, s site, work string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "strace", "-f", "-y", "-xx", "-s", "1000000000", "-o", traceFile(s.dir), "-e", "trace="+tracedCalls,
		"-e", "signal=none", self, "work", s.dir, work, "0")
	cmd.Env = quietRuntime()
	out, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil || !strings.HasSuffix(string(out), "end\n") {
		return fmt.Errorf("record the work: %w\n%s", errors.Join(err, errGaveUp), out)
	}
	return nil
}

// quietRuntime keeps Go's scheduler from interrupting calls, or the trace would
// show them in halves.
func quietRuntime() []string {
	return append(os.Environ(), "GODEBUG=asyncpreemptoff=1", "GOMAXPROCS=1")
}

// powerRow are the states a power cut can leave behind: after each event of a
// recorded run, any of what was on its way to the disk may have arrived.
type powerRow struct {
	site   site
	seed   uint64
	liar   bool
	steps  []step
	logins bool // looking writes into the journal who came in, or that a copy was put back: what is alike is held against the promise
	events []event
	exact  []string          // what the ledger held after each step; the first is before all
	whole  map[string][]byte // the books as they were when done
	disk   *drive
	points []point
	list   []state // the systematic ones
	epoch  int     // of a lying disk: which syncs it ignored
	seen   map[uint64]bool
	hash   maphash.Seed
}

type state struct {
	point int
	cut   cut
}

func newPowerRow(dir string, seed uint64, work string, liar bool) (*powerRow, error) {
	s := site{dir}
	f, err := os.Open(traceFile(dir))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	events, err := readTrace(f, s.folder(), nil, nil)
	if err != nil {
		return nil, err
	}
	logins := work == "users" || work == "copies"
	r := &powerRow{site: s, steps: stepsNamed(work), seed: seed, liar: liar, logins: logins, events: events, epoch: -1, exact: []string{absent}, seen: map[uint64]bool{}, hash: maphash.MakeSeed()}
	for _, e := range events {
		for _, l := range lines(string(e.data)) {
			if e.what == said && l.verb == "done" {
				r.exact = append(r.exact, r.digest(digests{l.rest[0], l.rest[1]}))
			}
		}
	}
	r.turn(0)
	last := &r.points[len(r.points)-1]
	all, _ := r.everything(last)
	r.whole = r.disk.folder(last, all)
	if !liar {
		for p := range r.points {
			for _, c := range r.disk.cuts(&r.points[p]) {
				r.list = append(r.list, state{p, c})
			}
		}
	}
	return r, nil
}

func (r *powerRow) digest(d digests) string {
	if r.logins {
		return d.alike
	}
	return d.exact
}

// everything is the cut at which all had arrived.
func (r *powerRow) everything(p *point) (cut, bool) { return r.disk.cuts(p)[0], true }

// turn plays the events on a disk. A lying one ignores other syncs each turn.
func (r *powerRow) turn(epoch int) {
	if r.epoch == epoch {
		return
	}
	var lies *rand.Rand
	if r.liar {
		lies = rand.New(rand.NewPCG(r.seed, uint64(epoch)))
	}
	r.epoch, r.disk = epoch, newDrive(r.events, nil, nil, lies)
	r.points = r.disk.points()
}

// turnLength is how many states of a lying disk are tried before it ignores
// others of its syncs.
const turnLength = 500

func (r *powerRow) try(i int) (v verdict, text string, ok, more bool) {
	if r.liar {
		r.turn(i / turnLength)
	}
	s := state{}
	if i < len(r.list) {
		s = r.list[i]
	} else {
		rng := rand.New(rand.NewPCG(r.seed, uint64(i)))
		s.point = rng.IntN(len(r.points))
		s.cut = r.disk.chance(&r.points[s.point], rng)
	}
	p := &r.points[s.point]
	files := r.disk.folder(p, s.cut)
	if r.known(files, p) {
		return 0, "", false, true
	}
	v, text = r.judge(files, p)
	if text != "" {
		text = fmt.Sprintf("%s, after event %d (steps %d of %d): %s", v, p.at, p.done, p.begun, text)
		r.leave(i, files)
	}
	return v, text, true, true
}

// known reports whether the same files were held against the same promise.
func (r *powerRow) known(files map[string][]byte, p *point) bool {
	var h maphash.Hash
	h.SetSeed(r.hash)
	for _, name := range slices.Sorted(keys(files)) {
		h.WriteString(name)
		h.WriteByte(0)
		h.Write(files[name])
	}
	fmt.Fprint(&h, p.done, " ", p.begun)
	sum := h.Sum64()
	if r.seen[sum] {
		return true
	}
	r.seen[sum] = true
	return false
}

func keys(m map[string][]byte) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// leave keeps the first states that ended badly, for whoever looks into it.
func (r *powerRow) leave(i int, files map[string][]byte) {
	dir := filepath.Join(r.site.dir, "found", fmt.Sprint(i))
	if list, _ := os.ReadDir(filepath.Dir(dir)); len(list) < keep && os.MkdirAll(dir, 0o700) == nil {
		lay(dir, files)
	}
}

// judge lays the files on a real disk, opens the ledger and holds it against
// what was acknowledged. The text is empty where nothing need be told.
func (r *powerRow) judge(files map[string][]byte, p *point) (verdict, string) {
	if err := lay(r.site.folder(), files); err != nil {
		panic(err) // of our own disk
	}
	before, there := files[ledgerName]
	switch {
	case !there && p.done == 0:
		return opened, ""
	case !there && r.liar:
		return lost, ""
	case !there:
		return lost, "there is no ledger"
	}
	d, err := look(r.site.ledger(), r.logins)
	if err != nil {
		if r.liar {
			return r.before(p)
		}
		return told, err.Error()
	}
	if v, text := p.against(r.digest(d), r.exact); v != opened {
		if r.liar && v == lost {
			text = ""
		}
		return v, text
	}
	if v, text := copiesIn(r.site, r.steps, p.done); v != opened && !r.liar {
		return v, text
	}
	if v, text := r.books(files); v != opened && !r.liar {
		return v, text
	}
	after, err := os.ReadFile(r.site.ledger())
	if err != nil {
		return told, err.Error()
	}
	if err := r.goesOn(); err != nil {
		if r.liar {
			return told, ""
		}
		return told, "the next step: " + err.Error()
	}
	if !r.logins && !bytes.Equal(before, after) {
		return repaired, ""
	}
	return opened, ""
}

// before judges what a damaged ledger was before its last commit: any of what was
// saved up to then, and nothing else.
func (r *powerRow) before(p *point) (verdict, string) {
	was, ok := lookBack(r.site.ledger(), r.logins)
	if !ok {
		return told, ""
	}
	if slices.Contains(r.exact[:min(p.begun, len(r.exact)-1)+1], r.digest(was)) {
		return earlier, ""
	}
	return silent, "what was before the last commit is what no step saved"
}

// books holds the books in the folder against what they were when done: a name
// of a book never stands over half of one.
func (r *powerRow) books(files map[string][]byte) (verdict, string) {
	for name, content := range files {
		if !strings.HasSuffix(name, ".xlsx") || strings.HasPrefix(name, "~") || bytes.Equal(content, r.whole[name]) {
			continue
		}
		b, err := xlsx.Open(filepath.Join(r.site.folder(), name), xlsx.DefaultLimits())
		if err != nil {
			return told, "half a book: " + err.Error()
		}
		b.Close()
		return silent, "another book than was written"
	}
	return opened, ""
}

// goesOn does one more step now and then, and looks whether it was saved.
func (r *powerRow) goesOn() (err error) {
	if len(r.seen)%64 != 0 {
		return nil
	}
	db, err := enter(r.site.ledger())
	if err != nil {
		return err
	}
	err = errors.Join(typed(db, "次日", 40, 1), db.Close())
	if err != nil {
		return err
	}
	if db, err = enter(r.site.ledger()); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.View(func(tx *store.Tx) error { _, err := named(tx, "甲40"); return err })
}
