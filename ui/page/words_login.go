package page

import (
	"fmt"
	"strings"

	"touyan/store"
)

// Words of logging in, locking, and the recovery code.

const (
	cmdLock  = "锁定"
	KeysLock = "Ctrl+L" // pressed for it

	doLogin       = "登录"
	doForgot      = "忘记密码…"
	doByPassword  = "用密码登录"
	doEnterByCode = "用恢复码登录"

	labelPassword    = "密码"
	hintRecoveryCode = "7 组，每组 5 个字符"

	doProtect      = "设密码…"
	labelLoggedIn  = "登录的人"
	labelLockAfter = "自动锁定"
	sayLockAfter   = "没有人动就锁上，记在这本台账里；也可以随时按 Ctrl+L。"
	sayNoPassword  = "这本台账谁打开都能看，请设上密码。"
	opSettings     = "设置"

	titleProtect       = "给台账设密码"
	titleFirstUser     = "谁来管这本台账"
	titleRecovery      = "恢复码"
	titleRecoveryCheck = "恢复码抄对了吗"
	doProtectNow       = "设密码"
	doMakeNow          = "选择位置，建台账…"
	doPrintCode        = "打印…"
	doWritten          = "我已抄好，放进信封"
	doSeeAgain         = "再看一遍"
	doCheckGroups      = "核对"
	headItem           = "项目"
	headContent        = "内容"
	labelName2         = "姓名"
	labelRoles         = "角色"
	labelOldPassword   = "现在的密码"
	labelNewPassword   = "新密码"
	labelAgain         = "再输一次"

	sayFirstUser    = "以后谁用谁登录，每一步都记在登录的人名下。小单位一个人可以把四个角色都选上，留痕里会写明一人多岗。"
	sayProtecting   = "正在加密台账"
	sayTypeOld      = "请输入现在的密码"
	sayNotSame      = "两次输入的密码不一样，请再输一次"
	sayRecoveryCode = "大家都忘了密码时，只有这个恢复码能打开台账。它只在这里显示这一次，头雁不留底。"
	sayRecoveryKeep = "请抄在纸上或打印出来，装进信封封好，写上日期，由负责人锁进柜子；不要拍照，不要存在电脑里。打印用的文件，核对完就删掉。"
	sayTypeGroups   = "请照着纸上抄的填下面两组，大小写不论。"

	sayLogin         = "请选择您的名字，输入密码。"
	sayLocked        = "已锁定。做到一半的都还在，登录后接着做；别人登录，从头开始。"
	sayNotSecret     = "本程序不得存放涉密信息"
	sayTypePassword  = "请输入密码。"
	sayTypeCode      = "请照封存的纸上抄的填恢复码。"
	sayWorkFirst     = "手头的工作还在收尾，做完就登录，请稍候…"
	sayUnlocking     = "正在核对，请稍候…"
	sayRecoveryLogin = "先问系统管理员：他可以给您重设密码。都忘了，就取出封存的恢复码，照着填；大小写、横线不论。"
	sayCodeForeign   = "恢复码不是这本台账的，或者已经换过新的。请取出最近一次封存的那一张。"
	sayNoCode        = "这本台账没有恢复码，请由系统管理员登录后重设密码。"
)

// roleDoes says what a role is for.
var roleDoes = map[store.Role]string{
	store.Clerk:   "录入、导入、上报，看得到一般信息和报酬",
	store.Lead:    "还看得到处分等信息，审核导入和合并的批次",
	store.Admin:   "管用户、备份，看不到任何人的信息",
	store.Auditor: "只看留痕",
}

// recoveryPaper stands below the code on paper.
var recoveryPaper = [][2]string{
	{"用途", "所有人都忘记密码时，在登录页点“忘记密码”，照着填"},
	{"保管", "装进信封封好，由负责人锁进柜子；不拍照，不存在电脑里"},
	{"封存日期", "　　　　年　　月　　日"},
	{"封存人", ""},
	{"负责人", ""},
}

func sayGroup(n int) string { return fmt.Sprintf("第 %d 组", n) }

func sayGroupsWrong(groups []string) string {
	return strings.Join(groups, "、") + "与下面的不一样，请照着改好纸上的，再核对一次。"
}

func sayCodeLeft(path string) string {
	return "印恢复码的文件还开着，没有删掉。请打印好以后关掉它，再删除这个文件：\n" + path
}

func sayMinutes(n int) string { return fmt.Sprintf("%d 分钟", n) }

func sayLockSet(n int) string { return fmt.Sprintf("%d 分钟没有人动，就自动锁上。", n) }

// sayCodeTypo says which groups of a recovery code are not what was printed.
func sayCodeTypo(groups int, wrong []int) string {
	if groups != 7 {
		return fmt.Sprintf("恢复码一共 7 组，现在填了 %d 组，请照着纸补全。", groups)
	}
	var list []string
	for _, n := range wrong {
		list = append(list, fmt.Sprint(n))
	}
	return "第 " + strings.Join(list, "、") + " 组与印出来的对不上，请照着纸再看一遍；没有数字 0、1 和字母 O、I。"
}
