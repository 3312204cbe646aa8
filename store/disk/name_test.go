package disk

import "testing"

// Ensure that a title becomes the name of one file on any system.
func TestFileName(t *testing.T) {
	for title, want := range map[string]string{"毕业证书": "毕业证书", `a/b\c:d*e?f"g<h>i|j`: "a_b_c_d_e_f_g_h_i_j", "上\n下": "上_下", "..": ".."} {
		if got := FileName(title); got != want {
			t.Errorf("%q becomes %q, want %q", title, got, want)
		}
	}
}
