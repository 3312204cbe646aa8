package oldbook

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"

	"touyan/store/xlsx"
)

// compound is an OLE2 file: a small file system of sectors, chained by a table
// (the FAT), with a second one of small sectors (the mini FAT) inside a stream.
//
// It is read by code of our own although excelize brings a reader (mscfb): that
// one takes a chain that ends too soon for one that leads to the header, walks a
// directory of any size by recursion, and takes quadratic time over a large
// stream.
type compound struct {
	data       []byte
	sector     int // bytes
	fat        []uint32
	miniFAT    []uint32
	miniStream []byte
	entries    []directoryEntry
}

type directoryEntry struct {
	name               string
	kind               byte
	left, right, child uint32
	first              uint32 // sector
	size               uint64
}

const (
	endOfChain = 0xFFFFFFFE
	lastSector = 0xFFFFFFF9
	noEntry    = 0xFFFFFFFF

	kindStream = 2
	kindRoot   = 5

	headerSize   = 512
	entrySize    = 128
	miniSector   = 64
	miniCutoff   = 4096
	headerFATs   = 109  // FAT sectors the header names
	mostEntries  = 8192 // of a directory; a workbook has some ten
	sectorsOfFAT = 76   // offset in the header
)

// openCompound reads the tables and the directory.
func openCompound(data []byte) (*compound, error) {
	if len(data) < headerSize {
		return nil, cutFile()
	}
	c := &compound{data: data}
	switch shift := binary.LittleEndian.Uint16(data[30:]); shift {
	case 9, 12:
		c.sector = 1 << shift
	default:
		return nil, xlsx.Defect("", "文件头里的扇区大小无法理解")
	}
	if err := c.readFAT(); err != nil {
		return nil, err
	}
	if err := c.readDirectory(binary.LittleEndian.Uint32(data[48:])); err != nil {
		return nil, err
	}
	return c, c.readMini(binary.LittleEndian.Uint32(data[60:]), int(binary.LittleEndian.Uint32(data[64:])))
}

func cutFile() error { return xlsx.Defect("", "文件到一半就断了") }

// at gives a sector. The last one of a file may be cut where nothing is missing:
// some writers do not fill it up.
func (c *compound) at(n uint32) ([]byte, bool) {
	from := (int64(n) + 1) * int64(c.sector)
	if n > lastSector || from >= int64(len(c.data)) {
		return nil, false
	}
	return c.data[from:min(from+int64(c.sector), int64(len(c.data)))], true
}

// readFAT gathers the FAT out of its sectors: 109 are named in the header, the
// others in a chain of sectors of their own.
func (c *compound) readFAT() error {
	count := int64(binary.LittleEndian.Uint32(c.data[44:]))
	if count*int64(c.sector) > int64(len(c.data)) {
		return cutFile()
	}
	var places []uint32
	add := func(list []byte) {
		for ; len(list) >= 4 && int64(len(places)) < count; list = list[4:] {
			places = append(places, binary.LittleEndian.Uint32(list))
		}
	}
	add(c.data[sectorsOfFAT:headerSize])
	next := binary.LittleEndian.Uint32(c.data[68:])
	for int64(len(places)) < count {
		s, ok := c.at(next)
		if !ok || len(s) < c.sector {
			return cutFile()
		}
		add(s[:c.sector-4])
		next = binary.LittleEndian.Uint32(s[c.sector-4:])
	}
	for _, n := range places {
		s, ok := c.at(n)
		if !ok {
			return cutFile()
		}
		c.fat = appendNumbers(c.fat, s)
	}
	return nil
}

func appendNumbers(list []uint32, b []byte) []uint32 {
	for ; len(b) >= 4; b = b[4:] {
		list = append(list, binary.LittleEndian.Uint32(b))
	}
	return list
}

