package page

import "fmt"

// What people read where two records are said to be one person, or two.

const (
	doSame     = "同一人…"
	doJoinMore = "还和另一条是同一个人"
	doPart     = "不是同一个人，分开"

	opJoin = "合并为同一人"
	opPart = "分开"

	sayJoin = "合并后只留一条，两条里的任职、后备都归到它名下；两边填得不一样的列入“待裁定”，哪边的都不会丢。可以撤销，也可以以后再分开。凭什么认定？"
	sayPart = "分开后各是各的，合并以前写在哪一条的还在哪一条；以后收到的簿也不会再自动合并。为什么？"
)

// joinReasons and partReasons are offered before one is typed.
var (
	joinReasons = [...]string{"公民身份号码、姓名、出生年月核对一致", "与本人核实", "与所在嘎查村核实"}
	partReasons = [...]string{"与本人核实是两个人", "公民身份号码有误，是两个人", "合并错了"}
)

func titleSame(name string) string { return name + "和哪一条是同一个人" }
func titlePart(name string) string { return "把" + name + "分开" }

func sayJoinedBefore(n int) string {
	return fmt.Sprintf("这一条是 %d 条记录合并成的。", n+1)
}

func sayJoined(name string) string { return name + "已合并为同一人。" }
func sayParted(name string) string { return name + "已分开。" }
