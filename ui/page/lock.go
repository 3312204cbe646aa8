package page

import (
	"strconv"
	"time"

	"touyan/store"

	"fyne.io/fyne/v2/widget"
)

// lockSetting is where the ledger remembers after how many minutes without input
// it locks itself.
const lockSetting = "lock-minutes"

// lockMinutes are those offered; lockUsual holds where nobody chose. 默认值.
var lockMinutes = []int{5, 10, 15, 30, 60}

const lockUsual = 15

// LockAfter is how long nobody may touch the window before it locks itself.
func (d *Desk) LockAfter() time.Duration {
	if d.lockAfter == 0 {
		return lockUsual * time.Minute
	}
	return d.lockAfter
}

// ReadLockAfter reads it from the ledger.
func (d *Desk) ReadLockAfter() {
	read(d, new(int), func(tx *store.Tx) (minutes int, err error) {
		err = tx.Setting(lockSetting, &minutes)
		return minutes, err
	}, func(minutes int) { d.lockAfter = time.Duration(minutes) * time.Minute })
}

// chooseLockAfter is the list of how long.
func (d *Desk) chooseLockAfter() *widget.Select {
	var options []string
	for _, n := range lockMinutes {
		options = append(options, sayMinutes(n))
	}
	list := newSelect(options, nil)
	list.Selected = sayMinutes(int(d.LockAfter() / time.Minute))
	list.OnChanged = func(chosen string) {
		for i, word := range options {
			if word == chosen {
				d.keepLockAfter(lockMinutes[i])
			}
		}
	}
	if d.why(store.Admin) != "" {
		list.Disable()
	}
	return list
}

func (d *Desk) keepLockAfter(minutes int) {
	d.lockAfter = time.Duration(minutes) * time.Minute
	d.running.Go(func() {
		err := d.DB.KeepSetting(opSettings, labelLockAfter+" "+strconv.Itoa(minutes), d.Who, lockSetting, minutes)
		d.Post(func() {
			if err != nil {
				d.Fail(err)
				return
			}
			d.Tell(Notice{Text: sayLockSet(minutes)})
		})
	})
}
