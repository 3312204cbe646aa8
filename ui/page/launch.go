package page

import (
	"os"
	"path/filepath"

	"touyan/store/disk"
	"touyan/store/exchange"
	"touyan/store/field"
)

// Launch opens a file or a folder in whatever program the system has for it,
// and then tells on any goroutine whether one took it.
type Launch func(path string, then func(error))

// OpenFile opens a file for a person to look at. Where nothing opens it, that
// is told together with where the file lies.
func (d *Desk) OpenFile(path string) {
	d.Launch(path, func(err error) {
		if err != nil {
			d.Post(func() { d.Say(titleNoProgram, sayNoProgram(path)) })
		}
	})
}

// print writes a form into the folder of printed books beside the ledger, and
// opens it in the office program; it asks nothing.
func (d *Desk) print(f *field.Form) { d.printOf(f, f.Title) }

// printOf prints the rows of a form that meet all conditions.
func (d *Desk) printOf(f *field.Form, title string, where ...field.Condition) {
	if path, ok := d.printPath(title); ok {
		d.write(path, exchange.Order{Forms: []*field.Form{f}, Where: where, Copy: exchange.Full, AsOf: field.DateAt(d.DB.Now())}, func(exchange.Sent) { d.printed(path) })
	}
}

// printPath is where a book to be printed goes; ok is false where that folder
// cannot be made, which is told.
func (d *Desk) printPath(title string) (path string, ok bool) {
	return d.printedAs(bookName(d, title))
}

// printedAs is the free path of a file in the folder of what is printed.
func (d *Desk) printedAs(name string) (path string, ok bool) {
	folder := filepath.Join(filepath.Dir(d.DB.Path()), folderPrinted)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		d.Fail(disk.CannotWrite(folder, err))
		return "", false
	}
	return freeName(filepath.Join(folder, name)), true
}

// printed opens a book just written.
func (d *Desk) printed(path string) {
	d.Tell(Notice{Text: sayPrinted(filepath.Base(path)), Choices: []Choice{{Text: doOpenFolder, Do: func() { d.OpenFile(filepath.Dir(path)) }}}})
	d.OpenFile(path)
}

// freeName adds a number to a name that is taken: the book printed before may
// still be open in another program.
func freeName(path string) string {
	ext := filepath.Ext(path)
	free := path
	for n := 2; ; n++ {
		if _, err := os.Lstat(free); err != nil {
			return free
		}
		free = path[:len(path)-len(ext)] + sayNumber(n) + ext
	}
}
