package record

import (
	"reflect"
	"strings"
	"testing"
)

// Ensure that a 职务 cell is taken apart as an office means it.
func TestPositions(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{"无", nil},
		{"书记", []string{Secretary}},
		{"支书", []string{Secretary}},
		{"党总支书记", []string{Secretary}},
		{"嘎查党支部书记", []string{Secretary}},
		{"嘎查达", []string{Head}},
		{"村 长", []string{Head}},
		{"副嘎查达", []string{DeputyHead}},
		{"主任", []string{Head}},
		{"支部书记兼嘎查达", []string{Secretary, Head}},
		{"书记、主任", []string{Secretary, Head}},
		{"书记主任", []string{Secretary, Head}},
		{"主任，书记", []string{Secretary, Head}},
		{"党支部书记兼村委会主任", []string{Secretary, Head}},
		{"党支部书记\n村委会主任", []string{Secretary, Head}},
		{"党支部书记（兼村主任）", []string{Secretary, Head}},
		{"书记（一肩挑）", []string{Secretary, Head}},
		{"一肩挑", []string{Secretary, Head}},
		{"支部书记主任一肩挑", []string{Secretary, Head}},
		{"党支部书记、村委会主任、股份经济合作社理事长", []string{Secretary, Head, "41"}},
		{"前进嘎查党支部书记、嘎查达", []string{Secretary, Head}},
		{"前进村村委会主任", []string{Head}},
		{"前进村党支部书记、前进村委会主任", []string{Secretary, Head}},
		{"和平村支部书记", []string{Secretary}},
		{"副书记、委员", []string{DeputySecretary, VillageCommitteeMember}},
		{"主任兼委员", []string{PartyCommitteeMember, Head}},
		{"委员", []string{TeamMember}},
		{"两委委员", []string{TeamMember}},
		{"支委、村委", []string{PartyCommitteeMember, VillageCommitteeMember}},
		{"支部委员兼妇联主席", []string{PartyCommitteeMember, "44"}},
		{"村监委主任", []string{"31"}},
		{"村务监督委员会主任", []string{"31"}},
		{"监委会委员", []string{"33"}},
		{"主持工作的副书记", []string{DeputySecretary, ActingSecretary}},
		{"驻村第一书记", []string{FirstSecretary}},
		{"第一书记兼工作队长", []string{FirstSecretary, "52"}},
		{"报账员", []string{"43"}},
		{"会计（报账员）", []string{"43"}},
		{"团支部书记", []string{"45"}},
		{"书记、书记", []string{Secretary}},
	} {
		got, p := Positions(c.text)
		if p != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: %v %v, want %v", c.text, got, p, c.want)
		}
	}
}

// Ensure that what is not known whole is refused with a sentence that names
// the rest, and gives no half answer.
func TestPositionsRefuse(t *testing.T) {
	for text, rest := range map[string]string{
		"原党支部书记":  "原党支部书记",
		"拟任书记":    "拟任书记",
		"书记、放羊":   "放羊",
		"书记候选人":   "候选人",
		"代理嘎查达":   "代理嘎查达",
		"协助村主任":   "协助村主任",
		"?":       "?",
		"xx村放羊书记": "xx村放羊书记",
	} {
		got, p := Positions(text)
		if p == nil || got != nil || !strings.Contains(p.Message, "“"+rest+"”") {
			t.Errorf("%q: got %v, %v; want a refusal that names %q", text, got, p, rest)
		}
	}
}

// Ensure that every word and synonym of the list is read as itself.
func TestPositionsKnowTheirOwnList(t *testing.T) {
	for _, it := range positions.Items {
		for _, w := range append([]string{it.Word}, it.Synonyms...) {
			got, p := Positions(w)
			if p != nil || len(got) != 1 || got[0] != it.Code {
				t.Errorf("%q of %s: %v %v", w, it.Word, got, p)
			}
		}
	}
}

// Ensure that every position belongs to a body, and that 第一书记 and 驻村工作队
// are not of the 两委.
func TestBody(t *testing.T) {
	for _, it := range positions.Items {
		if Body(it.Code) == NoOrgan {
			t.Errorf("%s %s belongs to no body", it.Code, it.Word)
		}
	}
	for code, want := range map[string]Organ{Secretary: Party, Head: Committee, "31": Supervision, "43": Other, FirstSecretary: Outside, TeamMember: Team, "": NoOrgan, "1": NoOrgan} {
		if got := Body(code); got != want {
			t.Errorf("Body(%q) = %d, want %d", code, got, want)
		}
	}
	if InTeam(FirstSecretary) || InTeam("53") || InTeam("31") || !InTeam(Secretary) || !InTeam(Head) || !InTeam(TeamMember) {
		t.Error("the 两委 are the party organisation and the village committee")
	}
	for code, want := range map[string]string{Secretary: "1", Head: "2", "31": "5", "41": "6", "44": "7", FirstSecretary: "4", ActingSecretary: "9", "43": "", TeamMember: ""} {
		if got := Statutory(code); got != want {
			t.Errorf("Statutory(%q) = %q, want %q", code, got, want)
		}
	}
}

// Ensure that any text gives known codes or a problem, never both.
func FuzzPositions(f *testing.F) {
	for _, s := range []string{"支部书记兼嘎查达", "前进村党支部书记", "委员", "、", "原书记", "\x00", "村村村"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		codes, p := Positions(s)
		if p != nil && codes != nil {
			t.Fatalf("%q: both %v and %v", s, codes, p)
		}
		for _, c := range codes {
			if !positions.Has(c) {
				t.Fatalf("%q: unknown code %s", s, c)
			}
		}
	})
}
