package page

import "fmt"

// Words of 一人一档.

const (
	tabDossier      = "档案"
	headClass       = "类别"
	headMaterial    = "材料名称"
	headHave        = "有无"
	headMade        = "形成时间"
	headPages       = "页数"
	headWhyAsked    = "为什么要有"
	sayNoMaterials  = "还没有档案材料。"
	doPrintContents = "打印目录"
	doEnterMaterial = "登记材料…"
	opEnterMaterial = "登记材料"
	wordThere       = "有"
	wordOnPaper     = "有纸质件"
)

// sayDossierTab counts what a dossier has and lacks.
func sayDossierTab(there, missing int) string {
	text := fmt.Sprintf("%s %d 份", tabDossier, there)
	if missing > 0 {
		text += fmt.Sprintf("%s缺 %d", between, missing)
	}
	return text
}

func sayScore(n int) string { return fmt.Sprintf("%d 分", n) }

func sayPassAt(n int) string {
	return fmt.Sprintf("合格线 %d 分；扣分项在“规则”里改。", n)
}

func sayDeduction(reason string, count, points int) string {
	return fmt.Sprintf("－%d　%s × %d", points, reason, count)
}

func sayGapIn(from, to string) string { return "履历中断：" + from + " — " + to }

func sayEntered(title string) string { return "已登记“" + title + "”。" }
