package store_test

import (
	"maps"
	"slices"

	"touyan/store"
)

// fact is one writing as the history knows it: a phone number, or that a
// record was found to be another (or, empty, that it is not after all).
type fact struct {
	record, value string
	same          bool
	saw           map[string]bool // keys of the facts it replaced knowingly, and of all those had
}

// site is one office of a history: its ledger, and what it has heard of.
type site struct {
	db    *store.DB
	known map[string]*fact
	found []finding // joinings made here, which may be taken back
}

type finding struct {
	seq        uint64
	key, alias string
	sent       bool
}

// one tells under which id each record goes by what an office has heard.
func (s *site) one() map[string]string {
	root := map[string]string{}
	find := func(id string) string {
		for root[id] != "" {
			id = root[id]
		}
		return id
	}
	for _, key := range slices.Sorted(maps.Keys(s.known)) {
		f := s.known[key]
		if !f.same || f.value == "" || s.replaced(key, map[string]bool{f.record: true}) {
			continue
		}
		if a, b := find(f.record), find(f.value); a != b {
			root[max(a, b)] = min(a, b)
		}
	}
	out := map[string]string{}
	for _, f := range s.known {
		out[f.record] = find(f.record)
	}
	return out
}

// replaced reports whether a fact known in one of the records saw this one.
func (s *site) replaced(key string, records map[string]bool) bool {
	for _, f := range s.known {
		if f.same == s.known[key].same && f.saw[key] && records[f.record] {
			return true
		}
	}
	return false
}

// standing are the numbers nobody replaced knowingly, of all that is one with
// the record.
func (s *site) standing(id string) (out []string) {
	one, group := s.one(), map[string]bool{}
	for r, root := range one {
		group[r] = root == one[id]
	}
	for key, f := range s.known {
		if !f.same && f.value != "" && group[f.record] && !s.replaced(key, group) {
			out = append(out, f.value)
		}
	}
	slices.Sort(out)
	return out
}

// over is the knowledge of somebody who replaces the facts of those keys.
func (s *site) over(keys ...string) map[string]bool {
	saw := map[string]bool{}
	for _, key := range keys {
		saw[key] = true
		maps.Copy(saw, s.known[key].saw)
	}
	return saw
}
