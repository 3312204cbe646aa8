package store

import (
	"encoding/hex"
	"errors"

	"touyan/store/field"
	"touyan/store/vault"
)

// guardPapers puts each paper that an operation had to do with under the class
// its records ask for, the strictest of all that use it, voided ones included. It
// answers ErrPaperRight where this session has no key for what a paper is to
// become or has been.
//
// What lay under the laxer class before stays in pages out of use until the file
// is compacted, and in older backups.
func (tx *Tx) guardPapers() error {
	asked, err := tx.papersTouched()
	if err != nil || len(asked) == 0 {
		return err
	}
	want, err := tx.paperClasses(asked)
	if err != nil {
		return err
	}
	for id, class := range want {
		key, _ := paperKey(id) // it was asked for by its key
		sealed := tx.bolt.Bucket([]byte("papers")).Get(key)
		if is, _, err := vault.Sealed(sealed); err == nil && is == vault.Class(class) {
			continue
		}
		p, err := tx.paperIn(key, sealed)
		if err != nil {
			return err
		}
		p.Class = class
		if err := tx.putPaper(key, &p); err != nil {
			return err
		}
	}
	return nil
}

// papersTouched are the papers that the operation kept, and those that records it
// wrote name or named, as far as there are files of them.
func (tx *Tx) papersTouched() (map[string]bool, error) {
	asked := map[string]bool{}
	add := func(id string) {
		if key, err := paperKey(id); err == nil && tx.has("papers", key) {
			asked[id] = true
		}
	}
	for _, id := range tx.papers {
		add(id)
	}
	for _, k := range tx.order {
		kind := tx.kinds.Kind(k.kind)
		if kind == nil || kind.FileField() == "" {
			continue
		}
		if was := tx.before[k]; was != "" {
			row, _, err := tx.read(kind, k.id, was)
			if err != nil {
				return nil, err
			}
			add(kind.Value(row, kind.FileField()))
		}
		row, _, err := tx.Row(k.kind, k.id)
		if err != nil {
			return nil, err
		}
		add(kind.Value(row, kind.FileField()))
	}
	return asked, nil
}

// paperClasses are the classes of papers by the records that use them; what none
// uses is left out.
func (tx *Tx) paperClasses(asked map[string]bool) (map[string]field.Class, error) {
	want := map[string]field.Class{}
	for _, kind := range tx.kinds {
		if kind.FileField() == "" {
			continue
		}
		for row, err := range tx.EveryRow(kind.Name) {
			if err != nil {
				return nil, err
			}
			if id, class := kind.FileOf(row); asked[id] {
				want[id] = want[id].Stricter(class)
			}
		}
	}
	return want, nil
}

// papersOf collects what a cell that names papers says or ever said.
func (tx *Tx) papersOf(kind string, s State, into map[string]bool) {
	k := tx.kinds.Kind(kind)
	if k == nil || k.FileField() == "" {
		return
	}
	for _, v := range s[k.FileField()] {
		into[v.Value], into[v.Was] = true, true
	}
}

// dropPapers takes the keys of papers out that no record names any more: what
// lies sealed in their files can never be read again. It returns the names of
// the files.
func (tx *Tx) dropPapers(of map[string]bool) (files []string, err error) {
	used, err := tx.paperClasses(of)
	if err != nil {
		return nil, err
	}
	for id := range of {
		if _, still := used[id]; still {
			continue
		}
		p, ok, err := tx.Paper(id)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		key, err := hex.DecodeString(id)
		if err = errors.Join(err, tx.del("papers", key)); err != nil {
			return nil, err
		}
		files = append(files, p.File)
	}
	return files, nil
}
