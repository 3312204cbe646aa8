package page

import (
	"errors"
	"sync"

	"touyan/store"
	"touyan/ui/form"

	"fyne.io/fyne/v2"
)

// draftBox keeps the drafts of forms in the ledger, beside the UI thread and in
// the order asked. What is not written yet is answered from here.
type draftBox struct {
	mu      sync.Mutex
	pending map[string]*form.Draft // nil: to be dropped
	known   map[string]bool        // keys that were found or kept, and not dropped since
	writing bool
}

// drafts is where the forms of this desk keep what is typed and not saved. told
// hears of every keeping and dropping; it may be nil.
func (d *Desk) drafts(told func(form.Draft)) form.Drafts {
	return form.Drafts{
		Find: d.findDraft,
		Keep: func(key string, draft form.Draft) {
			d.writeDraft(key, &draft)
			if told != nil {
				told(draft)
			}
		},
		Drop: func(key string) {
			d.writeDraft(key, nil)
			if told != nil {
				told(form.Draft{})
			}
		},
	}
}

func (d *Desk) findDraft(key string) (draft form.Draft, found bool) {
	d.box.mu.Lock()
	waits, pending := d.box.pending[key]
	d.box.mu.Unlock()
	if pending {
		if waits == nil {
			return draft, false
		}
		return *waits, true
	}
	found, err := d.DB.Draft(key, &draft)
	if err != nil {
		fyne.LogError("find a draft", err)
	}
	if found {
		d.box.mu.Lock()
		d.box.know(key, true)
		d.box.mu.Unlock()
	}
	return draft, found && err == nil
}

func (d *Desk) writeDraft(key string, draft *form.Draft) {
	d.box.mu.Lock()
	defer d.box.mu.Unlock()
	if d.box.pending == nil {
		d.box.pending = map[string]*form.Draft{}
	}
	d.box.pending[key] = draft
	if !d.box.writing {
		d.box.writing = true
		d.running.Go(d.writeDrafts)
	}
}

// know notes whether there is a draft, and reports whether that is news.
func (b *draftBox) know(key string, there bool) (news bool) {
	if b.known == nil {
		b.known = map[string]bool{}
	}
	news = b.known[key] != there
	b.known[key] = there
	return news
}

// writeDrafts writes what waits until nothing does. Of a key only the last
// word counts.
func (d *Desk) writeDrafts() {
	for {
		d.box.mu.Lock()
		var key string
		var draft *form.Draft
		found := false
		for key, draft = range d.box.pending {
			found = true
			break
		}
		if !found {
			d.box.writing = false
			d.box.mu.Unlock()
			return
		}
		d.box.mu.Unlock()
		var err error
		if draft == nil {
			err = d.DB.DropDraft(key)
		} else {
			err = d.DB.KeepDraft(key, draft)
		}
		d.box.mu.Lock()
		if errors.Is(err, store.ErrLocked) { // written when somebody is back
			d.box.writing = false
			d.box.mu.Unlock()
			return
		}
		if err != nil {
			fyne.LogError("keep a draft", err)
		}
		if d.box.pending[key] == draft {
			delete(d.box.pending, key)
		}
		news := d.box.know(key, draft != nil)
		d.box.mu.Unlock()
		if news && d.Begun != nil {
			d.Post(d.Begun)
		}
	}
}
