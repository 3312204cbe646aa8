package main

import (
	"touyan/store"
	"touyan/store/backup"
	"touyan/store/disk"
	"touyan/store/examine"
)

// enter looks at the ledger's file and opens it, as it is: locked if it needs a
// password. For one that does not open the newest good backup is named.
func (c *command) enter() (*store.DB, error) {
	path, err := c.path()
	if err != nil {
		return nil, err
	}
	v := examine.File(c.ctx, path)
	if err := v.Err(); err != nil {
		return nil, c.offer(v, err)
	}
	if beside := v.Beside(); beside != "" {
		c.say("%s", beside)
	}
	db, err := store.Open(path, options())
	if err != nil {
		return nil, c.offer(examine.Opened(path, err), err)
	}
	db.Watch(func(e store.Event) {
		if e.Settled {
			c.say("%s", examine.Settled(e.Op))
		}
	})
	return db, nil
}

// offer adds to why a ledger does not open what can be put in its place.
func (c *command) offer(v examine.Verdict, err error) error {
	offers := rescue().For(c.ctx, v)
	if len(offers) == 0 {
		return err
	}
	text := sentence(err)
	for _, o := range offers {
		way := "--from " + o.From
		if o.Earlier {
			way = "--earlier"
		}
		text += o.Words() + "要恢复它，请用 restore " + way + "。"
	}
	return &disk.Error{Text: text, Err: err}
}

// rescue is what helps where a ledger does not open.
func rescue() examine.Rescue { return backup.Rescue(store.AnchorFolder()) }
