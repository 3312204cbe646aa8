// Package oldbook reads the books that offices call .xls and that are no .xlsx:
// the workbook of Excel 97 to 2003 and of WPS (.xls, .et: BIFF8 in an OLE2 file),
// the XML of Excel 2003, a web page with tables, and text with separators. Web
// systems write the last three and name them .xls.
//
// Each format is one file here (biff.go and what belongs to it, spreadsheetml.go,
// html.go, csv.go) and turns what it reads into an xlsx.Table per sheet: the same
// cells, with type and number format, that store/xlsx finds in an .xlsx. What they
// mean is found out by store/sheet, which does not know the difference.
//
// As in store/xlsx a file gives the whole table or an error, a sentence for the
// person who chose it. But these formats carry no checksums: a changed bit inside
// a value is another value, and nobody can tell. What the formats do say (lengths,
// counts, references, closing marks, encodings) is held against what is there.
//
// What is not here: which format a file has (store/xlsx tells by its content,
// never by its name), formulas and macros (only values are read), writing.
package oldbook

import (
	"bytes"
	"io"
	"path/filepath"
	"strings"

	"touyan/store/disk"
	"touyan/store/xlsx"
)

// Reads reports whether a file that xlsx.Open refuses with this code is one of
// those read here.
func Reads(code xlsx.Code) bool {
	switch code {
	case xlsx.OldFormat, xlsx.Spreadsheet2003XML, xlsx.HTML, xlsx.PlainText:
		return true
	}
	return false
}

// Open reads the book at path, which xlsx.Open refused with the code given. The
// password is that of an encrypted .xls. The errors are those of xlsx.Open.
func Open(path string, code xlsx.Code, password string, lim xlsx.Limits) (*xlsx.Book, error) {
	f, err := disk.Open(path)
	if err != nil {
		return nil, xlsx.FromDisk(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, xlsx.FromDisk(err)
	}
	if err := lim.FitsFile(info.Size()); err != nil {
		return nil, err
	}
	data := make([]byte, info.Size())
	if _, err := io.ReadFull(f, data); err != nil {
		return nil, xlsx.FromDisk(err)
	}
	name := filepath.Base(path)
	return Read(data, strings.TrimSuffix(name, filepath.Ext(name)), code, password, lim)
}

// Read is Open for a book that lies in memory. A format without sheets gives one
// of the name given.
func Read(data []byte, name string, code xlsx.Code, password string, lim xlsx.Limits) (b *xlsx.Book, err error) {
	defer xlsx.Rescue(&err, nil)
	if code == xlsx.OldFormat {
		return readBIFF(data, password, lim)
	}
	if bytes.HasPrefix(bytes.ToUpper(data[:min(len(data), 64)]), []byte("MIME-VERSION:")) {
		return nil, xlsx.Refuse(xlsx.NotWorkbook, "这是“单个文件网页”（.mht），不能直接读取。%s", xlsx.Resave)
	}
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	switch code {
	case xlsx.Spreadsheet2003XML:
		return readSpreadsheetML(text, lim)
	case xlsx.HTML:
		return readHTML(text, name, lim)
	}
	return readCSV(text, name, lim)
}
