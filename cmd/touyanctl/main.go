// Command touyanctl is Touyan without a window: the same operations on the
// same ledger, for scripts, for the county's staff and for tests. It is built
// without cgo.
//
//	touyanctl VERB [ARGUMENTS] [FLAGS]
//
// Results go to standard output, as a table or, with --json, as one JSON
// value; messages for people go to standard error, in Chinese.
//
// It exits 0 when all was done, 1 when something was refused or left open (it
// is listed), 2 when it was called wrongly:
//
//   - A verb, flag, level, kind, form or column that does not exist is a wrong
//     call, and so is a password that was not given: nobody is waited for. What
//     only the ledger or the book can tell (no such office, batch, conflict or
//     sheet; a wrong password) is refused.
//   - import, merge and undo leave something open when a problem or a conflict
//     remains; what is good is written all the same.
//   - paper add and paper export leave open what was not added or written; the
//     others are all the same.
//   - list, check, conflicts and batches only report. What they find is their
//     answer, so they exit 0 however much they find.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"touyan/store"
	"touyan/store/examine"
	"touyan/store/record"

	"github.com/spf13/pflag"
)

// What the program exits with.
const (
	exitDone    = 0
	exitRefused = 1 // or something is left open
	exitUsage   = 2
)

// verb is one thing the program can do.
type verb struct {
	name  string
	args  string // its arguments and flags, for the usage
	about string
	run   func(*command, []string) error
}

// verbs are all of them, in the order of the usage.
func verbs() []verb {
	return []verb{
		{"init", "--level township|county|city --office 区划代码 --name 名称", "新建一本空台账", initLedger},
		{"demo", "[--level township|county|city] [--seed N]", "新建一本示例台账，人和村都是虚构的", demo},
		{"kinds", "", "数据字典：有哪些类别和栏目", listKinds},
		{"forms", "", "有哪些表", listForms},
		{"import", "簿 [--form 名|auto] [--sheet 名] [--mapping M.json] [--as-roster] [--from 代码 [--period 期]] [--dry-run] [--strict] [--errors 待改.xlsx]", "导入花名册", importBook},
		{"define", "名称 --kind 类别 --type 文字|单选|是否|整数|金额|日期|电话 [--words 词、词] [--private] [--reach 本级|下级] [--note 说明] | 名称 --kind 类别 --drop --why 原因", "自定义项：给一类台账加一栏，或作废加过的", define},
		{"list", "类别 [--where 栏目=值]… [--find 词] [--columns 栏目,栏目] [--labels] [--format table|json|csv]", "列出一类记录", list},
		{"print", "--form 名 [--where 栏目=值]… [--copy full|report|public] [--notice 期 --notice-office 单位 --notice-phone 电话] [--encrypt] [--as-of 日期] --out 簿", "打印一张表", printForm},
		{"page", "名 [记录…] --out 簿 [--as-of 日期]", "打印不是花名册的表：" + pageNames() + "；记录写姓名、村名或 id", printPage},
		{"fill", "--blank 空白表 --form 名 [--mapping M.json] [--where 栏目=值]… [--copy report|full|public] [--as-of 日期] --out 簿", "套表：把上级发的空白表填好，空白表本身不动", fill},
		{"export", "--to 代码|parent|own|county|city|below [--kinds 类别,类别] [--period 期 [--why 原因]] [--protect] [--encrypt] --out 簿", "导出上报簿或下发簿；below 给每个下级单位各写一份", export},
		{"merge", "簿… [--dry-run] [--strict] [--confirm] [--conflicts leave|ours|theirs]", "合并别的单位交来或退回的簿", merge},
		{"board", "[--period 期] [--due 日期]", "收报看板：哪个下级单位报了哪一版，谁还没报", board},
		{"sendback", "类别 --to 代码 --column 栏目 --why 原因 [--where 栏目=值]… [--period 期] --out 簿", "退回：请下级单位把一些记录的一栏再看一遍", sendBack},
		{"join", "类别 记录 记录 --why 原因", "两条记录是同一人（同一处）：合成一条", join},
		{"part", "类别 记录 --why 原因", "把合错的分开", part},
		{"check", "[--as-of 日期]", "查空白村、书记空缺和其他问题", checkLedger},
		{"figures", "[--as-of 日期] [--open 编号]", "指标；打开一个，列出它的名单", figures},
		{"steps", "类别 [记录]", "有哪些手续；写明记录的，列出现在能办的", steps},
		{"step", "类别 [记录] 手续 [--set 栏目=值]… [--why 原因] [--dry-run]", "办一步手续，例如 step conduct 记录 核实 --set 核实结论=成立", step},
		{"successors", "嘎查村 [--position 职务]", "谁能接任，按成熟度、培养和考核排，写明理由", successors},
		{"depart", "姓名 --cause 去世|迁出|调离|退休 --on 日期 [--note 说明] [--dry-run]", "一步结束一个人的任职、后备和其他名册", depart},
		{"village", "merge 村… --into 村 --on 日期 [--carry] [--name 新名] | rename 村 --name 新名 --on 日期 [--why 依据]", "撤并和更名，以前的年份仍看得到原来的村", villageVerb},
		{"rules", "[list] [--year 年] [--against 年] | set 类别 [代号] --year 年 [--label 名称] [--value 值] [--unit 单位] [--source 依据] [--document 文号] [--off]", "规则：默认值和本单位自己定的，按年份；两年比一比", rulesVerb},
		{"conflicts", "[--out 簿]", "待裁定的冲突；--out 写出《数据核对情况表》", listConflicts},
		{"decide", "编号 ours|theirs|值 --why 原因", "裁定一个冲突：用本级的、对方的，或另写一个值", decide},
		{"batches", "", "导入和合并的批次", listBatches},
		{"undo", "批次 [--keep-later]", "整批撤销", undo},
		{"paper", "[list|add|export] [文件或附件…] [--record 人员或嘎查村] [--out 文件夹] | pack 簿 [--all] [--part MB] | take 附件包或簿… | waiting", "附件：列出、添加、写出没有加密的副本；给簿写附件包、接收附件包、还没有收到的", paperVerb},
		{"dossier", "[姓名] [--all]", "一人一档：在任书记的材料、缺什么、得多少分；写明一个人的，列出十类", dossiers},
		{"verify", "", "逐项核对台账有没有损坏或被改动", verifyLedger},
		{"journal", "[--by 姓名] [--op 操作] [--since 日期] [--until 日期] [--limit N]", "留痕，新的在前", journal},
		{"backup", "[--to 文件夹]", "备份，并从磁盘读回核对", backupLedger},
		{"restore", "--from 备份文件", "用备份恢复台账，原来的改名留着", restore},
		{"users", "[list|protect|add|remove|roles|password|recovery] [姓名] [--roles 角色,角色] [--recovery] [--yes]", "用户、角色、密码和恢复码", usersVerb},
		{"rekey", "", "更换密钥，把台账重新加密", rekey},
	}
}

