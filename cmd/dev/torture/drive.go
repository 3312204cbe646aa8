package main

import (
	"cmp"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
)

// sector is what a disk writes whole or not at all.
const sector = 512

// point is the moment after an event: what the disk holds for certain, what is
// on its way, and what the program had said by then.
type point struct {
	at      int            // index of the last event
	durable map[int][]byte // content by file; never changed in place
	names   map[string]int // names the disk holds for certain
	loose   []int          // data events not yet synced, in order
	moves   []int          // name events not yet synced, in order
	promise
}

// drive plays events on a simulated disk. It is given what lay there before.
type drive struct {
	events []event
	now    point
	lies   *rand.Rand // nil: an honest disk; else three of four syncs are ignored
}

func newDrive(events []event, before []string, content map[string][]byte, lies *rand.Rand) *drive {
	d := &drive{events: events, lies: lies, now: point{at: -1, durable: map[int][]byte{}, names: map[string]int{}}}
	for i, name := range before {
		d.now.durable[i], d.now.names[name] = content[name], i
	}
	return d
}

// points plays all events and returns the moment after each.
func (d *drive) points() []point {
	out := []point{d.now}
	for i := range d.events {
		d.play(i)
		out = append(out, d.now)
	}
	return out
}

func (d *drive) play(i int) {
	d.now.at = i
	switch e := &d.events[i]; e.what {
	case written, truncated:
		d.now.loose = append(slices.Clip(d.now.loose), i)
	case created, renamed, linked, unlinked:
		d.now.moves = append(slices.Clip(d.now.moves), i)
	case synced:
		if !d.ignored() {
			d.settle(e.file)
		}
	case dirSynced:
		if !d.ignored() {
			d.settleNames(e.name)
		}
	case said:
		d.heard(string(e.data))
	}
}

func (d *drive) ignored() bool { return d.lies != nil && d.lies.IntN(4) > 0 }

// settle makes what was written to a file certain.
func (d *drive) settle(file int) {
	content := slices.Clone(d.now.durable[file])
	var rest []int
	for _, i := range d.now.loose {
		e := &d.events[i]
		if e.file != file {
			rest = append(rest, i)
			continue
		}
		content = e.applied(content, len(e.data))
	}
	d.now.durable = maps.Clone(d.now.durable)
	d.now.durable[file] = content
	d.now.loose = rest
}

// settleNames makes the names in one folder certain.
func (d *drive) settleNames(dir string) {
	there := point{names: d.now.names}
	var rest []int
	for _, i := range d.now.moves {
		e := &d.events[i]
		if last := cmp.Or(e.to, e.name); filepath.Dir(last) == dir {
			there.moves = append(there.moves, i)
		} else {
			rest = append(rest, i)
		}
	}
	d.now.names, d.now.moves = d.named(&there, len(there.moves)), rest
}

// applied is a file's content after a data event, of which only the first n
// bytes arrived.
func (e *event) applied(content []byte, n int) []byte {
	if e.what == truncated {
		return resized(content, e.off)
	}
	return overwritten(content, e.off, e.data[:n])
}

func (d *drive) heard(text string) {
	for _, s := range lines(text) {
		switch s.verb {
		case "begin":
			d.now.begun = s.step
		case "done":
			d.now.done = s.step
		}
	}
}

// named are the names after so many of the moves on their way.
func (d *drive) named(p *point, moves int) map[string]int {
	names := maps.Clone(p.names)
	for _, i := range p.moves[:moves] {
		switch e := &d.events[i]; e.what {
		case created:
			names[e.name] = e.file
		case renamed:
			names[e.to] = names[e.name]
			delete(names, e.name)
		case linked:
			names[e.to] = names[e.name]
		case unlinked:
			delete(names, e.name)
		}
	}
	return names
}

// cut is what of the things on their way reached the disk before the power
// went: of each data event how many bytes (-1: none), and how many moves.
// Names reach it in order, as journaling file systems have it; data in any.
type cut struct {
	arrived []int
	moves   int
}

// folder is what lies on the disk after a cut, by name.
func (d *drive) folder(p *point, c cut) map[string][]byte {
	names := d.named(p, c.moves)
	content := make(map[int][]byte, len(names))
	for _, file := range names {
		content[file] = p.durable[file]
	}
	own := map[int]bool{}
	for k, i := range p.loose {
		e := &d.events[i]
		old, there := content[e.file]
		if c.arrived[k] < 0 || !there {
			continue
		}
		if !own[e.file] {
			old, own[e.file] = slices.Clone(old), true
		}
		content[e.file] = e.applied(old, c.arrived[k])
	}
	out := make(map[string][]byte, len(names))
	for name, file := range names {
		out[name] = content[file]
	}
	return out
}

// cuts are the systematic ones of a moment: all or nothing on its way, each
// write missing alone or there alone, the last torn at each sector, and the
// names at each stage.
func (d *drive) cuts(p *point) []cut {
	all, none := make([]int, len(p.loose)), make([]int, len(p.loose))
	for k, i := range p.loose {
		all[k], none[k] = len(d.events[i].data), -1
	}
	out := []cut{{all, len(p.moves)}, {none, len(p.moves)}}
	for m := range p.moves {
		out = append(out, cut{all, m}, cut{none, m})
	}
	for k := range p.loose {
		without, alone := slices.Clone(all), slices.Clone(none)
		without[k], alone[k] = -1, all[k]
		out = append(out, cut{without, len(p.moves)}, cut{alone, len(p.moves)})
	}
	if n := len(p.loose); n > 0 && p.loose[n-1] == p.at {
		for arrived := sector; arrived < all[n-1]; arrived += max(sector, all[n-1]/16/sector*sector) {
			torn, tornAlone := slices.Clone(all), slices.Clone(none)
			torn[n-1], tornAlone[n-1] = arrived, arrived
			out = append(out, cut{torn, len(p.moves)}, cut{tornAlone, len(p.moves)})
		}
	}
	return out
}

// chance is a cut by the dice: any set of the writes on their way, some torn.
func (d *drive) chance(p *point, rng *rand.Rand) cut {
	c := cut{make([]int, len(p.loose)), rng.IntN(len(p.moves) + 1)}
	often := 1 + rng.IntN(9) // how many of ten arrive, another share each time
	for k, i := range p.loose {
		n := len(d.events[i].data)
		switch {
		case rng.IntN(10) >= often:
			c.arrived[k] = -1
		case n > sector && rng.IntN(4) == 0:
			c.arrived[k] = rng.IntN(n/sector) * sector
		default:
			c.arrived[k] = n
		}
	}
	return c
}

// lay makes a folder hold just these files. All are new ones: a file that could
// not be opened may still be held by whoever tried.
func lay(dir string, files map[string][]byte) error {
	there, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, f := range there {
		if err := os.RemoveAll(filepath.Join(dir, f.Name())); err != nil {
			return err
		}
	}
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			return err
		}
	}
	return nil
}
