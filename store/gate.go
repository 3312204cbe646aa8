package store

import "sync"

// gate counts who is inside. To pass it alone is to wait until nobody is, and
// to keep others out meanwhile. Who is inside may enter again: unlike with a
// sync.RWMutex, one that waits to pass alone does not stop him.
type gate struct {
	mu    sync.Mutex
	quiet *sync.Cond
	in    int
}

func newGate() *gate {
	g := &gate{}
	g.quiet = sync.NewCond(&g.mu)
	return g
}

func (g *gate) enter() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.in++
}

func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.in--; g.in == 0 {
		g.quiet.Broadcast()
	}
}

func (g *gate) alone(f func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for g.in > 0 {
		g.quiet.Wait()
	}
	f()
}