func main() {
	examine.Main(os.Args)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run does one verb and returns what to exit with.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	c := &command{ctx: ctx, out: stdout, err: stderr}
	err := c.dispatch(args)
	code := exitCode(err)
	if code == exitDone || errors.As(err, new(told)) {
		return code
	}
	fmt.Fprintln(stderr, sentence(err))
	if errors.As(err, new(*usageError)) {
		c.usage(stderr)
	}
	return code
}

// command is one call of the program.
type command struct {
	ctx      context.Context
	out, err io.Writer
	verb     *verb
	set      *pflag.FlagSet

	ledger string
	user   string
	json   bool
}

// dispatch finds the verb. The flags every verb has may stand before it too.
func (c *command) dispatch(args []string) error {
	front := c.flags()
	front.SetInterspersed(false)
	front.BoolP("help", "h", false, "")
	if err := front.Parse(args); err != nil {
		return translate(err)
	}
	rest := front.Args()
	if help, _ := front.GetBool("help"); help || len(rest) > 0 && rest[0] == "help" {
		c.usage(c.out)
		return nil
	}
	if len(rest) == 0 {
		return wrong("请说明要做什么，例如 touyanctl list person --ledger 台账.touyan")
	}
	for _, v := range verbs() {
		if v.name == rest[0] {
			c.verb = &v
			return v.run(c, rest[1:])
		}
	}
	return wrong("没有“%s”这个命令", rest[0])
}

// flags begins the flags of a verb with those every verb has.
func (c *command) flags() *pflag.FlagSet {
	c.set = pflag.NewFlagSet("touyanctl", pflag.ContinueOnError)
	c.set.SortFlags = false
	c.set.SetOutput(io.Discard)
	c.set.Usage = func() {}
	c.set.StringVar(&c.ledger, "ledger", c.ledger, "台账`文件`")
	c.set.StringVar(&c.user, "user", c.user, "经办人`姓名`，也可写在 TOUYAN_USER 里")
	c.set.BoolVar(&c.json, "json", c.json, "结果写成一个 JSON")
	return c.set
}

