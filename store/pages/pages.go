// Package pages reads the pages of a ledger's file without trusting one of them.
//
// The file is bbolt's: pages of one size, the first two each naming the root of
// a tree, the list of free pages and how many pages there are; the one of the
// higher transaction counts, and every commit overwrites the other. bbolt
// believes what they say. Here they are read by offsets that are looked at
// before they are followed, and every page at most once, so that no damage can
// lead astray, round in circles, or beyond the end. What the values hold is the
// ledger's; that a file is locked, or changes meanwhile, its caller's.
package pages

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
)

// Magic stands near the beginning of both first pages.
const Magic = 0xED0CDAED

const version = 2

// Lengths are in bytes.
const (
	PageHead = 16 // id 8, flags 2, count 2, overflow 4
	element  = 16 // of a branch: pos 4, ksize 4, page 8; of a leaf: flags 4, pos 4, ksize 4, vsize 4
	metaSize = 64

	branchPage = 0x01
	leafPage   = 0x02
	freePage   = 0x10

	bucketElement = 0x01
	bucketHead    = 16 // root 8, sequence 8

	noFreelist = ^uint64(0)

	smallestPage, biggestPage = 1 << 10, 1 << 24
	deepest                   = 64 // of trees within trees; a ledger has five
)

// ErrCut says that the file ends before its pages do.
var ErrCut = errors.New("file ends before its last page")

// Root is one of the two first pages.
type Root struct {
	PageSize uint32 // in bytes
	Pages    uint64 // all of them
	Tx       uint64 // of the commit that wrote it
	Tree     uint64 // the page its tree begins with

	free uint64
	at   int64 // where its page begins in the file, in bytes
}

// readRoot reads the root in a page's bytes. ok is false where there is none
// that is whole.
func readRoot(page []byte) (r Root, ok bool) {
	if len(page) < PageHead+metaSize {
		return r, false
	}
	m := page[PageHead : PageHead+metaSize]
	sum := fnv.New64a()
	sum.Write(m[:metaSize-8])
	le := binary.LittleEndian
	if le.Uint32(m) != Magic || le.Uint32(m[4:]) != version || le.Uint64(m[56:]) != sum.Sum64() {
		return r, false
	}
	r = Root{PageSize: le.Uint32(m[8:]), Tree: le.Uint64(m[16:]), free: le.Uint64(m[32:]), Pages: le.Uint64(m[40:]), Tx: le.Uint64(m[48:])}
	return r, r.PageSize >= smallestPage && r.PageSize <= biggestPage && r.PageSize&(r.PageSize-1) == 0
}

// Roots reads the roots that are whole, the one that counts first. The second lies at
// the first's page size, or, where there is no first, at the first size that
// shows one.
func Roots(f io.ReaderAt) (list []Root) {
	at := func(off int64) (Root, bool) {
		var b [PageHead + metaSize]byte
		if n, _ := f.ReadAt(b[:], off); n < len(b) {
			return Root{}, false
		}
		r, ok := readRoot(b[:])
		r.at = off
		return r, ok
	}
	first, ok := at(0)
	if ok {
		list = append(list, first)
	}
	for size := int64(smallestPage); size <= biggestPage; size *= 2 {
		if ok && size != int64(first.PageSize) {
			continue
		}
		if second, is := at(size); is && int64(second.PageSize) == size {
			list = append(list, second)
			break
		}
	}
	if len(list) == 2 && list[1].Tx > list[0].Tx {
		list[0], list[1] = list[1], list[0]
	}
	return list
}

// walker looks through the pages of one root.
type walker struct {
	f    io.ReaderAt
	root Root
	seen []uint64 // a bit for each page
	bufs [][]byte // by depth
}

// Walk reports what is wrong with the pages that a root leads to: that each is
// of its kind, lies within the file, is there once, and that every page is in
// the tree or free. What their values hold is not looked at. size is the file's.
func (r Root) Walk(f io.ReaderAt, size int64) error {
	w, err := r.begin(f, size)
	if err != nil {
		return err
	}
	if err := w.tree(r.Tree, nil, nil, 0); err != nil {
		return err
	}
	for id := range r.Pages {
		if w.take(id) && r.free != noFreelist {
			return fmt.Errorf("page %d is neither used nor free", id)
		}
	}
	return nil
}

