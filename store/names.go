package store

import (
	"maps"
	"slices"
	"sync"
)

// names numbers the names of kinds and cells, so that a record does not spell
// them out. Numbers are given once per file and never change. It grows inside
// a write transaction; a transaction that fails leaves numbers nobody uses,
// and they are saved with the next.
type names struct {
	mu     sync.RWMutex
	byName map[string]uint64
	list   []string
	saved  int // how many of list the file holds
}

func newNames(list []string) *names {
	n := &names{byName: map[string]uint64{}, saved: len(list)}
	for _, s := range list {
		n.number(s)
	}
	return n
}

func (n *names) number(name string) uint64 {
	n.mu.RLock()
	i, ok := n.byName[name]
	n.mu.RUnlock()
	if ok {
		return i
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if i, ok := n.byName[name]; ok {
		return i
	}
	i = uint64(len(n.list))
	n.list = append(n.list, name)
	n.byName[name] = i
	return i
}

func (n *names) name(number uint64) string {
	n.mu.RLock()
	defer n.mu.RUnlock()
	if number >= uint64(len(n.list)) {
		return ""
	}
	return n.list[number]
}

// order sorts a state's cells by number, so that equal states pack equally.
func (n *names) order(s State) []string {
	keys := slices.Collect(maps.Keys(s))
	slices.SortFunc(keys, func(a, b string) int { return int(n.number(a)) - int(n.number(b)) })
	return keys
}
