package page

import (
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/ui/find"
)

// Finder answers the find box of the window: people and villages of the ledger
// by name, ID number and phone, rooms and commands by what they are called.
// It keeps the names at hand, reads them beside the UI thread and follows the
// ledger; asking it takes less than a frame.
type Finder struct {
	desk   *Desk
	reader *find.Reader
	people *known
	places *known
	seq    uint64 // the last operation it knows of
	turn   int
	Ready  func() // called whenever it has caught up; may be nil
}

// known are the records of a kind that can be found.
type known struct {
	kind   *field.Kind
	fields []int // whose values are words to find by
	all    []listed
	signs  []find.Signs   // of each entry, all words together
	at     map[string]int // by id
}

// listed is one record: what it is called, and what it is found by: first the
// words anybody may read, then those a wall must not show.
type listed struct {
	id    string
	name  string
	words []find.Word
	open  int // how many anybody may read
}

// Found is one line under the find box.
type Found struct {
	Text, Aside string
	Do          func()
}

// Finds are the lines of one group, best first, and how many there are in all.
type Finds struct {
	Label string
	Lines []Found
	All   int
}

// perGroup is how many lines of a group are found; whoever shows them may have
// less room.
const perGroup = 7

// NewFinder makes a finder that knows nothing yet.
func NewFinder(d *Desk) *Finder {
	kinds := d.DB.Kinds()
	return &Finder{desk: d, reader: find.NewReader(), people: newKnown(kinds.Kind("person"), "name", "former", "idno", "phone"), places: newKnown(kinds.Kind("village"), "name")}
}

func newKnown(kind *field.Kind, names ...string) *known {
	k := &known{kind: kind, at: map[string]int{}}
	for _, n := range names {
		if i := kind.Index(n); i >= 0 {
			k.fields = append(k.fields, i)
		}
	}
	return k
}

// Counts are how many villages and people the ledger has.
func (f *Finder) Counts() (villages, people int) { return len(f.places.all), len(f.people.all) }

// read is what a reading beside the UI thread found: all rows, or those that
// changed.
type found struct {
	seq     uint64
	whole   bool
	changed map[*known][]field.Row // a row without values is gone
	all     map[*known]*known
	reader  *find.Reader
}

// many is how many changed records are read one by one; more are read anew
// with all others.
const many = 500

// Refresh reads what changed since it last did.
func (f *Finder) Refresh() {
	since := f.seq
	kinds := []*known{f.people, f.places}
	read(f.desk, &f.turn, func(tx *store.Tx) (found, error) {
		r := found{seq: tx.Seq(), changed: map[*known][]field.Row{}}
		ids, few, err := changedSince(tx, since)
		if err != nil {
			return r, err
		}
		if !few {
			return readWhole(tx, r, kinds)
		}
		for _, k := range kinds {
			for _, id := range ids[k.kind.Name] {
				row, ok, err := tx.Row(k.kind.Name, id)
				if err != nil {
					return r, err
				}
				if !ok || row.Void != "" || row.ID != id {
					r.changed[k] = append(r.changed[k], field.Row{ID: id})
				}
				if ok && row.Void == "" {
					r.changed[k] = append(r.changed[k], row)
				}
			}
		}
		return r, nil
	}, f.take)
}

// changedSince lists the records changed by the operations after one, by kind.
// few is false where there is more than it pays to read one by one.
func changedSince(tx *store.Tx, since uint64) (ids map[string][]string, few bool, err error) {
	ids = map[string][]string{}
	if since == 0 {
		return ids, false, nil
	}
	n := 0
	for e, err := range tx.Journal() {
		if err != nil {
			return nil, false, err
		}
		if e.Seq <= since {
			break
		}
		if e.Batch != nil || e.Undid > 0 {
			return ids, false, nil
		}
		list, err := tx.Changes(e.Seq)
		if err != nil {
			return nil, false, err
		}
		if n += len(list); n > many {
			return ids, false, nil
		}
		for _, c := range list {
			ids[c.Kind] = append(ids[c.Kind], c.ID)
		}
	}
	return ids, true, nil
}

func readWhole(tx *store.Tx, r found, kinds []*known) (found, error) {
	r.whole, r.all, r.reader = true, map[*known]*known{}, find.NewReader()
	for _, k := range kinds {
		all := &known{kind: k.kind, fields: k.fields, at: map[string]int{}}
		for row, err := range tx.Rows(k.kind.Name) {
			if err != nil {
				return r, err
			}
			all.put(r.reader, row)
		}
		r.all[k] = all
	}
	return r, nil
}

// take takes over what was read, on the UI thread.
func (f *Finder) take(r found) {
	f.seq = r.seq
	if r.whole {
		f.reader, f.people, f.places = r.reader, r.all[f.people], r.all[f.places]
	}
	for k, rows := range r.changed {
		for _, row := range rows {
			if row.Values == nil {
				k.drop(row.ID)
			} else {
				k.put(f.reader, row)
			}
		}
	}
	if f.Ready != nil {
		f.Ready()
	}
}

// put takes in a record, or takes it in anew. Texts are copied: a row's hold
// the whole record in memory.
func (k *known) put(r *find.Reader, row field.Row) {
	e := listed{id: strings.Clone(row.ID), name: strings.Clone(row.Values[k.fields[0]])}
	for _, i := range k.fields {
		if v := row.Values[i]; v != "" {
			e.words = append(e.words, r.Word(strings.Clone(v)))
			if !Veiled(&k.kind.Fields[i]) {
				e.open = len(e.words)
			}
		}
	}
	var signs find.Signs
	for _, w := range e.words {
		signs |= w.Signs()
	}
	if at, ok := k.at[e.id]; ok {
		k.all[at], k.signs[at] = e, signs
		return
	}
	k.at[e.id] = len(k.all)
	k.all, k.signs = append(k.all, e), append(k.signs, signs)
}

