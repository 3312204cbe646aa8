package page

import (
	"context"
	"path/filepath"
	"strings"

	"touyan/store"
	"touyan/store/disk"
	"touyan/store/exchange"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// written is the book written last.
type written struct {
	path    string
	rows    int
	papers  int    // whose files can go beside it
	secret  string // its password
	packed  bool
	nothing bool
	op      string
	counts  bool   // as a report, which the next is held against
	seq     uint64 // the operation
	undone  bool
}

// write writes the book where the fields say.
func (s *Send) write() {
	if name := s.book(); name != "" && s.sending.folder != "" {
		s.desk.mayReplace(filepath.Join(s.sending.folder, name), s.writeTo)
	}
}

// bookEnding is that of the books we write.
const bookEnding = ".xlsx"

// book is the name of the file, empty while there is none.
func (s *Send) book() string {
	name := strings.TrimSpace(disk.FileName(s.name.Text))
	if name == "" || len(s.facts.offices) == 0 {
		return ""
	}
	return strings.TrimSuffix(name, bookEnding) + bookEnding
}

// writeElsewhere asks by the system's dialog where to write it.
func (s *Send) writeElsewhere() {
	name := s.book()
	if name == "" {
		return
	}
	s.desk.chooseSave(titleOfSend(s.desk.DB.Office().Level), name, func(path string) {
		s.sending.folder = filepath.Dir(path)
		s.writeTo(path)
	})
}

func (s *Send) writeBook(path string, o exchange.Order) {
	of := s.sending
	w := &written{path: path, secret: o.Secret, counts: of.village == "" && of.copy != exchange.Public}
	s.desk.work(sayWritingBook, func(ctx context.Context, tell func(done, total int64)) error {
		sent, err := exchange.Send(ctx, s.desk.DB, s.desk.Who, path, o, func(done, total int) { tell(int64(done), int64(total)) })
		if err != nil {
			return err
		}
		w.rows, w.nothing, w.papers = sent.Rows, sent.Nothing, sent.Papers
		return s.desk.DB.View(func(tx *store.Tx) (err error) {
			w.seq, w.op, err = sentAs(tx, sent.Book)
			return err
		})
	}, func() {
		s.sending.wrote, s.sending.named = w, false
		s.desk.Tell(Notice{Text: sayWrote(w)})
		s.Refresh()
	})
}

// placeOf is what people call the folder a file lies in.
func (s *Send) placeOf(path string) string {
	folder := filepath.Dir(path)
	for _, p := range s.places() {
		if p.path == folder {
			return sayPlaceName(p)
		}
	}
	return folder
}

// sentAs is the operation that journaled a book.
func sentAs(tx *store.Tx, book string) (seq uint64, op string, err error) {
	for e, err := range tx.Journal() {
		if err != nil {
			return 0, "", err
		}
		if e.Sent != nil && e.Sent.Book == book {
			return e.Seq, e.Op, nil
		}
	}
	return 0, "", nil
}

// showResult shows the book just written, and what may be done with it.
func (s *Send) showResult() Buttons {
	look := theme.Current()
	w := s.sending.wrote
	ink, title := look.Good, sayWritten(w)
	if w.undone {
		ink, title = look.Ink2, saySentUndone(w.op)
	}
	head := words(title, ink, look.Text)
	head.TextStyle.Bold = true
	choices := []Choice{{Text: doOpen, Do: func() { s.desk.OpenFile(w.path) }},
		{Text: doOpenFolder, Do: func() { s.desk.OpenFile(filepath.Dir(w.path)) }}}
	if w.papers > 0 && !w.packed && !w.undone {
		choices = append([]Choice{{Text: doPack(w.papers), Do: s.packPapers}}, choices...)
	}
	if !w.undone {
		choices = append(choices, Choice{Text: doUndoSent(w.op), Do: s.undoReport})
	}
	out := buttons(choices)
	where := widget.NewLabel(filepath.Base(w.path) + wordIn + s.placeOf(w.path))
	where.Truncation = fyne.TextTruncateEllipsis
	line := container.NewBorder(nil, nil, container.NewCenter(head), out.row(), where)
	s.result.Objects = []fyne.CanvasObject{card(container.New(layout.NewCustomPaddedLayout(look.Space, look.Space, look.Margin, look.Space), line))}
	return out
}

// undoReport takes the report just written back: the next is held against the
// one before it. The file stays.
func (s *Send) undoReport() {
	w := s.sending.wrote
	s.desk.Attempt(sayUndoing, func(context.Context, func(done, total int64)) error {
		_, err := s.desk.DB.Undo(w.seq, s.desk.Who, false)
		return err
	}, func(err error) {
		if err != nil {
			s.desk.Fail(err)
			return
		}
		w.undone = true
		s.desk.Tell(Notice{Text: saySentUndoneLong(w.op)})
		s.Refresh()
	})
}
