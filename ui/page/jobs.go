package page

import "sync"

// jobs are what runs beside the UI thread. Unlike with a sync.WaitGroup, new
// ones may begin while somebody waits on another goroutine.
type jobs struct {
	mu    sync.Mutex
	quiet *sync.Cond
	n     int
}

// Go runs f beside the UI thread.
func (j *jobs) Go(f func()) {
	j.mu.Lock()
	j.n++
	j.mu.Unlock()
	go func() {
		defer j.done()
		f()
	}()
}

func (j *jobs) done() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.n--; j.n == 0 && j.quiet != nil {
		j.quiet.Broadcast()
	}
}

// busy reports whether anything runs.
func (j *jobs) busy() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.n > 0
}

// Wait waits until nothing runs.
func (j *jobs) Wait() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.quiet == nil {
		j.quiet = sync.NewCond(&j.mu)
	}
	for j.n > 0 {
		j.quiet.Wait()
	}
}
