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
	o, ok := rescue().For(c.ctx, v)
	if !ok {
		return err
	}
	return &disk.Error{Text: sentence(err) + o.Words() + "要恢复它，请用 restore --from " + o.From + "。", Err: err}
}

// rescue is what helps where a ledger does not open.
func rescue() examine.Rescue { return backup.Rescue(store.AnchorFolder()) }
