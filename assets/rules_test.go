package assets

import "testing"

// Ensure that every rule says what it is and where it comes from, once, and
// that the ten classes are ten: two the article names, the rest marked.
func TestRules(t *testing.T) {
	all, err := Rules()
	if err != nil {
		t.Fatal(err)
	}
	seen, count := map[string]bool{}, map[string]int{}
	for _, r := range all {
		if r.Group == "" || r.Code == "" || r.Label == "" || r.Source == "" {
			t.Errorf("rule %+v lacks its group, code, label or source", r)
		}
		if key := r.Group + "/" + r.Code; seen[key] {
			t.Errorf("rule %s stands twice", key)
		} else {
			seen[key] = true
		}
		count[r.Group]++
	}
	if count["conduct"] != 10 {
		t.Errorf("%d classes of 负面情形, want 10", count["conduct"])
	}
}
