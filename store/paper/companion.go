package paper

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"touyan/store/disk"
	"touyan/store/field"
)

// A companion (附件包) goes with a workbook and holds the files of the papers in
// it: one file, or several where one would not fit on a stick.
//
//	"touyan-papers-1\n" · id of the book (10)
//	then for each paper: class (1) · length (8) · the file sealed as in the folder
//	of a ledger, with the book's id in place of the ledger's tag
//
// Each paper is sealed under a key of its own that comes from the book's key for
// its class. A paper is never cut in two, so that each file is read by itself, in
// any order; one that is damaged costs no other.
const (
	companionMagic = "touyan-papers-1\n"
	companionHead  = len(companionMagic) + bookIDLen
	bookIDLen      = 10
	entryHead      = 1 + 8
)

// CompanionTail ends the names of companions.
const CompanionTail = ".附件包"

// unfinished ends the name of one that is still being written.
const unfinished = ".未写完"

// Companion is what a workbook says of its companion.
type Companion struct {
	Book string                 // the book's id, 20 hex symbols
	Keys map[field.Class][]byte // by whom the papers are for
}

// partName is what stands between a workbook's name and CompanionTail.
var partName = regexp.MustCompile(`^(\.第\d+份)?$`)

// CompanionNames finds the companions lying beside a workbook, in their order.
func CompanionNames(book string) []string {
	dir, stem := filepath.Dir(book), strings.TrimSuffix(filepath.Base(book), filepath.Ext(book))
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		middle, is := strings.CutPrefix(strings.TrimSuffix(e.Name(), CompanionTail), stem)
		if is && strings.HasSuffix(e.Name(), CompanionTail) && partName.MatchString(middle) && e.Type().IsRegular() {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	slices.Sort(out)
	return out
}

// IsCompanion reports whether a file begins as one, whatever its name.
func IsCompanion(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	b := make([]byte, len(companionMagic))
	_, err = io.ReadFull(f, b)
	return err == nil && string(b) == companionMagic
}

// companionName is that of the n-th companion of a workbook, from 1.
func companionName(book string, n int) string {
	name := strings.TrimSuffix(book, filepath.Ext(book))
	if n > 1 {
		name += fmt.Sprintf(".第%d份", n)
	}
	return name + CompanionTail
}

// begins is the head of a companion.
func (c *Companion) begins() ([]byte, error) {
	id, err := hex.DecodeString(c.Book)
	if err != nil || len(id) != bookIDLen {
		return nil, fmt.Errorf("not the id of a book: %q", c.Book)
	}
	return append([]byte(companionMagic), id...), nil
}

// head is what a paper in it is sealed for.
func (c *Companion) head(content string) (h head) {
	id, _ := hex.DecodeString(c.Book) // begins has looked
	copy(h.ledger[:], id)
	hex.Decode(h.content[:], []byte(content))
	return h
}

// key is the one a paper in it is sealed under; ok is false where the book says
// none for its class.
func (c *Companion) key(class field.Class, content string) (key [32]byte, ok bool) {
	of := c.Keys[class]
	if len(of) == 0 {
		return key, false
	}
	m := hmac.New(sha256.New, of)
	m.Write([]byte(content))
	return [32]byte(m.Sum(nil)), true
}

// entry is one paper in a companion.
type entry struct {
	class   field.Class
	content string // its id
	sealed  []byte
}

func (e *entry) bytes() []byte {
	out := append(make([]byte, 0, entryHead+len(e.sealed)), byte(e.class))
	out = binary.BigEndian.AppendUint64(out, uint64(len(e.sealed)))
	return append(out, e.sealed...)
}

// CompanionError says what is wrong with a companion as a whole.
type CompanionError struct{ Name, Why string }

func (e *CompanionError) Error() string { return "“" + e.Name + "”" + e.Why }

// errCut says that a companion ends in the midst of a paper.
var errCut = errors.New("companion cut short")

// scanner reads a companion paper by paper.
type scanner struct {
	name string
	book string
	f    *os.File
	at   int64 // where the next paper begins
	size int64
}

func openCompanion(path string) (*scanner, error) {
	f, err := disk.Open(path)
	if err != nil {
		return nil, err
	}
	s := &scanner{name: filepath.Base(path), f: f}
	info, err := f.Stat()
	if err == nil {
		s.size = info.Size()
		b := make([]byte, companionHead)
		if _, err = io.ReadFull(f, b); err == nil && string(b[:len(companionMagic)]) == companionMagic {
			s.book, s.at = hex.EncodeToString(b[len(companionMagic):]), int64(companionHead)
			return s, nil
		}
	}
	f.Close()
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, disk.CannotRead(path, err)
	}
	return nil, &CompanionError{s.name, "不是头雁的附件包，没有接收；附件包与工作簿同名，后面是“" + CompanionTail + "”，请重新选择。"}
}

// next reads a paper. At the end it answers io.EOF; where the file ends too
// early, or what stands there cannot be a paper, errCut: nothing behind it can be
// found.
func (s *scanner) next() (*entry, error) {
	var b [entryHead]byte
	switch _, err := io.ReadFull(s.f, b[:]); {
	case errors.Is(err, io.EOF):
		return nil, io.EOF
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, errCut
	case err != nil:
		return nil, disk.CannotRead(s.f.Name(), err)
	}
	length := binary.BigEndian.Uint64(b[1:])
	if length > uint64(sealedSize(MaxBytes)) || length < uint64(headSize) || int64(length) > s.size-s.at-entryHead {
		return nil, errCut
	}
	e := &entry{class: field.Class(b[0]), sealed: make([]byte, length)}
	if _, err := io.ReadFull(s.f, e.sealed); err != nil {
		return nil, disk.CannotRead(s.f.Name(), err)
	}
	s.at += entryHead + int64(length)
	h, ok := readHead(e.sealed)
	if !ok || e.class >= field.Classes || !bytes.HasPrefix(h.ledger[:], mustHex(s.book)) {
		e.content = ""
		return e, nil // damaged here; the next may be whole
	}
	e.content = hex.EncodeToString(h.content[:])
	return e, nil
}

func mustHex(s string) []byte {
	b, _ := hex.DecodeString(s) // of our own making
	return b
}
