package store

import (
	"encoding/json"
	"errors"
	"slices"
	"time"

	"touyan/store/vault"

	"go.etcd.io/bbolt"
)

// The door remembers in the clear what happened while nobody was in: wrong
// passwords, and a backup put in place of the file. Whoever has the file can
// change it, so it keeps nobody out who can copy the file; against him there is
// the cost of the password. It slows down who sits at the machine, and what it
// tells goes into the journal at the next login.
type door struct {
	Wrong  int        `json:"wrong,omitempty"` // passwords in a row
	Last   time.Time  `json:"last,omitzero"`   // the last of them
	Events []doorNote `json:"events,omitempty"`

	Restored bool `json:"restored,omitempty"` // the file was put back from a backup since anybody was in
}

type doorNote struct {
	At     time.Time `json:"at"`
	Op     string    `json:"op"`
	Object string    `json:"object,omitempty"`
}

const (
	doorKey    = "door"
	doorEvents = 100 // kept; of a machine left to a child the first hundred tell enough
	doorWords  = 200 // characters of what an event is about
	doorLimit  = 1 << 20
)

// OpLogin and OpRestored are the entries by which one sees who came first after
// a backup was put back.
const (
	OpLogin    = "登录"
	OpRestored = "恢复备份"
)

// What else the door tells of.
const (
	opWrongPassword = "密码输错"
	opWrongCode     = "恢复码输错"
	opClockBack     = "系统时间被往回拨"
	opDoorChanged   = "登录前的记录被人改动" // anything else, which this program never wrote
)

// delays after so many wrong passwords in a row, the last one from then on.
// 默认值.
var delays = map[int]time.Duration{5: 30 * time.Second, 6: time.Minute, 7: 2 * time.Minute, 8: 5 * time.Minute, 9: 10 * time.Minute}

const longestDelay = 15 * time.Minute

func (d *door) delay() time.Duration {
	switch {
	case d.Wrong < 5:
		return 0
	case d.Wrong >= 10:
		return longestDelay
	}
	return delays[d.Wrong]
}

func readDoor(tx *bbolt.Tx) (d door) {
	if b := tx.Bucket([]byte(doorBucket)); b != nil {
		// Damage here may cost a delay, not the ledger.
		plain := b.Get([]byte(doorKey))
		if len(plain) > doorLimit || json.Unmarshal(plain, &d) != nil {
			return door{}
		}
	}
	d.distrust()
	return d
}

// distrust keeps what lies in the clear from passing for more than it is: nobody
// waits less than nothing, and no entry of the journal is made up here.
func (d *door) distrust() {
	d.Wrong = max(d.Wrong, 0)
	d.Events = d.Events[:min(len(d.Events), doorEvents)]
	for i := range d.Events {
		n := &d.Events[i]
		switch n.Op {
		case OpRestored, opWrongPassword, opWrongCode, opClockBack:
		default:
			n.Op, n.Object = opDoorChanged, ""
		}
		if words := []rune(n.Object); len(words) > doorWords {
			n.Object = string(words[:doorWords]) + "…"
		}
	}
}

func (d *door) tells(op string) bool {
	return slices.ContainsFunc(d.Events, func(n doorNote) bool { return n.Op == op })
}

func restored(tx *bbolt.Tx) bool { return readDoor(tx).Restored }

func (d *door) write(tx *bbolt.Tx) error {
	b, err := tx.CreateBucketIfNotExists([]byte(doorBucket))
	if err != nil {
		return err
	}
	plain, err := json.Marshal(d)
	if err != nil {
		return err
	}
	return b.Put([]byte(doorKey), plain)
}

func (d *door) note(at time.Time, op, object string) {
	if len(d.Events) >= doorEvents {
		if op != OpRestored { // that is told in any case
			return
		}
		d.Events = d.Events[:doorEvents-1]
	}
	d.Events = append(d.Events, doorNote{at, op, object})
}

// mayTry answers a *WaitError while a delay runs. A clock turned back does not
// end it: it then runs anew in full.
func (db *DB) mayTry() error {
	d, err := db.door()
	if err != nil {
		return err
	}
	delay, now := d.delay(), db.now()
	if delay == 0 {
		return nil
	}
	if now.Before(d.Last) {
		d.Last = now
		d.note(now, opClockBack, "")
		db.keepDoor(d)
	}
	if left := delay - now.Sub(d.Last); left > 0 {
		return &WaitError{For: left}
	}
	return nil
}

// Waiting is how long no password is taken yet, zero if one may be tried.
func (db *DB) Waiting() time.Duration {
	db.writing.Lock()
	defer db.writing.Unlock()
	var wait *WaitError
	if err := guard(db.path, db.mayTry); errors.As(err, &wait) {
		return wait.For
	}
	return 0
}

func (db *DB) noteFailure(s vault.Slot) error {
	d, err := db.door()
	if err != nil {
		return err
	}
	d.Wrong++
	d.Last = db.now()
	op := opWrongPassword
	if s.Kind == vault.Recovery {
		op = opWrongCode
	}
	d.note(d.Last, op, s.Name)
	db.keepDoor(d)
	return nil
}

