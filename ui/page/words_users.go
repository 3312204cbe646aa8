package page

import (
	"fmt"
	"time"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/exchange"
)

// Words of the users of a ledger, and of what a role may not do.

const (
	titleUsers   = "用户"
	titleAddUser = "新增用户"

	doOwnPassword   = "修改我的密码"
	doAddUser       = DoNew + "用户…"
	doChangeRoles   = "改角色…"
	doResetPassword = "重设密码…"
	doHandOver      = "交接…"
	doRemoveUser    = "停用"
	doNewCode       = "更换恢复码…"
	doRekey         = "更换密钥…"
	doAdd           = "新增"
	doResetNow      = "重设密码"
	doNewCodeNow    = "换一个恢复码"
	doRekeyNow      = "更换密钥"

	headUserSince = "起用时间"
	headPassword  = "密码更改时间"
	headWaiting   = "密钥"

	sayWaitingKeys   = "待负责人登录移交"
	sayStaleKeys     = "有人停用或减了角色，还有密钥没有换：等看得到那些信息的人下一次登录，程序就自动换好。"
	sayCameByCode    = "您是用恢复码进来的。请选中一个人，给他重设密码，再锁定，由他登录；恢复码的信封拆过了，也请换一个。"
	sayAddUser       = "先定一个密码，当面告诉他，由他登录后自己改掉。"
	sayAddingUser    = "正在新增用户"
	sayChangingLocks = "正在换锁"
	sayResetting     = "正在更换密码"
	sayRolesLost     = "减去一个角色，他原来看得到的信息要换锁；加上一个，登录后就看得到。"
	sayReset         = "先定一个密码，当面告诉他，由他登录后自己改掉。原来的密码从此不能用。"
	sayOwnChanged    = "密码改好了，下次登录用新的。"
	sayNewCode       = "原来封存的恢复码从此不能用，新的只显示这一次。请先备好纸和信封。"
	sayCodeChanged   = "恢复码换好了，原来的请撕掉。"
	sayRekeyed       = "密钥换好了，以前的副本里的密钥打不开现在的台账。"
)

func sayTakesRole(r store.Role) string { return "您不是" + r.Label() + "，这里只能看。" }

func sayRecoveryMade(at time.Time) string {
	if at.IsZero() {
		return "还没有恢复码，请换一个并封存。"
	}
	return "恢复码是 " + sayTime(at) + " 定的，封存在信封里。"
}

func sayUsers(n int) string {
	return fmt.Sprintf("%d 人能打开这本台账；停用的人做过的事仍记在他名下。", n)
}

func sayUserAdded(name string) string { return "“" + name + "”可以登录了。" }

func titleRolesOf(name string) string { return name + "的角色" }
func titleResetOf(name string) string { return "给" + name + "重设密码" }

func sayRolesAre(name string, roles []store.Role) string {
	return name + "现在是" + store.RoleWords(roles) + "。"
}

func sayWasReset(name string) string { return name + "的密码重设好了，请当面告诉他。" }

func sayRemoves(name string, seconds int) string {
	return fmt.Sprintf("“%s”从此打不开这本台账，他看得到的内容全部换锁，大约要 %d 秒，中途请不要关机。他做过的事仍记在他名下，不能恢复停用的用户，只能新增。", name, seconds)
}

func doRemoveNamed(name string) string { return "停用“" + name + "”" }

func sayUserRemoved(name string) string { return "“" + name + "”已停用，锁换好了。" }

func sayRekey(seconds int) string {
	return fmt.Sprintf("台账全部换上新密钥，大约要 %d 秒，中途请不要关机。大家的密码和恢复码都不变。台账文件给别人拿走过，就换一次。", seconds)
}

const (
	doApprove      = store.OpApprove
	sayNotApproved = "未审核"
)

func sayApprovedBy(name string) string { return "已审核 " + name }

// sayWhyNot stands on the button itself.
func sayWhyNot(err error) string {
	switch err {
	case store.ErrOwnBatch:
		return "（自己经办的）"
	case store.ErrNotLead:
		return "（由负责人办）"
	}
	return ""
}

func sayApproves(p *passage) string {
	return fmt.Sprintf("“%s”由%s于 %s %s：%d 行，新增 %d，更新 %d，未导入 %d。审核后记入留痕，不能撤回；以后整批撤销，留痕里两样都在。",
		p.Batch.Book, p.Who.Name, sayTime(p.At), p.Op, p.Batch.Rows, p.Batch.New, p.Batch.Updated, p.Batch.Refused)
}

func doApproveNamed(p *passage) string { return "审核通过批次 " + exchange.BatchID(p.Seq) }

func sayWasApproved(p *passage) string { return "批次 " + exchange.BatchID(p.Seq) + " 已审核。" }

const (
	opHandOver = "交接"
	opBackup   = "备份"

	titleHandOverList = "交接清单"
	doPrintHandOver   = DoPrint + "交接清单…"

	labelFrom     = "移交人"
	labelTo       = "接手人"
	labelBackup   = "最近一次备份"
	labelJournal  = "留痕"
	labelOpenWork = "没有办完的事"
	headNote      = "备注"

	sayNoSuccessor   = "台账还只有他一个用户。请先新增接手的人，再办交接。"
	sayHandOver      = "没有办完的事都在台账里，接手的人登录后照样看得到、接着办。先打印清单，两人当面点清、签字，再停用移交的人；他做过的事仍记在他名下。"
	sayBackupUnknown = "没有记录"
	saySignedOn      = "　　年　月　日"
)

const sayNotReturned = "报出后没有返回"

func saySentBookOn(p *passage) string { return p.Sent.File + "，" + sayTime(p.At) + " 写出" }

// signers are who signs below the list.
var signers = []string{"移交人（签字）", "接手人（签字）", "监交人（签字）"}

func titleHandOver(name string) string { return name + "的交接" }

func sayOpenWork(waits []check.Wait) string {
	if waits == nil {
		return "没有办完的事，或者您的角色看不到，由接手人登录后核对"
	}
	return fmt.Sprintf("没有办完的事 %d 件", len(waits))
}

func sayMoreOpen(n int) string { return fmt.Sprintf("还有 %d 件，都在清单上。", n) }

func sayRecordsOf(label string) string { return label + "（条）" }

func sayJournalAt(h store.Head) string {
	return fmt.Sprintf("共 %d 条，截至 %s", h.Size, sayTime(h.At))
}

func sayHandedOver(from, to string) string {
	return from + "的工作交给了" + to + "，锁换好了。"
}
