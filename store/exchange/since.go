package exchange

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
)

// Since is what changed in the records an office is sent, since it was last sent
// them: what the next book tells it that it does not know.
type Since struct {
	To    store.Office
	Kinds []KindSince // those the forms show and of which something changed, or that were never sent, in the order of menus
}

// KindSince is Since for one kind.
type KindSince struct {
	Kind                 *field.Kind
	Last                 store.Entry // with which book it was last sent; zero: never, and all is new
	New, Updated, Voided int
	Records              []Changed
}

// Changed is one record that is not as it was when it was last sent.
type Changed struct {
	ID     string
	New    bool
	Voided bool
	Fields []string // of one that was known: the cells that say something else
}

// Nothing reports that the office knows all there is: a 零报告.
func (s *Since) Nothing() bool {
	return !slices.ContainsFunc(s.Kinds, func(k KindSince) bool { return k.New+k.Updated+k.Voided > 0 })
}

// String is Since as the cover of a report says it.
func (s *Since) String() string {
	if s.Nothing() {
		return "与上次报送相比没有变动（零报告）"
	}
	var parts []string
	for _, k := range s.Kinds {
		text := k.Kind.Label
		for _, part := range []struct {
			word string
			n    int
		}{{"新增", k.New}, {"更改", k.Updated}, {"作废", k.Voided}} {
			if part.n > 0 {
				text += fmt.Sprint(" ", part.word, part.n)
			}
		}
		if text != k.Kind.Label {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "；")
}

// ChangedSince holds the ledger against the last books with the same forms that
// an office was sent, by the journal; nil forms stand for the registers of a
// bundle. What was changed and changed back does not count, nor what the office
// itself wrote.
func ChangedSince(tx *store.Tx, to store.Office, forms []*field.Form) (Since, error) {
	s := Since{To: to}
	c := &changes{tx: tx, to: to, last: map[string]store.Entry{}, of: map[recordKey]*sinceThen{}}
	shows, err := kindsOf(tx.Kinds(), forms)
	if err != nil {
		return s, err
	}
	if c.scope, err = scopeOf(tx, to); err != nil {
		return s, err
	}
	if err := c.lastSent(shows); err != nil {
		return s, err
	}
	if err := c.collect(); err != nil {
		return s, err
	}
	for _, k := range tx.Kinds() {
		if !slices.ContainsFunc(slices.Collect(maps.Values(shows)), func(of []string) bool { return slices.Contains(of, k.Name) }) {
			continue
		}
		ks := KindSince{Kind: k, Last: c.last[k.Name]}
		if ks.Last.Seq == 0 {
			err = c.all(&ks)
		} else {
			err = c.changed(&ks)
		}
		if err != nil {
			return s, err
		}
		if len(ks.Records) > 0 || ks.Last.Seq == 0 {
			s.Kinds = append(s.Kinds, ks)
		}
	}
	return s, nil
}

// changes are what the journal has since an office was last sent a book.
type changes struct {
	tx    *store.Tx
	to    store.Office
	scope *scope
	last  map[string]store.Entry // by kind
	order []recordKey
	of    map[recordKey]*sinceThen
}

// sinceThen is one record of them, under its canonical id.
type sinceThen struct {
	made bool              // was not there when the book left
	was  map[string]string // cells as the book showed them
}

// kindsOf tells for each form, by name, of which kinds it shows records.
func kindsOf(kinds field.Kinds, forms []*field.Form) (map[string][]string, error) {
	if forms == nil {
		var err error
		if forms, err = Registers(kinds, nil); err != nil {
			return nil, err
		}
	}
	out := map[string][]string{}
	for _, f := range forms {
		s, err := shapeOf(kinds, f)
		if err != nil {
			return nil, err
		}
		for _, h := range s.holders {
			if len(h.columns) > 0 {
				out[f.Name] = append(out[f.Name], h.kind.Name)
			}
		}
	}
	return out, nil
}

// lastSent finds for each kind the last book that showed it in one of the forms.
func (c *changes) lastSent(shows map[string][]string) error {
	for e, err := range c.tx.Standing() { // without books taken back before anybody had them
		if err != nil {
			return err
		}
		if e.Sent == nil || stem(e.Sent.To) != stem(c.to.Code) {
			continue
		}
		for _, form := range e.Sent.Forms {
			for _, kind := range shows[form] {
				if _, later := c.last[kind]; !later {
					c.last[kind] = e
				}
			}
		}
	}
	return nil
}

// collect reads what each operation changed since the earliest of those books.
func (c *changes) collect() error {
	if len(c.last) == 0 {
		return nil
	}
	from := c.tx.Seq()
	for _, e := range c.last {
		from = min(from, e.Sent.Seen)
	}
	for seq := from + 1; seq <= c.tx.Seq(); seq++ {
		list, err := c.tx.Changes(seq)
		if err != nil {
			return err
		}
		for _, ch := range list {
			if e := c.last[ch.Kind]; e.Sent != nil && seq > e.Sent.Seen {
				c.note(ch)
			}
		}
	}
	return nil
}

// note keeps what a change found, if no earlier one did.
func (c *changes) note(ch store.Change) {
	key := recordKey{ch.Kind, c.tx.Canonical(ch.ID)}
	r := c.of[key]
	if r == nil {
		r = &sinceThen{made: ch.Created && key.id == ch.ID, was: map[string]string{}}
		c.of[key] = r
		c.order = append(c.order, key)
	}
	for name, value := range ch.Was {
		if _, earlier := r.was[name]; !earlier {
			r.was[name] = value
		}
	}
}

// all lists the records of a kind that was never sent.
func (c *changes) all(ks *KindSince) error {
	for row, err := range c.tx.Rows(ks.Kind.Name) {
		if err != nil {
			return err
		}
		if c.scope.has(ks.Kind, row) {
			ks.add(Changed{ID: row.ID, New: true})
		}
	}
	return nil
}

// changed lists the records of a kind that are not as they were sent.
func (c *changes) changed(ks *KindSince) error {
	for _, key := range c.order {
		if key.kind != ks.Kind.Name {
			continue
		}
		state, ok, err := c.tx.State(key.kind, key.id)
		if err != nil {
			return err
		}
		row := c.tx.RowOf(ks.Kind, key.id, state)
		if !ok || !c.scope.has(ks.Kind, row) {
			continue // an undo took it out again, or it is none of theirs
		}
		r := c.of[key]
		fields := c.theirsAside(ks.Kind, row, state, r)
		switch {
		case r.made && row.Void != "":
		case r.made && len(fields) > 0:
			ks.add(Changed{ID: key.id, New: true})
		case !r.made && row.Void != "" && slices.Contains(fields, store.VoidCell):
			ks.add(Changed{ID: key.id, Voided: true})
		case !r.made && len(fields) > 0:
			ks.add(Changed{ID: key.id, Fields: fields})
		}
	}
	return nil
}

// theirsAside are the cells of a record that say something else than the book,
// those the office itself wrote left out.
func (c *changes) theirsAside(k *field.Kind, row field.Row, state store.State, r *sinceThen) (out []string) {
	look := func(name, now string) {
		was, touched := r.was[name]
		if f := k.Field(name); f != nil && f.Type == field.Ref {
			was = c.tx.Canonical(was)
		}
		if r.made && now == "" || !r.made && (!touched || was == now) {
			return
		}
		if v := state[name].Shown(ownerOf(k, name), c.tx.Office().Code); v == nil || stem(v.Office) != stem(c.to.Code) || c.to.Code == c.tx.Office().Code {
			out = append(out, name)
		}
	}
	for i := range k.Fields {
		look(k.Fields[i].Name, row.Values[i])
	}
	for _, name := range sortedKeys(row.Extra) {
		look(name, row.Extra[name])
	}
	look(store.VoidCell, row.Void)
	return out
}

func (ks *KindSince) add(c Changed) {
	ks.Records = append(ks.Records, c)
	switch {
	case c.New:
		ks.New++
	case c.Voided:
		ks.Voided++
	default:
		ks.Updated++
	}
}

// wholeForms are the forms a book shows whole to somebody who may answer it: not
// a copy without stamps, one that was narrowed, or one for nobody.
func wholeForms(o Order) (names []string) {
	if o.Copy == Public || len(o.Where) > 0 || o.Village != "" || o.only != nil || o.To.Code == "" {
		return nil
	}
	for _, f := range o.Forms {
		names = append(names, f.Name)
	}
	return names
}