// Check reports what is wrong with a root itself and with the list of free pages,
// which is all that bbolt reads before the first value is asked for.
func (r Root) Check(f io.ReaderAt, size int64) error {
	_, err := r.begin(f, size)
	return err
}

// Fits reports whether a file of some size holds all its pages: ErrCut if not.
func (r Root) Fits(size int64) error {
	if r.Pages < 3 || r.Pages > 1<<40 {
		return fmt.Errorf("%d pages", r.Pages)
	}
	if int64(r.Pages) > size/int64(r.PageSize) {
		return ErrCut
	}
	return nil
}

func (r Root) begin(f io.ReaderAt, size int64) (*walker, error) {
	if err := r.Fits(size); err != nil {
		return nil, err
	}
	w := &walker{f: f, root: r, seen: make([]uint64, r.Pages/64+1)}
	w.take(0)
	w.take(1)
	if r.free == noFreelist {
		return w, nil
	}
	if err := w.freelist(); err != nil {
		return nil, fmt.Errorf("free pages: %w", err)
	}
	return w, nil
}

// take notes a page, and reports whether it was not noted before.
func (w *walker) take(id uint64) bool {
	bit := uint64(1) << (id % 64)
	if w.seen[id/64]&bit != 0 {
		return false
	}
	w.seen[id/64] |= bit
	return true
}

// page reads a page with those it runs over into. What it returns is good
// until the next page of the same depth is read.
func (w *walker) page(id uint64, depth int) (b []byte, kind, count int, err error) {
	if id < 2 || id >= w.root.Pages {
		return nil, 0, 0, fmt.Errorf("page %d of %d", id, w.root.Pages)
	}
	if depth >= deepest {
		return nil, 0, 0, fmt.Errorf("page %d lies too deep", id)
	}
	size := int(w.root.PageSize)
	for len(w.bufs) <= depth {
		w.bufs = append(w.bufs, make([]byte, size))
	}
	off := int64(id) * int64(size)
	if err := w.read(w.bufs[depth][:size], off); err != nil {
		return nil, 0, 0, err
	}
	head := w.bufs[depth]
	le := binary.LittleEndian
	more := uint64(le.Uint32(head[12:]))
	if le.Uint64(head) != id || more >= w.root.Pages-id {
		return nil, 0, 0, fmt.Errorf("page %d says it is %d and %d more", id, le.Uint64(head), more)
	}
	for i := id; i <= id+more; i++ {
		if !w.take(i) {
			return nil, 0, 0, fmt.Errorf("page %d is used twice", i)
		}
	}
	if whole := size * int(1+more); len(head) < whole {
		grown := make([]byte, whole)
		copy(grown, head[:size])
		w.bufs[depth] = grown
	}
	b = w.bufs[depth][:size*int(1+more)]
	if err := w.read(b[size:], off+int64(size)); err != nil {
		return nil, 0, 0, err
	}
	return b, int(le.Uint16(b[8:])), int(le.Uint16(b[10:])), nil
}

func (w *walker) read(b []byte, off int64) error {
	n, err := w.f.ReadAt(b, off)
	switch {
	case n == len(b):
		return nil
	case errors.Is(err, io.EOF):
		return ErrCut
	}
	return err
}

// freelist notes the free pages: none may be used elsewhere.
func (w *walker) freelist() error {
	b, kind, count, err := w.page(w.root.free, 0)
	if err != nil {
		return err
	}
	if kind != freePage {
		return fmt.Errorf("kind %x", kind)
	}
	n, ids := uint64(count), b[PageHead:]
	if count == 0xFFFF { // too many for the place of the count
		n, ids = binary.LittleEndian.Uint64(ids), ids[8:]
	}
	if n > uint64(len(ids)/8) {
		return fmt.Errorf("%d in %d bytes", n, len(ids))
	}
	for i := range n {
		id := binary.LittleEndian.Uint64(ids[i*8:])
		if id < 2 || id >= w.root.Pages || !w.take(id) {
			return fmt.Errorf("page %d is free twice, or used", id)
		}
	}
	return nil
}

