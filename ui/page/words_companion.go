package page

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"touyan/store/paper"
)

// Of the papers that go over the hand-off in a file beside the book (附件包).
const (
	titleWaiting         = "没有收到的附件"
	titleChooseCompanion = "选择附件包"
	titleWrongPapers     = "没有接收的附件"
	titleLacks           = "没有放进附件包的"
	headFromOffice       = "来自"
	headPaperTitle       = "材料名称"
	headPaperClass       = "材料类别"
	doSeeWaiting         = "看没有收到的"
	doTakeCompanion      = "接收附件包…"
	sayPacking           = "正在写附件包"
	sayWaiting           = "台账里有登记、原件还没有来的附件。把附件包拖进窗口，或点“接收附件包…”；附件包与上报簿放在一起时，合并上报簿会一起收。"
	sayAllReceived       = "登记过的附件，原件都收到了。"
)

func doPack(n int) string { return fmt.Sprintf("写附件包（%d 份）", n) }

func sayTakingPapers(name string) string { return "正在接收“" + name + "”" }

// sayTaken is what became of companions, in sentences; empty where none came.
func sayTaken(t taken) string {
	var parts []string
	if t.Taken > 0 {
		parts = append(parts, fmt.Sprintf("收到附件 %d 份", t.Taken))
	}
	if t.Taken == 0 && t.Had > 0 {
		parts = append(parts, fmt.Sprintf("附件包里的 %d 份以前收到过", t.Had))
	}
	if t.Unasked > 0 {
		parts = append(parts, fmt.Sprintf("台账里没有登记的 %d 份没有收", t.Unasked))
	}
	if len(t.Wrong) > 0 {
		parts = append(parts, fmt.Sprintf("%d 处有问题", len(t.Wrong)))
	}
	switch {
	case errors.Is(t.err, context.Canceled):
		parts = append(parts, "接收中途停下，再接收一次会接着来")
	case t.err != nil:
		parts = append(parts, "附件没有收完："+strings.TrimSuffix(sentence(t.err), "。"))
	}
	if t.waiting > 0 {
		parts = append(parts, fmt.Sprintf("还有 %d 份附件没有收到", t.waiting))
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "，") + "。"
}

func sayPacked(p paper.Packed) string {
	if p.Papers == 0 && p.Before > 0 {
		return fmt.Sprintf("%d 份附件以前都给过这个单位，没有再写。", p.Before)
	}
	text := fmt.Sprintf("附件包写好，%d 份，%s：%s。请和工作簿一起拷走。", p.Papers, sayBytes(p.Bytes), strings.Join(p.Files, "、"))
	if p.Before > 0 {
		text += fmt.Sprintf("以前给过的 %d 份没有再放进去。", p.Before)
	}
	return text
}

func sayPackPaused(n int) string {
	return fmt.Sprintf("附件包没有写完，已写好的 %d 份留着；再按一次会接着写。", n)
}
