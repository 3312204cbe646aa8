package page

import (
	"context"
	"path/filepath"

	"touyan/store/disk"
	"touyan/store/exchange"
)

// write writes a book.
func (d *Desk) write(path string, o exchange.Order, then func(exchange.Sent)) {
	var sent exchange.Sent
	d.work(sayWritingBook, func(ctx context.Context, tell func(done, total int64)) (err error) {
		sent, err = exchange.Send(ctx, d.DB, d.Who, path, o, func(done, total int) { tell(int64(done), int64(total)) })
		return err
	}, func() { then(sent) })
}

// bookName proposes the name of a book: what it is, whose and of which day, so
// that the next does not overwrite it.
func bookName(d *Desk, what string) string {
	return disk.FileName(d.DB.Office().Name + what + d.DB.Now().Format("20060102") + bookEnding)
}

func badName(book string) string {
	ext := filepath.Ext(book)
	return disk.FileName(book[:len(book)-len(ext)] + tailBad + bookEnding)
}
