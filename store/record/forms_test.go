package record

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"touyan/store/field"
)

// Ensure that every path of a form leads somewhere, that heads name one
// column, and that a column is a path or computed, not both.
func TestFormsResolve(t *testing.T) {
	ks := Kinds()
	names := map[string]bool{}
	for _, f := range allForms(ks) {
		if names[f.Name] || names[f.Title] {
			t.Errorf("form %s (%s) stands twice", f.Name, f.Title)
		}
		names[f.Name], names[f.Title] = true, true
		heads := map[string]bool{}
		for _, c := range f.Columns {
			var last *field.Field
			if c.Path != "" {
				var err error
				if _, _, last, err = ks.Resolve(f.Kind, c.Path); err != nil {
					t.Errorf("%s: %v", f.Name, err)
				}
			}
			if (c.Path == "") != (c.Compute != nil) {
				t.Errorf("%s: column %q %q is not exactly one of a path and computed", f.Name, c.Head, c.Path)
			}
			head := c.Over + c.Label(last)
			if head == "" || heads[head] {
				t.Errorf("%s: head %q is empty or stands twice", f.Name, head)
			}
			heads[head] = true
		}
		paths := append(slices.Clone(f.Sort), f.Group...)
		for _, c := range slices.Concat(f.Where, f.Having) {
			paths = append(paths, c.Path)
		}
		for _, p := range paths {
			if _, _, _, err := ks.Resolve(f.Kind, p); err != nil {
				t.Errorf("%s: %v", f.Name, err)
			}
		}
	}
}

func allForms(ks field.Kinds) []*field.Form {
	out := Forms()
	for _, k := range ks {
		out = append(out, field.Register(ks, k))
	}
	return out
}

// Ensure that the printed heads are those of the offices' master forms, in
// their order.
func TestMasterForms(t *testing.T) {
	for name, want := range map[string]string{
		"committee": "序号|旗县区|苏木乡镇|嘎查村|姓名|性别|民族|出生年月|年龄|身份证号|政治面貌|入党时间|全日制学历|在职学历|毕业院校及专业|职务|是否一肩挑|任现职时间|任职届数|是否连任|是否致富能手|是否退役军人|是否乡招村用|奖惩|电话|备注",
		"secretary": "序号|旗县区|苏木乡镇|嘎查村|姓名|性别|民族|出生年月|年龄|身份证号|政治面貌|入党时间|全日制学历|在职学历|毕业院校及专业|职务|是否一肩挑|任现职时间|任职届数|是否连任|是否致富能手|是否退役军人|是否乡招村用|奖惩|电话|任书记时间|备案号|备案时间|近三年考核等次|家庭年收入（元）|产业项目|备注",
		"reserve":   "序号|旗县区|苏木乡镇|嘎查村|姓名|性别|民族|出生年月|年龄|身份证号|政治面貌|入党时间|全日制学历|在职学历|毕业院校及专业|现工作单位及职务|人员来源|特长|入库时间|成熟度|培养方向|培养联系人及职务|培养措施|联系电话|备注",
	} {
		f := FormNamed(name)
		var heads []string
		for _, c := range f.Columns {
			var last *field.Field
			if c.Path != "" {
				_, _, last, _ = Kinds().Resolve(f.Kind, c.Path)
			}
			heads = append(heads, c.Over+c.Label(last))
		}
		if got := strings.Join(heads, "|"); got != want {
			t.Errorf("%s\n got %s\nwant %s", name, got, want)
		}
	}
}

// Ensure that a form is found by what people call it.
func TestFormNamed(t *testing.T) {
	for text, want := range map[string]string{
		"committee": "committee", "《嘎查村\"两委\"成员花名册》": "committee", "嘎查村“两委”成员花名册": "committee", "嘎查村两委成员花名册": "committee",
		"党组织书记花名册": "", "嘎查村党组织书记花名册": "secretary", "后备力量花名册": "reserve", "后备力量": "reserve", "人员": "person", "嘎查村": "village", "任职": "",
	} {
		got := ""
		if f := FormNamed(text); f != nil {
			got = f.Name
		}
		if got != want {
			t.Errorf("%q is form %q, want %q", text, got, want)
		}
	}
}

// row is a form's line for the computed columns.
type row struct {
	held  []string
	birth string
	asOf  field.Date
}

func (r row) Value(path string) string              { return map[string]string{"person.birth": r.birth}[path] }
func (r row) Each(path string) []string             { return r.held }
func (r row) Number() int                           { return 7 }
func (r row) Referring(_, _, _ string) []field.Line { return nil }
func (r row) AsOf() field.Date                      { return r.asOf }

// Ensure that the computed columns count the age to 计算年龄时间 and see 一肩挑
// only where one person is 书记 and 主任.
func TestComputedColumns(t *testing.T) {
	compute := map[string]func(field.Line) string{}
	for _, c := range FormNamed("committee").Columns {
		if c.Compute != nil {
			compute[c.Head] = c.Compute
		}
	}
	if got := compute["序号"](row{}); got != strconv.Itoa(7) {
		t.Errorf("序号 %s", got)
	}
	for _, c := range []struct {
		birth, asOf, want string
	}{
		{"1985-03", "2025-02", "39"}, {"1985-03", "2025-03-01", "40"}, {"1985", "2025-03-01", "40"},
		{"", "2025-03", ""}, {"1985-03", "", ""}, {"2030", "2025", ""}, {"坏", "2025", ""},
	} {
		if got := compute["年龄"](row{birth: c.birth, asOf: date(c.asOf)}); got != c.want {
			t.Errorf("age of %s at %s is %q, want %q", c.birth, c.asOf, got, c.want)
		}
	}
	for want, sets := range map[string][][]string{
		"是": {{Secretary, Head}, {Head, "43", Secretary}},
		"否": {{Secretary}, {Head}, {}, {ActingSecretary, Head}, {Secretary, DeputyHead}, {FirstSecretary, Head}},
	} {
		for _, held := range sets {
			if got := compute["是否一肩挑"](row{held: held}); got != want {
				t.Errorf("一肩挑 of %v is %s, want %s", held, got, want)
			}
		}
	}
}
