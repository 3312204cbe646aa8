package record

import (
	"slices"
	"strings"

	"touyan/store/field"
)

// Codes of 职务. The first digit names the body a position belongs to.
const (
	Secretary              = "11" // 党组织书记
	DeputySecretary        = "12" // 党组织副书记
	PartyCommitteeMember   = "13" // 党组织委员
	ActingSecretary        = "14" // 主持党组织工作: does not end a vacancy
	Head                   = "21" // 村委会主任、嘎查达
	DeputyHead             = "22"
	VillageCommitteeMember = "23" // 村委会委员
	ActingHead             = "24"
	Overseer               = "31" // 村监委主任
	TeamMember             = "61" // 两委委员, of which committee is not said
	FirstSecretary         = "51" // 第一书记
)

// Organ is the body a position belongs to.
type Organ int

// The bodies of a village. Outside are 第一书记 and 驻村工作队: they are sent,
// and count in no 应配, 一肩挑 or 轮训.
const (
	NoOrgan     Organ = iota
	Party             // 党组织
	Committee         // 村委会、嘎查委员会
	Supervision       // 村务监督委员会
	Other             // 集体经济组织、群团、会计
	Outside           // 驻村
	Team              // 两委 without saying which
)

// Body returns the body a position belongs to, NoOrgan for an unknown code.
func Body(position string) Organ {
	if !positions.Has(position) {
		return NoOrgan
	}
	return map[byte]Organ{'1': Party, '2': Committee, '3': Supervision, '4': Other, '5': Outside, '6': Team}[position[0]]
}

// InTeam reports whether a position is one of the 两委.
func InTeam(position string) bool {
	b := Body(position)
	return b == Party || b == Committee || b == Team
}

// TeamPositions are the codes of all positions of the 两委, in order.
func TeamPositions() []string {
	var out []string
	for _, it := range positions.Items {
		if InTeam(it.Code) {
			out = append(out, it.Code)
		}
	}
	return out
}

// Codes of 岗位法定类型 that the rules name.
const (
	partyPost   = "1"
	ElectedPost = "2"
	actingPost  = "9"
)

// Statutory returns the lawful type a position usually has; empty where the
// position does not tell (会计, 两委委员).
func Statutory(position string) string {
	switch position {
	case ActingSecretary, ActingHead:
		return actingPost
	case "41", "42":
		return "6" // 集体经济组织选举
	case "44", "45", "46":
		return "7" // 群团
	}
	switch Body(position) {
	case Party:
		return partyPost
	case Committee:
		return ElectedPost
	case Supervision:
		return "5" // 村监委推选
	case Outside:
		return "4" // 选派
	}
	return ""
}

// soleHolder is what offices add where one person is 书记 and 主任.
const soleHolder = "一肩挑"

// Positions takes a 职务 cell apart: 支部书记兼嘎查达 is two positions. It takes
// the longest word it knows, then the rest; a village's name before a title is
// passed over; an unknown rest is a problem and gives no positions, for half a
// cell would be a wrong record.
//
// A bare 委员 behind a title of one committee means the other one (副书记、委员
// is 党组织副书记 and 村委会委员: the deputy sits in the party committee anyhow).
//
// Spaces part titles; where that gives no sense they are the idle ones of
// 村  长.
func Positions(text string) ([]string, *field.Problem) {
	tidy := field.Tidy(text)
	if tidy == "无" {
		return nil, nil
	}
	codes, p := splitTitles(text, tidy)
	if p != nil && strings.Contains(tidy, " ") {
		if joined, q := splitTitles(text, strings.ReplaceAll(tidy, " ", "")); q == nil {
			return joined, nil
		}
	}
	return codes, p
}

func splitTitles(text, tidy string) ([]string, *field.Problem) {
	rest := strings.Map(positionRune, tidy)
	var out []string
	add := func(codes ...string) {
		for _, c := range codes {
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	for rest != "" {
		if after, ok := cutConnective(rest); ok {
			rest = after
			continue
		}
		if after, ok := strings.CutPrefix(rest, soleHolder); ok {
			add(Secretary, Head)
			rest = after
			continue
		}
		code, word := longestTitle(rest)
		if word == "" {
			return nil, unknownTitle(text, rest)
		}
		rest = rest[len(word):]
		if word == "委员" && len(out) > 0 {
			code = otherCommittee(out)
		}
		add(code)
	}
	slices.Sort(out)
	return out, nil
}

// positionRune folds what stands between titles to one sign, and drops the
// marks within them.
func positionRune(r rune) rune {
	switch r {
	case '、', '，', ',', '；', ';', '/', '+', '＋', '&', '(', ')', '（', '）', '\\', '|', '。':
		return ' '
	case '“', '”', '"', '「', '」', '·', '-', '—':
		return -1
	}
	return r
}

func cutConnective(s string) (string, bool) {
	for _, c := range []string{" ", "兼任", "兼", "及", "和", "并", "的"} {
		if after, ok := strings.CutPrefix(s, c); ok {
			return after, true
		}
	}
	return s, false
}

// longestTitle finds the longest known title s begins with, after a village's
// name if need be, and returns its code and what it took of s.
func longestTitle(s string) (code, taken string) {
	if code, n := titleAt(s); n > 0 {
		return code, s[:n]
	}
	for _, not := range notPlaces {
		if strings.HasPrefix(s, not) {
			return "", ""
		}
	}
	for _, place := range []string{"嘎查", "村", "社区", "分场"} {
		i := strings.Index(s, place)
		if i <= 0 || strings.Contains(s[:i], " ") {
			continue
		}
		for _, from := range []int{i, i + len(place)} { // 村委会… after the bare name, or 村 then 党支部…
			if code, n := titleAt(s[from:]); n > 0 {
				return code, s[:from+n]
			}
		}
	}
	return "", ""
}

// notPlaces begin words before a title that change what it says, where a
// village's name would leave it as it is.
var notPlaces = []string{"原", "前任", "曾", "拟", "离", "免", "代", "副", "待", "协助", "分管", "负责", "主管", "担任", "候", "不", "非", "全"}

func titleAt(s string) (code string, n int) {
	end := min(len(s), longestWord)
	for n = end; n > 0; n-- {
		if code, ok := titles[s[:n]]; ok {
			return code, n
		}
	}
	return "", 0
}

// otherCommittee is where a bare 委员 sits, given the titles before it.
func otherCommittee(before []string) string {
	var party, committee bool
	for _, c := range before {
		party = party || Body(c) == Party
		committee = committee || Body(c) == Committee
	}
	switch {
	case party && !committee:
		return VillageCommitteeMember
	case committee && !party:
		return PartyCommitteeMember
	}
	return TeamMember
}

func unknownTitle(text, rest string) *field.Problem {
	return &field.Problem{Field: "position", Message: "职务“" + text + "”里的“" + strings.TrimSpace(rest) + "”不认识，请改成“党组织书记”“村委会主任”“党组织委员”这样的写法，兼任的用“、”分开。"}
}

// titles are the words and synonyms of 职务 as Positions sees them.
var titles, longestWord = loadTitles()

func loadTitles() (map[string]string, int) {
	all, longest := map[string]string{}, 0
	for _, it := range positions.Items {
		for _, w := range append([]string{it.Word}, it.Synonyms...) {
			w = strings.ReplaceAll(strings.Map(positionRune, w), " ", "")
			if _, taken := all[w]; !taken {
				all[w] = it.Code
			}
			longest = max(longest, len(w))
		}
	}
	return all, longest
}
