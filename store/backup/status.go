package backup

import (
	"strings"
	"time"

	"touyan/store/disk"
)

// Status is how things stand, for the foot of the window and the page of
// backups.
type Status struct {
	Here    Place // beside the ledger
	There   Place // the second place
	Second  bool  // a second place is set
	Running bool  // a copy is being made
}

// Place is how things stand in one place.
type Place struct {
	At     time.Time // of the newest copy that is known to be good; zero: none
	Failed string    // why the last try failed: whole sentences, with what to do; empty: it did not
	Absent bool      // the folder is not there: the stick is not plugged in
}

// Line is the status in the few words the foot of the window has room for.
func (s Status) Line(now time.Time) string {
	switch {
	case s.Running:
		return "备份 正在进行"
	case s.Here.Failed != "":
		return "备份 未成功：" + short(s.Here.Failed)
	case s.Second && s.There.Failed != "":
		return "备份 未成功：" + strings.Replace(short(s.There.Failed), "磁盘", "U 盘", 1)
	}
	line := "备份 还没有"
	if !s.Here.At.IsZero() {
		line = "备份 " + moment(s.Here.At, now)
	}
	if s.Second && s.There.Absent {
		line += "，U 盘没有插"
	}
	return line
}

// untouched stands before every sentence about a failure: it is what a clerk
// wants to know first.
const untouched = "备份没有做成，台账没有受影响。"

// sentence is an error for people.
func sentence(err error) string {
	text, ok := disk.Sentence(err)
	if !ok {
		text = "程序自己出了错；请再做一次备份，仍不成时请告诉维护程序的人。"
	}
	return untouched + text
}

// short is the first clause of a sentence about a failure.
func short(text string) string {
	text = strings.TrimPrefix(text, untouched)
	if i := strings.IndexAny(text, "，；。"); i > 0 {
		return text[:i]
	}
	return text
}

// moment is a time as people speak of it.
func moment(at, now time.Time) string {
	at, now = at.Local(), now.Local()
	day := func(t time.Time) time.Time {
		y, m, d := t.Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	switch days := day(now).Sub(day(at)) / (24 * time.Hour); {
	case days == 0:
		return "今天 " + at.Format("15:04")
	case days == 1:
		return "昨天 " + at.Format("15:04")
	case at.Year() == now.Year():
		return at.Format("1月2日 15:04")
	}
	return at.Format("2006年1月2日")
}
