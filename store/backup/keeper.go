package backup

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"touyan/store"
	"touyan/store/disk"
)

const (
	// every is how long after a first change its copy is made.
	every = 10 * time.Minute
	// glance is how often a second place that is behind is looked for.
	glance = time.Minute
)

// Settings is what an office may say about its backups.
type Settings struct {
	Second string // an existing folder, on a stick say, that gets the newest copy and the papers; empty: none
	Budget int64  // bytes the copies may take, in each place; zero: DefaultBudget
}

// Options is what Keep is handed.
type Options struct {
	Settings
	Told     func(Status) // after each change of the status; may be nil
	Made     func(Copy)   // after each copy, in both places, for the journal; may be nil
	Progress Progress     // of whatever is being done; may be nil
}

// Keeper makes the copies of an open ledger. Its methods may be called from
// any goroutine but that of the screen: they wait for disks. What they are told
// is told from theirs, or from the keeper's own.
//
// A failure is in the status and is returned, and is no reason to stop what a
// clerk is doing.
type Keeper struct {
	db   *store.DB
	opts Options
	here string // folder beside the ledger

	dirty  chan struct{} // something was written
	behind chan struct{} // the second place may be
	stop   context.CancelFunc
	loops  sync.WaitGroup

	making  chan struct{} // held by who makes a copy here
	good    proofs        // under making
	sending chan struct{} // held by who sends one there
	sent    proofs        // under sending

	mu       sync.Mutex
	settings Settings
	last     Copy // the newest one here that is known to be good
	status   Status
}

// Keep starts keeping an open ledger. One that waits for its password is kept
// from its first unlocking on. Close ends it, before the ledger itself is closed.
func Keep(db *store.DB, opts Options) *Keeper {
	ctx, stop := context.WithCancel(context.Background())
	k := &Keeper{db: db, opts: opts, here: Folder(db.Path()), settings: opts.Settings, stop: stop,
		dirty: make(chan struct{}, 1), behind: make(chan struct{}, 1),
		making: make(chan struct{}, 1), good: proofs{}, sending: make(chan struct{}, 1), sent: proofs{}}
	k.status.Second = opts.Second != ""
	os.Remove(restoring(db.Path()))
	k.find()
	db.Watch(func(store.Event) { nudge(k.dirty) })
	k.loops.Go(func() { k.byTime(ctx) })
	k.loops.Go(func() { k.secondPlace(ctx) })
	nudge(k.dirty) // what an earlier run may have left without a copy
	return k
}

// Look finds out what copies there are, once a ledger that was locked is not any
// more. It returns at once.
func (k *Keeper) Look() {
	k.loops.Go(func() {
		k.find()
		k.tell(func(*Status) {})
	})
}

// nudge leaves word unless there is some already.
func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// hold waits for a place of one, or for ctx.
func hold(ctx context.Context, c chan struct{}) error {
	select {
	case c <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// find looks for the newest copy of earlier runs: the one that goes furthest of
// those of this ledger as it is now, else the newest by name.
func (k *Keeper) find() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.last.Path != "" {
		return
	}
	now, err := k.db.Mark()
	if err != nil {
		return
	}
	list, err := List(k.here)
	if err != nil {
		return
	}
	for _, c := range list {
		if c.Mark.Ledger != now.Ledger {
			continue
		}
		mine, best := c.Mark.Writer == now.Writer, k.last.Mark.Writer == now.Writer
		if k.last.Path == "" || mine && (!best || c.Mark.Seq > k.last.Mark.Seq) {
			k.last, k.status.Here.At = c, c.At
		}
	}
}

// Status returns how things stand.
func (k *Keeper) Status() Status {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.status
}

// tell changes the status and says so.
func (k *Keeper) tell(change func(*Status)) {
	k.mu.Lock()
	change(&k.status)
	now := k.status
	k.mu.Unlock()
	if k.opts.Told != nil {
		k.opts.Told(now)
	}
}

// Set changes what the office says about its backups.
func (k *Keeper) Set(s Settings) {
	k.mu.Lock()
	k.settings = s
	k.mu.Unlock()
	k.tell(func(to *Status) { to.Second, to.There = s.Second != "", Place{} })
	nudge(k.behind)
}

func (k *Keeper) set() Settings {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.settings
}

func (k *Keeper) newest() Copy {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.last
}

// Before makes a copy before an import or a merge, unless nothing has changed
// since the last one.
func (k *Keeper) Before(ctx context.Context, w Work) error { return k.unlessSame(ctx, w.Before()) }

// After makes a copy after an import or a merge, unless it changed nothing.
func (k *Keeper) After(ctx context.Context, w Work) error { return k.unlessSame(ctx, w.After()) }

// BeforeRestore makes a copy before another is put in the ledger's place.
func (k *Keeper) BeforeRestore(ctx context.Context) error { return k.unlessSame(ctx, BeforeRestore) }

// Now makes a copy, whether or not anything has changed.
func (k *Keeper) Now(ctx context.Context) (Copy, error) { return k.make(ctx, ByHand, true) }

func (k *Keeper) unlessSame(ctx context.Context, why Reason) error {
	_, err := k.make(ctx, why, false)
	return err
}

// Last makes the copy at the end of the day's work and brings it to the second
// place if that is there. ctx ends the waiting: what is not finished then is not
// there.
func (k *Keeper) Last(ctx context.Context) error {
	err := k.unlessSame(ctx, AtExit)
	if errors.Is(err, store.ErrLocked) {
		return nil
	}
	return errors.Join(err, k.send(ctx))
}

// Stop ends the keeper without another copy.
func (k *Keeper) Stop() {
	k.stop()
	k.loops.Wait()
}

// Close ends the keeper with the last copy.
func (k *Keeper) Close(ctx context.Context) error {
	k.Stop()
	return k.Last(ctx)
}

// byTime makes a copy some time after something was written.
func (k *Keeper) byTime(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-k.dirty:
		}
		due := time.NewTimer(every)
		select {
		case <-ctx.Done():
			due.Stop()
			return
		case <-due.C:
		}
		select {
		case <-k.dirty: // all that was written so far goes into this copy
		default:
		}
		if k.unlessSame(ctx, Timed) != nil {
			nudge(k.dirty) // again in a while
		}
	}
}

