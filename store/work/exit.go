package work

import (
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
)

// Route is one lawful way in which a post may end: who decides, by how many, and
// which papers prove it.
type Route struct {
	Reason string // 离任原因
	Title  string
	Basis  string
	Needs  []string // thresholds, as sentences
	Papers []string
}

// Routes are the ways in which a post may end against or with the will of who
// holds it, by its 岗位法定类型. A township's committee cannot 免职 who villagers
// elected: such a route is not among them.
func Routes(tx *store.Tx, p *record.Post) []Route {
	pack, err := rule.Of(tx, field.DateAt(tx.Now()))
	if err != nil {
		return nil
	}
	routes := partyRoutes()
	switch p.Statutory {
	case record.ElectedPost:
		routes = electedRoutes(pack)
	case "5":
		routes = supervisionRoutes()
	case "3":
		routes = hiredRoutes()
	case "4", "8":
		routes = sentRoutes()
	}
	lawful := Reasons(tx, p)
	return slices.DeleteFunc(routes, func(r Route) bool { return !slices.Contains(lawful, r.Reason) })
}

var resignation = Route{Reason: "2", Title: "本人辞职", Basis: "《中国共产党农村基层组织工作条例》；《村民委员会组织法》", Papers: []string{"本人书面辞职申请", "接受辞职的会议记录或者公告"}}

func partyRoutes() []Route {
	return []Route{
		resignation,
		{Reason: "3", Title: "劝辞", Basis: "《中国共产党农村基层组织工作条例》（2018）", Needs: []string{"苏木乡镇党委会议研究决定"}, Papers: []string{"党委会议记录", "谈话记录", "本人辞职申请"}},
		{Reason: "4", Title: "责令辞职", Basis: "《中国共产党农村基层组织工作条例》（2018）", Needs: []string{"苏木乡镇党委会议研究决定，书记并报旗县区委组织部备案"}, Papers: []string{"党委会议记录", "责令辞职通知书", "送达记录"}},
		{Reason: record.Dismissed, Title: "免职", Basis: "《中国共产党基层组织选举工作条例》；干部管理权限", Needs: []string{"苏木乡镇党委会议研究决定，书记并报旗县区委组织部备案"}, Papers: []string{"党委会议记录", "免职文件", "县级备案意见"}},
	}
}

// electedRoutes are those of 村委会 members (村组法 第十一、十六、十八、三十三条).
func electedRoutes(pack *rule.Pack) []Route {
	value := func(code string) string {
		r, _ := pack.Rule(record.LimitRules, code)
		return r.Value
	}
	return []Route{
		resignation,
		{Reason: "3", Title: "劝其自愿辞职", Basis: "《村民委员会组织法》", Needs: []string{"劝辞以后由本人书面提出，村民会议或者村民代表会议接受"}, Papers: []string{"谈话记录", "本人书面辞职申请", "接受辞职的会议记录"}},
		{Reason: "6", Title: "依法罢免", Basis: "《村民委员会组织法》第十六条", Needs: []string{
			"提出：" + value(rule.ProposeVoters) + "有选举权的村民，或者" + value(rule.ProposeDelegates) + "的村民代表联名，写明理由",
			"被提出罢免的人有权提出申辩意见",
			"表决：" + strings.TrimSuffix(value(rule.RecallVote), "。") + "，且有登记参加选举的村民过半数投票"},
			Papers: []string{"罢免要求（联名签字）", "罢免理由书", "本人申辩意见", "村民会议签到册", "表决票和计票结果", "罢免结果公告"}},
		{Reason: "7", Title: "职务自行终止", Basis: "《村民委员会组织法》第十八条、第三十三条", Needs: []string{"丧失行为能力或者被判处刑罚；或者连续两次民主评议不称职"}, Papers: []string{"判决书、鉴定书或者两次民主评议结果", "职务自行终止公告"}},
	}
}

func supervisionRoutes() []Route {
	return []Route{
		resignation,
		{Reason: "3", Title: "劝其自愿辞职", Basis: "《村民委员会组织法》第三十二条", Needs: []string{"由村民会议或者村民代表会议接受"}, Papers: []string{"谈话记录", "本人书面辞职申请", "会议记录"}},
		{Reason: record.Dismissed, Title: "由推选机构终止职务", Basis: "《村民委员会组织法》第三十二条", Needs: []string{"原推选的村民会议或者村民代表会议过半数同意"}, Papers: []string{"会议记录", "表决结果", "公告"}},
	}
}

func hiredRoutes() []Route {
	return []Route{
		resignation,
		{Reason: record.Dismissed, Title: "解聘", Basis: "聘用合同", Needs: []string{"聘用单位研究决定，按合同约定通知本人"}, Papers: []string{"研究记录", "解聘通知书"}},
		{Reason: "16", Title: "聘期届满", Basis: "聘用合同", Papers: []string{"聘用合同", "期满考核表"}},
	}
}

func sentRoutes() []Route {
	return []Route{
		{Reason: "9", Title: "由派出单位调回", Basis: "选派文件", Needs: []string{"派出单位和旗县区委组织部同意"}, Papers: []string{"调回文件"}},
		{Reason: record.Dismissed, Title: "免职", Basis: "干部管理权限", Needs: []string{"任免机关会议研究决定"}, Papers: []string{"会议记录", "免职文件"}},
		{Reason: "16", Title: "期满返回", Basis: "选派文件", Papers: []string{"期满考核表", "返回通知"}},
		resignation,
	}
}
