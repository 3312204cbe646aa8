package lrmx

import (
	"flag"

	"touyan/store/field"
)

var update = flag.Bool("update", false, "write the golden file")

// aJPEG and aPNG are the first bytes of pictures: nothing here looks further.
var (
	aJPEG = []byte("\xFF\xD8\xFF\xE0\x00\x10JFIF\x00")
	aPNG  = []byte("\x89PNG\r\n\x1A\n\x00\x00\x00\rIHDR")
)

const resume = `1998.07--2001.05  甲旗白音苏木查干嘎查团支部书记
2001.05--2006.08  甲旗白音苏木查干嘎查党支部委员
                  （其间：2003.03--2005.07 某广播电视大学函授大专畜
                  牧专业学习）
2006.08--2021.01  甲旗白音苏木查干嘎查嘎查达
2021.01--         甲旗白音苏木查干嘎查党支部书记、嘎查达`

// invented is the form of somebody who does not exist.
func invented() *Form {
	return &Form{
		Name: "白音巴图", Sex: "男", Birth: on(1979, 3), Ethnic: "蒙古族", Native: "内蒙古甲旗", Birthplace: "内蒙古甲旗",
		Joined: on(2000, 7), Started: on(1998, 7), Health: "健康", Skill: "牲畜改良、草场管护",
		FullTime:  Education{Level: "高中", LevelSchool: "甲旗第一中学"},
		InService: Education{Level: "大专", LevelSchool: "某广播电视大学畜牧专业"},
		Post:      "甲旗白音苏木查干嘎查党支部书记、嘎查达", Proposed: "甲旗白音苏木查干嘎查党支部书记",
		Resume: resume, Honours: "2019年获旗级“优秀党务工作者”", Appraisals: "2023年称职；2024年优秀；2025年称职", Reason: "换届",
		Family: []Relative{
			{Kinship: "妻子", Name: "其木格", Birth: on(1981, 11), Politics: "群众", Post: "查干嘎查牧民"},
			{Kinship: "儿子", Name: "阿古拉", Birth: Date{Value: field.Date{Year: 2004, Month: 10, Day: 24}, Raw: "2004.10.24"}, Politics: "共青团员", Post: "某学院学生"},
			{Kinship: "父亲", Name: "朝鲁", Birth: Date{Raw: "不详"}, Politics: "群众", Post: "已故"},
		},
		Office: "白音苏木党委", AgeOn: on(2026, 3), Filled: Date{Value: field.Date{Year: 2026, Month: 3, Day: 5}}, FilledBy: "乌兰",
		IDNo: "159999197903070012", Photo: aJPEG, Version: CurrentVersion,
		Attrs:    Attrs{"Person": {{"xmlns:x", "urn:example"}}, "ZhaoPian": {{"x:kind", "jpg"}}},
		Rest:     []Element{{Name: "x:Note", Attrs: []Attr{{"by", "县<里>"}}, Inner: "<b>原</b>样 &amp; 保留"}},
		Warnings: []string{"家庭成员第 3 行的“出生日期”写的是“不详”，不是日期，已原样保留，请核对。"},
	}
}

func on(year, month int) Date { return Date{Value: field.Date{Year: year, Month: month}} }
