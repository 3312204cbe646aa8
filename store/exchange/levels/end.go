package levels

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
)

// mostRounds is how often books go up and down before the ledgers must agree:
// two ways over two steps, and once more for what decisions bring.
const mostRounds = 6

// end has books go up and down, conflicts decided at the top, until nothing
// changes any more; then all ledgers must agree, have no conflict left and hold
// every value anybody entered.
func (w *world) end() error {
	for range mostRounds {
		before, err := w.all()
		if err != nil {
			return err
		}
		if err := w.round(); err != nil {
			return err
		}
		w.counts.Rounds++
		after, err := w.all()
		if err != nil {
			return err
		}
		if slices.Equal(before, after) {
			return w.agree()
		}
	}
	return fmt.Errorf("after %d rounds something still changes", mostRounds)
}

// round sends everything up and then down again. Whoever is at the top of it
// decides what is open.
func (w *world) round() error {
	for i := len(w.offices) - 1; i > 0; i-- {
		if err := w.pass(w.offices[i], w.offices[i].over); err != nil {
			return err
		}
	}
	for _, o := range w.offices {
		if err := w.decide(o, -1); err != nil {
			return err
		}
		for _, below := range o.under {
			if err := w.pass(o, below); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *world) pass(from, to *office) error {
	b, err := w.send(from, to)
	if err == nil {
		_, err = w.merge(b, to)
	}
	return err
}

// all is what all ledgers say.
func (w *world) all() ([]string, error) {
	var out []string
	for _, o := range w.offices {
		text, err := o.says("")
		if err != nil {
			return nil, err
		}
		out = append(out, text)
	}
	return out, nil
}

// agree holds every ledger against the one over it, and all that was entered
// against what is still to be found.
func (w *world) agree() error {
	for _, o := range w.offices {
		var open []store.Conflict
		if err := o.db.View(func(tx *store.Tx) (err error) {
			open, err = tx.Conflicts()
			return err
		}); err != nil || len(open) > 0 {
			return fmt.Errorf("%s has %d conflicts left, %v", o.Name, len(open), err)
		}
		for _, place := range o.places {
			if o.over == nil {
				continue
			}
			mine, err := o.says(place)
			if err != nil {
				return err
			}
			theirs, err := o.over.says(place)
			if err != nil {
				return err
			}
			if mine != theirs {
				return fmt.Errorf("%s and %s disagree on %s\n%s\n---\n%s", o.Name, o.over.Name, place, mine, theirs)
			}
		}
	}
	return w.lost()
}

// says is what a ledger holds, a line a record; of a place, if one is named, only
// what bears its name.
func (o *office) says(place string) (string, error) {
	var lines []string
	err := o.db.View(func(tx *store.Tx) error {
		for _, k := range tx.Kinds() {
			if k.Name == "office" {
				continue // each level speaks of its own
			}
			for row, err := range tx.Rows(k.Name) {
				if err != nil {
					return err
				}
				line := sayRow(k, row)
				if strings.Contains(line, place) {
					lines = append(lines, line)
				}
			}
		}
		if place != "" {
			return nil
		}
		open, err := tx.Conflicts()
		for _, c := range open {
			line := "conflict " + c.ID
			for _, v := range c.Versions {
				line += " " + v.Value
			}
			lines = append(lines, line)
		}
		return err
	})
	if place != "" {
		lines = slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return nobodys(l, lines) })
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n"), err
}

// sayRow is a record in a line. What stands under fields that offices added is the
// same whether this office has the field or only keeps what stands there.
func sayRow(k *field.Kind, row field.Row) string {
	line := k.Name + " " + row.ID
	added := maps.Clone(row.Extra)
	for i, f := range k.Fields {
		switch {
		case row.Values[i] == "":
		case i < k.Bound():
			line += " " + f.Name + "=" + row.Values[i]
		default:
			if added == nil {
				added = map[string]string{}
			}
			added[f.Name] = row.Values[i]
		}
	}
	for _, name := range slices.Sorted(maps.Keys(added)) {
		line += " " + name + "=" + added[name]
	}
	return line
}

// nobodys reports a person who holds nothing any more, and so may be in no
// township's book.
func nobodys(line string, lines []string) bool {
	id, is := strings.CutPrefix(line, "person ")
	id, _, _ = strings.Cut(id, " ")
	return is && !slices.ContainsFunc(lines, func(l string) bool { return strings.Contains(l, " person="+id+" ") })
}

// lost finds a value somebody entered that no ledger, conflict or journal has.
func (w *world) lost() error {
	held := map[string]bool{}
	for _, o := range w.offices {
		if err := o.db.View(func(tx *store.Tx) error { return collect(tx, held) }); err != nil {
			return err
		}
	}
	for v := range w.typed {
		if !held[v] {
			return fmt.Errorf("%s is in no ledger, conflict or journal", v)
		}
	}
	return nil
}

// collect takes in every value a ledger can still show.
func collect(tx *store.Tx, held map[string]bool) error {
	for _, k := range tx.Kinds() {
		for row, err := range tx.EveryRow(k.Name) {
			if err != nil {
				return err
			}
			s, _, err := tx.State(k.Name, row.ID)
			if err != nil {
				return err
			}
			for _, cell := range s {
				for _, v := range cell {
					held[v.Value], held[v.Was] = true, true
				}
			}
			if err := collectAliases(tx, k, row.ID, held); err != nil {
				return err
			}
		}
	}
	for e, err := range tx.Journal() {
		if err != nil {
			return err
		}
		changes, err := tx.Changes(e.Seq)
		if err != nil {
			return err
		}
		for _, c := range changes {
			for _, v := range c.Was {
				held[v] = true
			}
			for _, beside := range c.Beside {
				for _, v := range beside {
					held[v] = true
				}
			}
		}
		if e.Undid == 0 {
			continue
		}
		done, _, err := tx.Did(e.Seq, mostTakenBack)
		if err != nil {
			return err
		}
		for _, past := range done {
			for _, c := range past.Cells {
				held[c.Was] = true // of a record taken out again only this tells
			}
		}
	}
	return nil
}

// collectAliases takes in what the ids of a joined record hold each: written over
// where they are one, and shown again where they are parted.
func collectAliases(tx *store.Tx, k *field.Kind, id string, held map[string]bool) error {
	for _, alias := range tx.Aliases(id) {
		for i := range k.Fields {
			cell, err := tx.OwnCell(k.Name, alias, k.Fields[i].Name)
			if err != nil {
				return err
			}
			for _, v := range cell {
				held[v.Value], held[v.Was] = true, true
			}
		}
	}
	return nil
}

// mostTakenBack is more than a book of a history brings.
const mostTakenBack = 1000

func copyFile(to, from string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, b, 0o600)
}
