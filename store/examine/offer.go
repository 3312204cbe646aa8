package examine

import (
	"context"
	"fmt"
	"time"
)

// Offer is a backup that can take the place of a ledger that does not open.
type Offer struct {
	From    string    // its file
	Made    time.Time // when it was
	Counted bool      // Count is known
	Count   int       // operations that are in the ledger and not in it
	Last    time.Time // the last of them, or when the ledger's file was last written to; zero: not known
}

// Words says which backup it is, and what would be missing.
func (o Offer) Words() string {
	const moment = "2006年1月2日 15:04"
	text := "最新的完好备份是 " + o.Made.Local().Format(moment) + " 的。"
	last := o.Last.Local().Format(moment)
	switch {
	case o.Counted && o.Count == 0:
		return text + "在它之后没有做过别的，恢复后什么都不缺。"
	case o.Counted && !o.Last.IsZero():
		return text + fmt.Sprintf("恢复后会缺少在它之后做的 %d 步操作，最后一步在 %s。", o.Count, last)
	case o.Counted:
		return text + fmt.Sprintf("恢复后会缺少在它之后做的 %d 步操作。", o.Count)
	case !o.Last.IsZero():
		return text + "台账文件最后改动在 " + last + "，在两者之间做的会缺少，要重新录入。"
	}
	return text + "在它之后做的会缺少，要重新录入。"
}

// Rescue is what helps where a ledger does not open. Its zero value offers
// nothing.
type Rescue struct {
	Find    func(ctx context.Context, ledger string) (Offer, bool)
	Restore func(ctx context.Context, ledger string, o Offer, tell func(done, total int64)) error
}

// For finds the backup to offer after a look, if one helps and there is one.
func (r Rescue) For(ctx context.Context, v Verdict) (Offer, bool) {
	if r.Find == nil || !v.Lost() {
		return Offer{}, false
	}
	return r.Find(ctx, v.path)
}

// Settled tells that an operation was saved though the disk failed on it.
func Settled(op string) string {
	return "存“" + op + "”的时候磁盘出过错，重新打开台账核对过：已经存下。请尽快备份，并请人看看这块磁盘。"
}