// door is what happened, as the file has it, or as this program has seen it on a
// disk that cannot be written.
func (db *DB) door() (d door, err error) {
	err = db.view(func(tx *bbolt.Tx) error {
		d = readDoor(tx)
		return nil
	})
	if db.tries.Wrong > d.Wrong {
		d = db.tries
	}
	return d, err
}

// keepDoor writes it. A disk that cannot be written makes nobody wait less while
// the program runs, and keeps nobody out.
func (db *DB) keepDoor(d door) {
	db.tries = d
	if db.update(d.write) == nil {
		db.tries = door{}
	}
}

// welcome does what waited for somebody to come in: the door's notes go into the
// journal, keys others wait for are wrapped, and what was found about the file
// is told. A disk that cannot be written does not keep him from reading.
func (db *DB) welcome(s vault.Slot) error {
	d, err := db.door()
	if err != nil {
		return err
	}
	db.look(d.Restored)
	if db.noteFound(d) != nil {
		return nil
	}
	op := OpLogin
	if s.Kind == vault.Recovery {
		op = "用恢复码登录"
	}
	db.tries = door{}
	if db.noteAs(Entry{Op: op, Who: db.actor(Actor{})}, (&door{}).write) != nil {
		return nil
	}
	db.keepAnchor()
	db.completePurge()
	db.completeKeys() // what is not done now is done at another login
	return nil
}

// hear is welcome for a ledger that needs no password: that it was put back is in
// the journal, and it goes on under one new id and not another at each opening.
// A disk that cannot be written does not keep anybody from reading.
func (db *DB) hear() error {
	db.writing.Lock()
	defer db.writing.Unlock()
	d, err := db.door()
	if err != nil {
		return err
	}
	db.look(d.Restored)
	defer db.completePurge()
	if !d.Restored && len(d.Events) == 0 && len(db.found) == 0 {
		return nil
	}
	if db.noteFound(d) != nil {
		return nil
	}
	db.update((&door{}).write) // not done, it is done next time
	return nil
}

// look finds what is wrong with the file without reading all of it.
func (db *DB) look(restored bool) {
	found := db.checkAnchor(restored)
	if db.torn {
		found = append(found, Finding{Torn, "多半是断电或磁盘出错，最近一次保存可能没有留下，请核对最后录入的内容"})
	}
	db.torn = false // the next save writes that page
	db.mu.Lock()
	defer db.mu.Unlock()
	db.found = found
}

// noteFound writes into the journal what happened while nobody was in, each
// together with its leaving the door, and what is wrong with the file.
func (db *DB) noteFound(d door) error {
	if d.Restored && !d.tells(OpRestored) { // it may have come less far than others remember: that stands in the journal in any case
		told, err := db.toldLast(OpRestored)
		if err != nil {
			return err
		}
		if !told {
			d.note(db.now(), OpRestored, "没有写明是哪一份")
		}
	}
	for len(d.Events) > 0 {
		n := d.Events[0]
		d.Events = d.Events[1:]
		if err := db.noteAs(Entry{Op: n.Op, Object: n.Object, unmanned: true}, d.write); err != nil {
			return err
		}
	}
	for _, f := range db.found {
		if err := db.noteAs(Entry{Op: "发现台账异常", Object: f.String(), unmanned: true}, nil); err != nil {
			return err
		}
	}
	return nil
}

// toldLast reports whether the journal ends with what happened while nobody was
// in, an event of that name among it.
func (db *DB) toldLast(op string) (told bool, err error) {
	err = db.View(func(tx *Tx) error {
		for e, err := range tx.Journal() {
			if err != nil || !e.Event || e.Who.Name != "" {
				return err
			}
			if e.Op == op {
				told = true
				return nil
			}
		}
		return nil
	})
	return told, err
}

// noteAs is Note by whoever holds db.writing; with it goes what else is written.
func (db *DB) noteAs(e Entry, with func(*bbolt.Tx) error) error {
	e.Event = true
	_, _, err := db.commit(e, func(tx *Tx) error {
		tx.force = true
		if with == nil {
			return nil
		}
		return with(tx.bolt)
	})
	return err
}

// Note writes down something that happened and changed no record: an export, a
// print, the unmasking of numbers, a backup. object names nobody outside the
// office; detail may, and only those who read records see it. It is no way to
// approve a batch.
func (db *DB) Note(op, object, detail string, who Actor) error {
	if op == OpApprove {
		return ErrNotLead
	}
	_, err := db.do(Entry{Op: op, Who: who, Object: object, Detail: detail, Event: true}, func(tx *Tx) error {
		tx.force = true
		return nil
	})
	return err
}

// MarkRestored notes in a copy that is about to take the ledger's place from
// which backup it comes. The next to come in finds it in the journal, and the
// ledger goes on under a new id.
func MarkRestored(path, from string, at time.Time) error {
	return guard(path, func() error {
		b, _, err := openBolt(path, bbolt.Options{})
		if err != nil {
			return err
		}
		err = b.Update(func(tx *bbolt.Tx) error {
			d := readDoor(tx)
			d.Restored = true
			d.note(at, OpRestored, from)
			return d.write(tx)
		})
		return errors.Join(err, b.Close())
	})
}