// parse reads a verb's flags, wherever they stand among its arguments, and
// holds the arguments to their number; most < 0 means any.
func (c *command) parse(args []string, least, most int) ([]string, error) {
	if err := c.set.Parse(args); errors.Is(err, pflag.ErrHelp) {
		c.usage(c.out)
		return nil, err
	} else if err != nil {
		return nil, translate(err)
	}
	rest := c.set.Args()
	switch {
	case len(rest) < least:
		return nil, wrong("“%s”少写了内容", c.verb.name)
	case most >= 0 && len(rest) > most:
		return nil, wrong("“%s”多写了“%s”", c.verb.name, strings.Join(rest[most:], " "))
	}
	return rest, nil
}

// translate says in Chinese what was wrong with a flag.
func translate(err error) error {
	var unknown *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var bad *pflag.InvalidValueError
	switch {
	case errors.Is(err, pflag.ErrHelp):
		return err
	case errors.As(err, &unknown):
		return wrong("没有“%s”这个选项", dashes(unknown.GetSpecifiedName(), unknown.GetSpecifiedShortnames()))
	case errors.As(err, &bare):
		return wrong("选项“%s”后面要有内容", dashes(bare.GetSpecifiedName(), bare.GetSpecifiedShortnames()))
	case errors.As(err, &bad):
		return wrong("选项“--%s”的内容“%s”不对", bad.GetFlag().Name, bad.GetValue())
	}
	return wrong("选项写错了，请照下面的用法写")
}

func dashes(name, short string) string {
	if short != "" {
		return "-" + name
	}
	return "--" + name
}

// usage shows one verb, or all.
func (c *command) usage(w io.Writer) {
	if c.verb != nil {
		fmt.Fprintf(w, "用法：touyanctl %s %s\n", c.verb.name, c.verb.args)
		if c.set != nil {
			c.set.VisitAll(func(f *pflag.Flag) { // what holds without it stands in its text, in Chinese
				f.DefValue = map[string]string{"bool": "false", "uint64": "0", "stringArray": "[]", "stringSlice": "[]"}[f.Value.Type()]
			})
			fmt.Fprint(w, c.set.FlagUsages())
		}
		return
	}
	fmt.Fprint(w, "用法：touyanctl 命令 [内容] [选项]\n\n")
	for _, v := range verbs() {
		fmt.Fprintf(w, "  %-10s %s\n", v.name, v.about)
		if v.args != "" {
			fmt.Fprintf(w, "  %-10s   %s\n", "", v.args)
		}
	}
	fmt.Fprint(w, "\n所有命令都有的选项：\n"+
		"  --ledger 文件   台账文件\n"+
		"  --user 姓名     经办人，也可写在环境变量 TOUYAN_USER 里\n"+
		"                  设了密码的台账，密码放在 TOUYAN_PASSWORD 里，新密码放在 TOUYAN_NEW_PASSWORD 里\n"+
		"  --json          结果写成一个 JSON\n")
}

// say tells a person something.
func (c *command) say(format string, args ...any) { fmt.Fprintf(c.err, format+"\n", args...) }

// emit writes the one JSON value of a call.
func (c *command) emit(v any) error {
	e := json.NewEncoder(c.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// who is in whose name the call acts.
func (c *command) who() store.Actor {
	for _, name := range []string{c.user, os.Getenv("TOUYAN_USER")} {
		if name = strings.TrimSpace(name); name != "" {
			return store.Actor{Name: name}
		}
	}
	return store.Actor{Name: "经办人"}
}

// path is the ledger the call names.
func (c *command) path() (string, error) {
	if c.ledger == "" {
		return "", wrong("请用 --ledger 写明台账文件")
	}
	return c.ledger, nil
}

// open opens the ledger, as the user the call names if it has users. The caller
// closes it.
func (c *command) open() (*store.DB, error) {
	db, err := c.enter()
	if err != nil {
		return nil, err
	}
	if db.Locked() {
		if err := c.login(db); err != nil {
			db.Close()
			return nil, err
		}
	}
	return db, nil
}

func options() store.Options {
	return store.Options{Kinds: record.Kinds(), Anchors: store.AnchorFolder()}
}
