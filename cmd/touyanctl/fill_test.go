package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"touyan/store/sheet/byhand"
)

// Ensure that a county's blank is filled by the command, that what no column
// fills is told, and that what may not be is refused as a wrong call.
func TestFillsABlank(t *testing.T) {
	dir := t.TempDir()
	ledger := newLedger(t, dir)
	wantCall(t, "import", write(t, filepath.Join(dir, "好.xlsx"), "", goodLines...), "--ledger", ledger)
	blank, out := filepath.Join(dir, "空表.xlsx"), filepath.Join(dir, "已填.xlsx")
	text := "两委成员统计表\n序号|嘎查村|姓名|身份证号|职务|县里另记\n1\n2\n3\n4\n合计"
	if err := byhand.Write(blank, "", byhand.Sheet{Name: "表一", Text: text}); err != nil {
		t.Fatal(err)
	}
	code, answer, said := call(t, "fill", "--blank", blank, "--form", "committee", "--out", out, "--ledger", ledger, "--json")
	if code != exitDone || !strings.Contains(answer, `"rows": 2`) || !strings.Contains(said, "这一列没有对应的栏目，没有填：县里另记") {
		t.Errorf("exit %d: %s %s", code, answer, said)
	}
	wantCall(t, "import", out, "--ledger", ledger, "--dry-run")
	for _, args := range [][]string{
		{"fill", "--form", "committee", "--out", out}, {"fill", "--blank", blank, "--out", out}, {"fill", "--blank", blank, "--form", "没有", "--out", out},
		{"fill", "--blank", blank, "--form", "committee", "--out", blank}, {"fill", "--blank", blank, "--form", "committee"},
	} {
		if code, _, said := call(t, append(args, "--ledger", ledger)...); code != exitUsage {
			t.Errorf("%v exits %d: %s", args, code, said)
		}
	}
	if b, err := os.ReadFile(blank); err != nil || len(b) == 0 {
		t.Errorf("the blank is gone: %v", err)
	}
}