// make makes a copy here. Without always, there is none if the last good one
// holds all there is.
func (k *Keeper) make(ctx context.Context, why Reason, always bool) (c Copy, err error) {
	if err := hold(ctx, k.making); err != nil {
		return c, err
	}
	defer func() { <-k.making }()
	if _, err := k.db.Mark(); err != nil {
		return c, err // nobody was in: nothing was done
	}
	k.find()
	if last := k.newest(); !always && last.Path != "" {
		changed, err := k.db.ChangedSince(last.Mark)
		if err == nil && !changed && k.still(ctx, last) {
			return last, nil
		}
	}
	k.tell(func(s *Status) { s.Running = true })
	c, err = Make(ctx, k.db, k.here, why, k.opts.Progress)
	if ctx.Err() != nil { // somebody said so: no failure
		k.tell(func(s *Status) { s.Running = false })
		return c, ctx.Err()
	}
	if err != nil {
		k.tell(func(s *Status) { s.Running, s.Here.Failed = false, sentence(err) })
		return c, &disk.Error{Text: sentence(err), Err: err}
	}
	k.good[c.Path] = c
	k.mu.Lock()
	k.last = c
	k.mu.Unlock()
	k.tell(func(s *Status) { s.Running, s.Here = false, Place{At: c.At} })
	k.made(c)
	nudge(k.behind)
	k.opts.Progress.at(Thinning, 0, 0)
	k.good.thin(ctx, k.here, c, k.db.Now(), k.set().Budget) // the copy is there; what is not thinned now is next time
	return c, nil
}

// still reports whether a copy lies where it was and is whole.
func (k *Keeper) still(ctx context.Context, c Copy) bool {
	info, err := os.Stat(c.Path)
	if err != nil {
		return false
	}
	c.Size, c.changed = info.Size(), info.ModTime()
	return k.good.good(ctx, c)
}

func (k *Keeper) made(c Copy) {
	if k.opts.Made != nil {
		k.opts.Made(c)
	}
}

// secondPlace brings the newest copy to the second place whenever there is one,
// and looks out for a stick that was not there. One that is full, say, is not
// written to again and again: it waits as long as a change does.
func (k *Keeper) secondPlace(ctx context.Context) {
	look := time.NewTicker(glance)
	defer look.Stop()
	tried := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-k.behind:
		case <-look.C:
			there := k.Status().There
			if !there.Absent && (there.Failed == "" || time.Since(tried) < every) {
				continue
			}
		}
		k.send(ctx)
		tried = time.Now()
	}
}

// send brings the newest copy and the papers to the second place. One that is
// not there is no failure.
func (k *Keeper) send(ctx context.Context) error {
	if err := hold(ctx, k.sending); err != nil {
		return err
	}
	defer func() { <-k.sending }()
	s, last := k.set(), k.newest()
	if s.Second == "" {
		return nil
	}
	if info, err := os.Stat(s.Second); err != nil || !info.IsDir() {
		k.tell(func(s *Status) { s.There.Absent = true })
		return nil
	}
	at := k.Status().There.At
	err := k.apart(s.Second)
	if err == nil {
		err = k.bring(ctx, s, last, &at)
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		_, gone := os.Stat(s.Second)
		k.tell(func(to *Status) { to.There = Place{At: at, Failed: sentence(err), Absent: gone != nil} })
		return &disk.Error{Text: sentence(err), Err: err}
	}
	k.tell(func(to *Status) { to.There = Place{At: at} })
	return nil
}

// apart refuses the ledger's own folder as a second place.
func (k *Keeper) apart(place string) error {
	a, err := os.Stat(place)
	if err != nil {
		return disk.CannotRead(place, err)
	}
	if b, err := os.Stat(filepath.Dir(k.db.Path())); err == nil && os.SameFile(a, b) {
		return &disk.Error{Text: "第二处选的就是台账所在的文件夹，电脑坏了两处会一起丢；请换成 U 盘上的文件夹。", Err: errors.New("second place is the first")}
	}
	return nil
}

// bring does what send does where the second place is there. at becomes the
// moment of the newest copy there.
func (k *Keeper) bring(ctx context.Context, s Settings, last Copy, at *time.Time) error {
	folder := In(s.Second, k.db.Path())
	if last.Path != "" {
		there, err := k.holds(ctx, folder, last)
		if err != nil {
			return err
		}
		if !there {
			c, err := Send(ctx, last, folder, k.opts.Progress)
			if err != nil {
				return err
			}
			k.sent[c.Path] = c
			k.made(c)
			k.opts.Progress.at(Thinning, 0, 0)
			k.sent.thin(ctx, folder, c, k.db.Now(), s.Budget)
		}
		*at = last.At
	}
	_, err := Papers(ctx, PapersOf(k.db.Path()), PapersIn(s.Second, k.db.Path()), k.opts.Progress)
	return err
}

// holds reports whether a folder has that state of the ledger already.
func (k *Keeper) holds(ctx context.Context, folder string, last Copy) (bool, error) {
	list, err := List(folder)
	if err != nil {
		return false, err
	}
	for _, c := range list {
		if c.Mark.Same(last.Mark) && k.sent.good(ctx, c) {
			return true, nil
		}
	}
	return false, ctx.Err()
}
