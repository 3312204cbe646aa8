package work

import "testing"

// Ensure that the 届 after one is told as the office writes it.
func TestNextTerm(t *testing.T) {
	for term, want := range map[string]string{
		"第十一届": "第十二届", "第十届": "第十一届", "第九届": "第十届", "第十九届": "第二十届", "第二十届": "第二十一届", "第九十八届": "第九十九届",
		"第11届": "第12届", "十一届": "十二届", "第十一届村委会": "第十二届村委会", "": "", "2021年换届": "", "第十十届": "", "第一一届": "", "第九十九届": "",
	} {
		if got := nextTerm(term); got != want {
			t.Errorf("%s: %q, want %q", term, got, want)
		}
	}
}