// tree looks through a page and all below it. Its keys lie from least up to,
// but not at, most; nil is no bound.
func (w *walker) tree(id uint64, least, most []byte, depth int) error {
	b, kind, count, err := w.page(id, depth)
	if err != nil {
		return err
	}
	switch kind {
	case branchPage:
		return w.branch(id, b, count, least, most, depth)
	case leafPage:
		if count == 0 { // a tree without an element lies within its value
			return fmt.Errorf("page %d is an empty leaf", id)
		}
		if err := w.leaf(b, count, least, most, depth); err != nil {
			return fmt.Errorf("page %d: %w", id, err)
		}
		return nil
	}
	return fmt.Errorf("page %d is of kind %x", id, kind)
}

func (w *walker) branch(id uint64, b []byte, count int, least, most []byte, depth int) error {
	keys, next := make([][]byte, count), PageHead+count*element
	pages := make([]uint64, count)
	order := order{least: least, most: most}
	for i := range count {
		at := PageHead + i*element
		if at+element > len(b) {
			return fmt.Errorf("page %d: %d elements in %d bytes", id, count, len(b))
		}
		e := b[at:]
		key, _, err := lie(b, at, &next, binary.LittleEndian.Uint32(e), binary.LittleEndian.Uint32(e[4:]), 0)
		if err == nil {
			err = order.next(key)
		}
		if err != nil {
			return fmt.Errorf("page %d: %w", id, err)
		}
		keys[i], pages[i] = key, binary.LittleEndian.Uint64(e[8:])
	}
	if count == 0 {
		return fmt.Errorf("page %d is an empty branch", id)
	}
	for i, child := range pages {
		end := most
		if i+1 < count {
			end = keys[i+1]
		}
		if err := w.tree(child, keys[i], end, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// leaf looks through the elements of a leaf, and through the trees that hang
// on it.
func (w *walker) leaf(b []byte, count int, least, most []byte, depth int) error {
	order, next := order{least: least, most: most}, PageHead+count*element
	for i := range count {
		at := PageHead + i*element
		if at+element > len(b) {
			return fmt.Errorf("%d elements in %d bytes", count, len(b))
		}
		e := b[at:]
		le := binary.LittleEndian
		key, value, err := lie(b, at, &next, le.Uint32(e[4:]), le.Uint32(e[8:]), le.Uint32(e[12:]))
		if err == nil {
			err = order.next(key)
		}
		if err == nil && le.Uint32(e) > bucketElement {
			err = fmt.Errorf("element %d is of kind %x", i, le.Uint32(e))
		}
		if err == nil && le.Uint32(e) == bucketElement {
			err = w.bucket(value, depth)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// bucket looks through a tree that hangs on another: it has pages of its own,
// or, being small, lies within the value.
func (w *walker) bucket(value []byte, depth int) error {
	if len(value) < bucketHead {
		return fmt.Errorf("bucket of %d bytes", len(value))
	}
	if id := binary.LittleEndian.Uint64(value); id != 0 {
		return w.tree(id, nil, nil, depth+1)
	}
	inside := value[bucketHead:]
	if len(inside) < PageHead || binary.LittleEndian.Uint64(inside) != 0 || binary.LittleEndian.Uint16(inside[8:]) != leafPage {
		return errors.New("small bucket without its page")
	}
	if depth+1 >= deepest {
		return errors.New("bucket lies too deep")
	}
	return w.leaf(inside, int(binary.LittleEndian.Uint16(inside[10:])), nil, nil, depth+1)
}

// lie is where an element's key and value lie in its page: close behind those
// of the element before, which a count that was changed gives away.
func lie(b []byte, at int, next *int, pos, ksize, vsize uint32) (key, value []byte, err error) {
	from := uint64(at) + uint64(pos)
	mid, end := from+uint64(ksize), from+uint64(ksize)+uint64(vsize)
	if from != uint64(*next) || end > uint64(len(b)) {
		return nil, nil, fmt.Errorf("element at %d of %d bytes lies from %d to %d, not from %d", at, len(b), from, end, *next)
	}
	*next = int(end)
	return b[from:mid], b[mid:end], nil
}

// order holds keys to their order.
type order struct {
	least, most, last []byte
	any               bool
}

func (o *order) next(key []byte) error {
	if bytes.Compare(key, o.least) < 0 || o.any && bytes.Compare(key, o.last) <= 0 || o.most != nil && bytes.Compare(key, o.most) >= 0 {
		return errors.New("keys out of order")
	}
	o.any, o.last = true, key
	return nil
}
