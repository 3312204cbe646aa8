package page

import (
	"sync/atomic"
	"time"

	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// progress is the panel of work that goes on: how much is done, how long the
// rest may take, and the button that stops it.
type progress struct {
	desk   *Desk
	says   string
	cancel func()
	began  time.Time
	panel  *Panel
	bar    *share
	line   *canvas.Text
	told   atomic.Int64 // when the bar moved last, so that it is not moved for every row
	ended  bool

	done, total int64 // as told last
	spent       time.Duration
}

// barSteps keeps the bar from being drawn more often than people can see.
const barSteps = 100 * time.Millisecond

func (d *Desk) newProgress(says string, cancel func()) *progress {
	return &progress{desk: d, says: says, cancel: cancel, began: time.Now()}
}

func (p *progress) show() {
	if p.ended {
		return
	}
	look := theme.Current()
	p.bar = newShare()
	p.line = words(sayCounting, look.Ink2, look.Text)
	body := container.NewVBox(least(p.bar.content, fyne.NewSize(look.Dialog, look.Gap)), container.New(layout.NewCustomPaddedLayout(look.Space, 0, 0, 0), p.line))
	p.panel = p.desk.Show(p.says, body, narrow, Choice{Text: doCancel, Do: p.cancel})
	p.move(p.done, p.total, p.spent)
}

// tell is called from beside the UI thread.
func (p *progress) tell(done, total int64) {
	now := time.Now()
	last := p.told.Load()
	if total <= 0 || now.UnixNano()-last < int64(barSteps) || !p.told.CompareAndSwap(last, now.UnixNano()) {
		return
	}
	spent := now.Sub(p.began)
	p.desk.Post(func() { p.move(done, total, spent) })
}

func (p *progress) move(done, total int64, spent time.Duration) {
	p.done, p.total, p.spent = done, total, spent
	if p.bar == nil || p.ended || total == 0 {
		return
	}
	p.bar.set(float32(done) / float32(total))
	p.line.Text = sayProgress(done, total, spent)
	p.line.Refresh()
}

func (p *progress) end() {
	p.ended = true
	if p.panel != nil {
		p.panel.Hide()
	}
}

// share is a bar filled so far. The toolkit's own is tinted where it is empty,
// and looks full from the start.
type share struct {
	part    float32
	full    *canvas.Rectangle
	content *fyne.Container
}

func newShare() *share {
	look := theme.Current()
	empty := canvas.NewRectangle(look.Button)
	s := &share{full: canvas.NewRectangle(look.Accent)}
	empty.CornerRadius, s.full.CornerRadius = look.Radius, look.Radius
	s.content = container.New(s, empty, s.full)
	return s
}

func (s *share) set(part float32) {
	s.part = min(max(part, 0), 1)
	s.content.Refresh()
}

// MinSize is for the toolkit.
func (s *share) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout is for the toolkit.
func (s *share) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	objects[1].Resize(fyne.NewSize(size.Width*s.part, size.Height))
}
