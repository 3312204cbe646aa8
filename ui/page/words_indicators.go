package page

import (
	"fmt"

	"touyan/store/field"
)

// Words of the room of figures.

const (
	titleFigures      = "指标"
	sayFigures        = "每个数都从台账算出来：回车看名单，选中看构成和走势。时点数和累计数分开算。"
	sayReadingFigures = "正在计算指标。"
	doOpenFigure      = "看名单"
	doOpenRest        = "看没有计入的"
	labelAsOf         = "截至"
	headFigureGroup   = "工作"
	headFigureName    = "指标"
	headFigureValue   = "数"
	headFigureWhole   = "计入 / 全部"
	headFigureGoal    = "目标"
	headFigureSort    = "口径"
	headFigureBasis   = "怎么算"
	headFigureParts   = "构成"
	headFigureTrend   = "各季度末"
	sayFlowSince      = "累计 · %d 年起"
	sayPickFigure     = "选中一个指标，这里看它的构成和走势。"
	sayNobodyThere    = "一条也没有。"
	sayNoTrend        = "以前的季度末还没有数。"
)

func sayRestOf(label string) string { return label + "没有计入的" }

// sayMonth is a day as the axis of a chart has room for it.
func sayMonth(d field.Date) string { return fmt.Sprintf("%02d.%02d", d.Year%100, d.Month) }
