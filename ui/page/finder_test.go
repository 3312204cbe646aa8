package page

import (
	"fmt"
	"testing"

	"touyan/store/field"
	"touyan/store/record"
	"touyan/ui/find"
)

// crowd is a finder's knowledge of so many people.
func crowd(n int) (*find.Reader, *known) {
	kinds := record.Kinds()
	k := newKnown(kinds.Kind("person"), "name", "former", "idno", "phone")
	r := find.NewReader()
	surnames, given := []rune("白宝陈达额冯高胡吉李孟那欧彭其任苏特乌杨赵"), []rune("音巴图格日勒其木海青山兰花玉英明文军伟芳秀丽敏静杰勇")
	for i := range n {
		row := field.Row{ID: fmt.Sprintf("%026d", i), Values: make([]string, len(k.kind.Fields))}
		set := func(name, value string) { row.Values[k.kind.Index(name)] = value }
		set("name", string([]rune{surnames[i%len(surnames)], given[i/3%len(given)], given[i/89%len(given)], given[i/2311%len(given)]}))
		set("idno", fmt.Sprintf("150426%08d%04d", 19600101+i%400_000, i%10_000))
		set("phone", fmt.Sprintf("154%08d", i*37%100_000_000))
		k.put(r, row)
	}
	return r, k
}

// Ensure that the best answers come first, that all are counted, and that a
// record changed or gone is found as it is now.
func TestKnownFindsTheBestFirst(t *testing.T) {
	r, k := crowd(0)
	put := func(id, name, phone string) {
		row := field.Row{ID: id, Values: make([]string, len(k.kind.Fields))}
		row.Values[k.kind.Index("name")], row.Values[k.kind.Index("phone")] = name, phone
		k.put(r, row)
	}
	first := func(typed string) (name string, all int) {
		best, all := k.find(r, find.Parse(typed), false)
		if len(best) > 0 {
			name = k.all[best[0].at].name
		}
		return name, all
	}
	for i := range 20 {
		put(fmt.Sprint("x", i), "乌白音图", "15400000000")
	}
	put("a", "白音巴图", "15400001111")
	put("b", "白音", "15400002222")
	for typed, want := range map[string]string{"白音": "白音", "baiyinbatu": "白音巴图", "bybt": "白音巴图", "2222": "白音", "by 1111": "白音巴图"} {
		if got, _ := first(typed); got != want {
			t.Errorf("%s finds %s first, want %s", typed, got, want)
		}
	}
	if _, all := first("白音"); all != 22 {
		t.Errorf("counts %d, want 22", all)
	}
	put("b", "李秀英", "15400002222")
	if got, _ := first("2222"); got != "李秀英" {
		t.Errorf("after the change finds %s", got)
	}
	k.drop("a")
	k.drop("a")
	if got, all := first("1111"); all != 0 {
		t.Errorf("finds %s, who is gone", got)
	}
	if got, _ := first("lxy"); got != "李秀英" {
		t.Errorf("after one was dropped finds %s", got)
	}
}

// BenchmarkFind is one keystroke in the find box of the window, on the UI
// thread, among 20,000 and 200,000 people; a frame is 16 ms.
func BenchmarkFind(b *testing.B) {
	for _, n := range []int{20_000, 200_000} {
		r, k := crowd(n)
		for _, typed := range []string{"b", "by", "白音", "baiyinb", "0426", "15400371234", "没有"} {
			b.Run(fmt.Sprint(n, "/", typed), func(b *testing.B) {
				for b.Loop() {
					k.find(r, find.Parse(typed), false)
				}
			})
		}
	}
}
