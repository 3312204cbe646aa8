package page

import (
	"context"
	"path/filepath"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// AskSend asks for whom a book of all registers is, and where to write it.
func (d *Desk) AskSend() {
	read(d, new(int), func(tx *store.Tx) ([]store.Office, error) {
		own, err := exchange.Addressee(tx, "own")
		if err != nil {
			return nil, err
		}
		parent, err := exchange.Addressee(tx, "parent")
		if err != nil { // the highest level has nobody above it
			return []store.Office{own}, nil
		}
		return []store.Office{parent, own}, nil
	}, d.askSend)
}

func (d *Desk) askSend(offices []store.Office) {
	look := theme.Current()
	own := len(offices) - 1
	var texts []string
	for i, o := range offices {
		if i == own {
			texts = append(texts, sayOwnMachine)
		} else {
			texts = append(texts, o.Name)
		}
	}
	to := 0
	choice := widget.NewRadioGroup(texts, func(text string) {
		for i := range texts {
			if texts[i] == text {
				to = i
			}
		}
	})
	choice.Required = true
	choice.SetSelected(texts[0])
	body := container.NewVBox(prose(saySend, look.Dialog), least(flush(choice), fyne.NewSize(0, 2*look.Row)))
	d.Show(titleSend, body, narrow, Choice{Text: doCancel}, Choice{Text: doChoosePlace, Main: true, Do: func() {
		o := offices[to]
		title := sayReportName(o.Name)
		if to == own {
			title = sayCopyName
		}
		d.chooseSave(titleSend, bookName(d, title), func(path string) { d.sendTo(path, o) })
	}})
}

// sendTo writes the registers of all kinds for an office.
func (d *Desk) sendTo(path string, to store.Office) {
	forms, err := exchange.Registers(d.DB.Kinds(), nil)
	if err != nil {
		d.Fail(err)
		return
	}
	d.send(path, exchange.Order{To: to, Forms: forms, Copy: exchange.Full, Cover: true, AsOf: field.DateAt(d.DB.Now())})
}

// send writes a book and says where it is.
func (d *Desk) send(path string, o exchange.Order) {
	d.write(path, o, func(sent exchange.Sent) { d.Say(titleSaved, saySent(sent.Rows, path)) })
}

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
	return fileName(d.DB.Office().Name + what + d.DB.Now().Format("20060102") + ".xlsx")
}

func badName(book string) string {
	ext := filepath.Ext(book)
	return fileName(book[:len(book)-len(ext)] + tailBad + ".xlsx")
}