// chain gathers the first want sectors of a chain, or all of it if want is -1:
// no more than the file has, for a chain that goes in a circle has no end.
func (c *compound) chain(first uint32, want int) ([]byte, error) {
	most := len(c.data) / c.sector
	if want > most {
		return nil, cutFile()
	}
	out := make([]byte, 0, max(want, 0)*c.sector)
	n := first
	for count := 0; count != want && (want >= 0 || n != endOfChain); count++ {
		s, ok := c.at(n)
		if !ok || int64(n) >= int64(len(c.fat)) || count > most {
			return nil, xlsx.Defect("", "文件内部的分块对不上")
		}
		out = append(out, s...)
		n = c.fat[n]
	}
	return out, nil
}

func (c *compound) readDirectory(first uint32) error {
	list, err := c.chain(first, -1)
	if err != nil {
		return err
	}
	if len(list)/entrySize > mostEntries {
		return xlsx.Refuse(xlsx.TooMany, "这个工作簿里嵌入的对象太多。请把要用的行只粘贴“值”到新工作簿里，另存为 .xlsx 再试。")
	}
	for ; len(list) >= entrySize; list = list[entrySize:] {
		c.entries = append(c.entries, readEntry(list))
	}
	if len(c.entries) == 0 || c.entries[0].kind != kindRoot {
		return xlsx.Defect("", "文件内部没有目录")
	}
	return nil
}

func readEntry(b []byte) directoryEntry {
	word := binary.LittleEndian.Uint32
	e := directoryEntry{kind: b[66], left: word(b[68:]), right: word(b[72:]), child: word(b[76:]), first: word(b[116:]), size: uint64(word(b[120:]))}
	units := make([]uint16, 0, 32)
	for i := 0; i+2 < int(binary.LittleEndian.Uint16(b[64:])) && i < 64; i += 2 {
		units = append(units, binary.LittleEndian.Uint16(b[i:]))
	}
	e.name = string(utf16.Decode(units))
	return e
}

// readMini reads the mini FAT and the stream its sectors lie in.
func (c *compound) readMini(first uint32, sectors int) error {
	if sectors == 0 {
		return nil
	}
	table, err := c.chain(first, sectors)
	if err != nil {
		return err
	}
	c.miniFAT = appendNumbers(nil, table)
	root := &c.entries[0]
	c.miniStream, err = c.stream(root.first, root.size)
	return err
}

// stream reads a chain that holds size bytes.
func (c *compound) stream(first uint32, size uint64) ([]byte, error) {
	if size > uint64(len(c.data)) {
		return nil, cutFile()
	}
	b, err := c.chain(first, (int(size)+c.sector-1)/c.sector)
	if err != nil {
		return nil, err
	}
	if len(b) < int(size) {
		return nil, cutFile()
	}
	return b[:size], nil
}

// find looks for a stream of the root, nil if there is none; those of objects
// embedded in the workbook lie deeper.
func (c *compound) find(name string) *directoryEntry {
	seen := make([]bool, len(c.entries))
	for todo := []uint32{c.entries[0].child}; len(todo) > 0; {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if int64(n) >= int64(len(c.entries)) || seen[n] {
			continue
		}
		seen[n] = true
		e := &c.entries[n]
		if e.kind == kindStream && strings.EqualFold(e.name, name) {
			return e
		}
		todo = append(todo, e.left, e.right)
	}
	return nil
}

// read gives the content of a stream.
func (c *compound) read(e *directoryEntry) ([]byte, error) {
	if e.size >= miniCutoff {
		return c.stream(e.first, e.size)
	}
	out := make([]byte, 0, e.size)
	for n := e.first; len(out) < int(e.size); n = c.miniFAT[n] {
		from := int64(n) * miniSector
		if n > lastSector || int64(n) >= int64(len(c.miniFAT)) || from >= int64(len(c.miniStream)) {
			return nil, xlsx.Defect("", "文件内部的分块对不上")
		}
		out = append(out, c.miniStream[from:min(from+miniSector, int64(len(c.miniStream)))]...)
	}
	return out[:e.size], nil
}
