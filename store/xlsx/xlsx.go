// Package xlsx reads .xlsx workbooks strictly, in a stream and in little memory.
//
// Strict means: a workbook gives the whole right table or an error, never fewer
// rows and never another value. Every entry of the zip is read to its end and
// checked (length, CRC) before anything is parsed, every part must be closed XML
// in UTF-8, every reference (sheet, shared string, style) must lead somewhere.
// Limits bound what a hostile workbook may cost; errors are sentences for the
// person who chose the file.
//
// Main nouns: a Book has Sheets, Names and Properties; Rows visits the Row of a
// sheet one by one, each with its Cells as they are written, together with
// their type and number format. A Memory is a workbook that another
// reader (store/oldbook) puts together, Table by Table.
//
// What is not here: finding headers, turning cells into values (store/sheet),
// computing formulas, writing. Only values are read: macros are refused,
// external links and formulas are never followed.
package xlsx

import (
	"context"
	"io"

	"touyan/store/disk"
)

// Limits bounds what a workbook may cost. Sizes are in bytes.
type Limits struct {
	File          int64 // the file as it lies on the disk
	Unpacked      int64 // all entries together
	Entry         int64 // one entry
	Entries       int   // number of entries in the zip
	Ratio         int   // unpacked : packed of an entry larger than 1 MB
	Text          int   // length of one text in UTF-16 units, as Excel counts
	Columns       int   // columns that may hold content
	SharedStrings int64 // memory of the shared string table, or of the cells of a Table
	Part          int64 // one small part (workbook, relations, properties); styles may be four times as large
	Merges        int   // merged ranges of a sheet
}

// DefaultLimits gives the limits of the program (Excel's own where it has some).
func DefaultLimits() Limits {
	return Limits{
		File:          100 << 20,
		Unpacked:      1 << 30,
		Entry:         600 << 20,
		Entries:       2000,
		Ratio:         200,
		Text:          32767,
		Columns:       256,
		SharedStrings: 200 << 20,
		Part:          8 << 20,
		Merges:        200_000,
	}
}

// Bounds of the format itself (ECMA-376, as Excel enforces them).
const (
	maxRows    = 1_048_576
	maxColumns = 16_384
)

// State tells whether a sheet is shown in the tab bar.
type State int

const (
	Visible State = iota
	Hidden
	VeryHidden
)

// Sheet is one tab of the workbook.
type Sheet struct {
	Index int // place among the tabs, the number Rows and Merges take
	Name  string
	State State
	Grid  bool // false for a chart sheet, which has no rows
}

// DefinedName is a name of the workbook: a range, a constant, a print setting.
type DefinedName struct {
	Name   string
	Sheet  int    // index of the sheet it belongs to, -1 for the whole workbook
	Text   string // the formula as written, without "="
	Hidden bool
}

// Range is a rectangle of cells, 0-based, all four bounds included.
type Range struct {
	FirstRow, FirstCol, LastRow, LastCol int
}

// Type is what a cell holds.
type Type int

const (
	Blank      Type = iota // only given for a cell with a picture; other blank cells are left out
	Number                 // Text is the number as written in the file
	Text                   // Text may be empty: an empty text is not a blank cell
	Bool                   // Text is TRUE or FALSE
	ErrorValue             // Text is #N/A and the like, empty for a formula that was never computed
	DateISO                // Text is an ISO 8601 date as some programs write it
)

// Cell is one cell with content.
type Cell struct {
	Col     int // 0-based
	Type    Type
	Text    string
	Format  string // number format code, "General" when there is none
	IsDate  bool   // a Number that is shown as a date or a time
	Formula bool   // the value was computed
	Picture bool   // a picture lies in the cell (WPS DISPIMG); it has no value
}

// Row is one row of a sheet. It and its Cells are valid only during the visit;
// the texts may be kept (strings.Clone frees the block they lie in).
type Row struct {
	Index  int    // 0-based
	Cells  []Cell // those with content, ascending by Col
	Hidden bool
}

// Book is an open workbook. It is not safe for use by several goroutines at once.
type Book struct {
	// Progress, if set, is called now and then while a sheet is read, with
	// the bytes of it done and in all.
	Progress func(done, total int64)

	zip        *archive
	file       io.Closer
	lim        Limits
	sheets     []sheetPart
	names      []DefinedName
	properties map[string]string
	core       map[string]string
	date1904   bool
	styles     []style
	stringPart string // name of the shared string table, "" if there is none
	strings    *stringTable
	merges     map[int][]Range
	tables     []*Table // by sheet, of a book in memory
}

// Open opens the workbook at path and verifies every entry of it to its end.
// The error is an *Error, a sentence that says what the file is and what to do.
func Open(path string, lim Limits) (*Book, error) {
	f, err := disk.Open(path)
	if err != nil {
		return nil, FromDisk(err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, FromDisk(err)
	}
	b, err := NewReader(f, info.Size(), lim)
	if err != nil {
		f.Close()
		return nil, err
	}
	b.file = f
	return b, nil
}

// NewReader is Open for a workbook that lies in r, size bytes long.
func NewReader(r io.ReaderAt, size int64, lim Limits) (b *Book, err error) {
	defer Rescue(&err, nil)
	if err := sniff(r, size); err != nil {
		return nil, err
	}
	if err := lim.FitsFile(size); err != nil {
		return nil, err
	}
	z, err := openArchive(r, size, lim)
	if err != nil {
		return nil, err
	}
	if err := z.refuseOthers(); err != nil {
		return nil, err
	}
	if err := z.verify(); err != nil {
		return nil, err
	}
	b = &Book{zip: z, lim: lim, merges: map[int][]Range{}}
	if err := b.load(); err != nil {
		return nil, err
	}
	return b, nil
}

// Close closes the file. Texts that were read stay valid.
func (b *Book) Close() error {
	b.strings = nil
	if b.file == nil {
		return nil
	}
	return b.file.Close()
}

// Sheets lists the tabs in their order, hidden ones included.
func (b *Book) Sheets() []Sheet {
	list := make([]Sheet, len(b.sheets))
	for i, s := range b.sheets {
		list[i] = s.Sheet
	}
	return list
}

// Part is the name of the entry of the package that holds a sheet, for who
// changes a copy of it without taking the rest apart.
func (b *Book) Part(sheet int) string { return b.zip.byName[b.sheets[sheet].part].name }

// Names lists the defined names, hidden ones included.
func (b *Book) Names() []DefinedName { return b.names }

// Properties gives the custom document properties, name to text.
func (b *Book) Properties() map[string]string { return b.properties }

// Core gives the core document properties (title, identifier, keywords,
// creator, category, version, …), element name to text.
func (b *Book) Core() map[string]string { return b.core }

// Date1904 tells that serial dates count from 1904, not 1900.
func (b *Book) Date1904() bool { return b.date1904 }

// Merges gives the merged ranges of a sheet in the order of the file.
func (b *Book) Merges(sheet int) ([]Range, error) {
	if list, ok := b.merges[sheet]; ok {
		return list, nil
	}
	if err := b.read(context.Background(), sheet, nil); err != nil {
		return nil, err
	}
	return b.merges[sheet], nil
}

// Rows visits the rows that are written in the sheet, ascending; rows between
// them are empty. An error, of the file or of visit, ends the reading: what was
// visited before is then not the whole table and must not be used.
func (b *Book) Rows(ctx context.Context, sheet int, visit func(Row) error) error {
	return b.read(ctx, sheet, visit)
}
