package page

import (
	"fmt"
	"strings"

	"touyan/store/exchange"
	books "touyan/store/sheet"
)

// What people read where a county's blank is filled.

const (
	titleChooseBlank = "选上级发的空白表"

	cmdFill   = "套表：填上级发的空白表"
	doFill    = "填好另存…"
	doNotFill = "不填了"

	labelFillForm  = "按哪张表填"
	headFilledWith = "填什么"
	wordLeftEmpty  = "（不填）"
	tailFilled     = "已填"

	sayFill = "空白表本身不动，填好的另存一份：标题、格式、公式、打印设置都照原样。选错了的，选中那一行改；下次同样表头的空白表照这次的填。"
)

func titleFill(file string) string { return "套表 " + file }

// sayHowSure tells how a head came to its column, or what it may be.
func sayHowSure(h *exchange.HeadMatch) string {
	switch {
	case h.Sure == books.Told:
		return wordTold
	case h.Label == "" && len(h.Guesses) > 0:
		return wordLikelyTo + h.Guesses[0].Label
	case h.Label == "":
		return wordUnmatched
	case h.Sure == books.Likely:
		return wordLikely
	}
	return wordSure
}

func sayFilled(f *exchange.Filled) string {
	text := fmt.Sprintf("已填 %d 行：%s。", f.Rows, f.File)
	if len(f.Left) > 0 {
		text += "空白表里没有" + strings.Join(f.Left, "、") + "的行，没有填。"
	}
	if len(f.Empty) > 0 {
		text += "台账里没有" + strings.Join(f.Empty, "、") + "，那几行空着。"
	}
	if len(f.Other) > 0 {
		text += "工作表" + strings.Join(f.Other, "、") + "没有填。"
	}
	return text
}