func (k *known) drop(id string) {
	at, ok := k.at[id]
	if !ok {
		return
	}
	last := len(k.all) - 1
	k.all[at], k.signs[at] = k.all[last], k.signs[last]
	k.at[k.all[at].id] = at
	k.all, k.signs = k.all[:last], k.signs[:last]
	delete(k.at, id)
}

// hit is a record that answers, and how well.
type hit struct {
	at   int
	rank find.Rank
}

// find returns the best entries for what was typed, and how many answer. On a
// wall nobody is found by what it must not show.
func (k *known) find(r *find.Reader, parts []find.Part, wall bool) (best []hit, all int) {
	for i, signs := range k.signs {
		if slices.ContainsFunc(parts, signs.Lacks) {
			continue
		}
		words := k.all[i].words
		if wall {
			words = words[:k.all[i].open]
		}
		rank := rankOf(r, words, parts)
		if rank == find.Nowhere {
			continue
		}
		all++
		if len(best) == perGroup && rank >= best[perGroup-1].rank {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, rank+1, func(h hit, want find.Rank) int { return int(h.rank - want) })
		best = slices.Insert(best, at, hit{i, rank})
		best = best[:min(len(best), perGroup)]
	}
	return best, all
}

// rankOf is how well words answer all parts: as well as the part answered worst.
func rankOf(r *find.Reader, words []find.Word, parts []find.Part) find.Rank {
	worst := find.Whole
	for _, p := range parts {
		rank := find.Nowhere
		for _, w := range words {
			rank = min(rank, r.Rank(w, p))
		}
		if worst = max(worst, rank); worst == find.Nowhere {
			return worst
		}
	}
	return worst
}

// Find answers what was typed, group by group; those without an answer are
// left out. Nothing typed offers the rooms and what can be done.
func (f *Finder) Find(typed string, rooms []Room, commands []Command) []Finds {
	parts := find.Parse(typed)
	var out []Finds
	if len(parts) > 0 {
		out = append(out, f.records(f.people, parts, f.aboutPerson), f.records(f.places, parts, nil))
	}
	var pages, doings []Found
	for _, r := range rooms {
		pages = append(pages, Found{Text: r.Label, Aside: r.Group.Word(), Do: func() { f.desk.Room(r.Name) }})
		commands = append(commands, r.Commands...)
	}
	for _, c := range commands {
		doings = append(doings, Found{Text: c.Text, Aside: c.Keys, Do: c.Do})
	}
	places, steps := sift(f.reader, labelPages, pages, parts), sift(f.reader, labelDoings, doings, parts)
	if slices.ContainsFunc(doings, func(d Found) bool { return strings.TrimSuffix(d.Text, asksMore) == typed }) {
		places, steps = steps, places // what is called exactly so comes first
	}
	out = append(out, places, steps)
	return slices.DeleteFunc(out, func(g Finds) bool { return len(g.Lines) == 0 })
}

// records finds in the records of a kind. What tells those shown apart is
// looked up for them alone.
func (f *Finder) records(k *known, parts []find.Part, about func(*store.Tx, string) (string, error)) Finds {
	best, all := k.find(f.reader, parts, f.desk.Projecting())
	out := Finds{Label: k.kind.Label, All: all}
	for _, h := range best {
		e := k.all[h.at]
		out.Lines = append(out.Lines, Found{Text: e.name, Do: func() { f.desk.Record(k.kind.Name, e.id) }})
	}
	if about == nil || len(best) == 0 {
		return out
	}
	err := f.desk.DB.View(func(tx *store.Tx) (err error) {
		for i, h := range best {
			if out.Lines[i].Aside, err = about(tx, k.all[h.at].id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		f.desk.Fail(err)
	}
	return out
}

// aboutPerson tells one of a name from another: where they hold which post,
// and the phone, masked.
func (f *Finder) aboutPerson(tx *store.Tx, id string) (string, error) {
	row, ok, err := tx.Row("person", id)
	if err != nil || !ok {
		return "", err
	}
	posts, err := postsOf(tx, id)
	if err != nil {
		return "", err
	}
	names := nameBook{tx: tx, known: map[string]string{}, seen: f.desk.veil()}
	post := tx.Kinds().Kind("post")
	var out []string
	at := ""
	for _, p := range posts {
		position := names.show(post.Field("position"), p.Position)
		if p.Village == at { // one village, two posts
			out[len(out)-1] += "、" + position
			continue
		}
		at = p.Village
		out = append(out, names.show(post.Field("village"), p.Village)+" "+position)
	}
	for _, name := range []string{"birth", "phone"} {
		if text := names.show(f.people.kind.Field(name), row.Values[f.people.kind.Index(name)]); text != "" {
			out = append(out, text)
		}
	}
	return strings.Join(out, " · "), nil
}

// sift keeps the lines that answer, the best first.
func sift(r *find.Reader, label string, lines []Found, parts []find.Part) Finds {
	type ranked struct {
		line Found
		rank find.Rank
	}
	var hits []ranked
	for _, l := range lines {
		if rank := rankOf(r, []find.Word{r.Word(l.Text)}, parts); rank < find.Nowhere {
			hits = append(hits, ranked{l, rank})
		}
	}
	slices.SortStableFunc(hits, func(a, b ranked) int { return int(a.rank - b.rank) })
	out := Finds{Label: label, All: len(hits)}
	for _, h := range hits[:min(len(hits), perGroup)] {
		out.Lines = append(out.Lines, h.line)
	}
	return out
}
