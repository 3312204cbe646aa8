package record

import (
	"testing"
)

// Ensure that no spelling of a list is claimed by two items: the second would
// silently be read as the first.
func TestSpellingsHaveOneOwner(t *testing.T) {
	for _, l := range CodeLists() {
		codes := map[string]bool{}
		for _, it := range l.Items {
			if codes[it.Code] {
				t.Errorf("%s: code %s stands twice", l.Name, it.Code)
			}
			codes[it.Code] = true
			for _, s := range append([]string{it.Word, it.Code}, it.Synonyms...) {
				if got, ok := l.Find(s); !ok || got != it.Code {
					t.Errorf("%s: %q of %s (%s) is read as %s (%s)", l.Name, s, it.Code, it.Word, got, l.Word(got))
				}
			}
		}
	}
}

// Ensure that the lists that fields draw on are all of the lists there are.
func TestListsAreUsed(t *testing.T) {
	used := map[string]bool{}
	for _, k := range Kinds() {
		for _, f := range k.Fields {
			if f.Codes != nil {
				used[f.Codes.Name] = true
			}
		}
	}
	for _, l := range CodeLists() {
		if !used[l.Name] {
			t.Errorf("list %s (%s) is used by no field", l.Name, l.Label)
		}
	}
}

// Ensure that the words offices write are understood.
func TestOfficeWords(t *testing.T) {
	for _, c := range []struct{ list, text, want string }{
		{"ethnic", "蒙", "蒙古族"}, {"ethnic", "蒙古", "蒙古族"}, {"ethnic", "蒙古族", "蒙古族"}, {"ethnic", " 汉 ", "汉族"},
		{"ethnic", "达斡尔", "达斡尔族"}, {"ethnic", "02", "蒙古族"}, {"ethnic", "基诺", "基诺族"},
		{"education", "大专", "大学专科"}, {"education", "专科", "大学专科"}, {"education", "大学", "大学本科"},
		{"education", "本科", "大学本科"}, {"education", "高职", "大学专科"}, {"education", "初级中学", "初中"},
		{"education", "在职研究生", "研究生"}, {"education", "中师", "中专"},
		{"politics", "党员", "中共党员"}, {"politics", "中共党员（预备）", "中共预备党员"}, {"politics", "团员", "共青团员"}, {"politics", "群众", "群众"},
		{"sex", "男性", "男"}, {"level", "township", "苏木乡镇"}, {"villagetype", "行政村", "村"},
		{"source", "回引", "引凤还巢"}, {"filing", "已备案", "同意备案"}, {"leaving", "病故", "去世"},
	} {
		l := tables[c.list]
		code, ok := l.Find(c.text)
		if !ok || l.Word(code) != c.want {
			t.Errorf("%s: %q is read as %q, want %q", c.list, c.text, l.Word(code), c.want)
		}
	}
}
