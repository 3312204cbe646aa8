package ui

import (
	"slices"
	"strings"
	"testing"

	"touyan/ui/grid"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
)

// imported takes in a roster that gives one person another phone and brings
// one that is new.
func imported(t testing.TB) (s *station, before []string) {
	s = openFew(t)
	before = s.everything()
	s.drop(sheetOf(t, `嘎查村“两委”成员花名册
序号|嘎查村|姓名|性别|出生年月|政治面貌|职务|任现职时间|联系电话
1|前进嘎查|白音巴图|男|1978.03|中共党员|党支部书记|2024.03|15400002222
2|前进嘎查|李秀云|女|1985.10|群众|村委会委员|2021.01|13800002222
`))
	s.press("接受")
	s.mustSay("已写入")
	return s, before
}

// Ensure that a batch opens by Enter to the records it made and the cells it
// changed, with what stood there before, masked, and that a record opens from
// there.
func TestBatchOpensToItsRecords(t *testing.T) {
	s, _ := imported(t)
	b := s.enter(page.RoomBatches).(*page.Batches)
	s.mustSay("花名册.xlsx", "导入", tester.Name)
	b.Grid.Select(b.Rows()[0])
	b.Grid.Focus()
	s.hit(fyne.KeyReturn)
	s.mustSay("批次 B", "新增 2", "李秀云", "整条记录", "联系电话", "154••••0001", "154••••2222")
	if s.says("15400002222") {
		t.Error("a phone is told in full")
	}
	s.chinese("batch")
	page0 := s.shell.Page().(*page.Batch)
	page0.Find("李秀云")
	page0.Grid.Select(page0.Grid.Shown()[0])
	page0.Grid.Focus()
	s.hit(fyne.KeyReturn)
	if _, still := s.shell.Page().(*page.Batch); still {
		t.Error("the record does not open")
	}
}

// Ensure that before a batch is taken back it is shown what goes and what comes
// back, that declining leaves all as it is, and that accepting restores the
// ledger; the batch is then marked and cannot be taken back again.
func TestUndoShowsWhatGoesBack(t *testing.T) {
	s, before := imported(t)
	b := s.enter(page.RoomBatches).(*page.Batches)
	b.Grid.Select(b.Rows()[0])
	after := s.everything()
	s.press("撤销这一批")
	s.mustSay("新增的 2 条从台账里去掉", "恢复原值", "李秀云", "由这一批新增", "154••••2222", "154••••0001")
	s.chinese("undo")
	s.hit(fyne.KeyEscape)
	if !slices.Equal(s.everything(), after) {
		t.Fatal("declining changed the ledger")
	}
	s.press("撤销这一批")
	s.press("撤销“花名册.xlsx”")
	if !slices.Equal(s.everything(), before) {
		t.Errorf("undo did not restore the ledger: %s", strings.Join(s.everything(), "\n"))
	}
	s.mustSay("已撤销")
	b.Grid.Select(b.Rows()[0])
	if b.Buttons().Press("撤销这一批") {
		t.Error("a batch can be undone twice")
	}
	s.press("看这一批")
	s.mustSay("（已去掉）")
	for _, text := range s.texts() {
		if text == "更新" || text == "新增" {
			t.Errorf("a change taken back is still told as %s", text)
		}
	}
}

// Ensure that a report in the list tells what it took along, and can be taken
// back so that it counts no more.
func TestReportInTheList(t *testing.T) {
	s := openFew(t)
	atDesk(t)
	s.enter(page.RoomSend)
	s.press("写出")
	b := s.enter(page.RoomBatches).(*page.Batches)
	s.mustSay("2026年第一季", "上报")
	b.Grid.Select(b.Rows()[0])
	s.press("看这一批")
	s.mustSay("内容：全部台账", "报送期：2026年第一季度", "写出。")
	s.press("撤销这次上报")
	s.mustSay("不再算报过")
	s.press("撤销“")
	s.mustSay("已撤销")
	s.enter(page.RoomSend)
	s.mustSay("还没有给")
}

// Ensure that the records of a batch hide what is personal on a wall.
func TestBatchOnAWall(t *testing.T) {
	s, _ := imported(t)
	b := s.enter(page.RoomBatches).(*page.Batches)
	b.Grid.Select(b.Rows()[0])
	s.press("看这一批")
	s.function(page.KeyWall)
	s.mustSay("李秀云", "联系电话")
	if s.says("154") || s.says("1978") {
		t.Error("something personal can be read")
	}
}

// Ensure that the list tells how many batches there are and narrows to what
// came or went by a view.
func TestBatchesHaveViews(t *testing.T) {
	s, _ := imported(t)
	atDesk(t)
	s.enter(page.RoomSend)
	s.press("写出")
	b := s.enter(page.RoomBatches).(*page.Batches)
	s.mustSay("2 批")
	for _, v := range []struct {
		column string
		values []string
		want   int
	}{{"op", []string{"导入", "合并"}, 1}, {"op", []string{"上报", "下发"}, 1}, {"state", []string{"已撤销"}, 0}} {
		b.Grid.SetFilters([]grid.Filter{{Column: v.column, Values: v.values}})
		if got := len(b.Grid.Shown()); got != v.want {
			t.Errorf("%v shows %d", v.values, got)
		}
	}
	s.mustSay("已筛选 0")
}

// Ensure that a return that brought nothing but a conflict says so where it is
// taken back, and that the conflict is gone then.
func TestUndoOfAConflict(t *testing.T) {
	s, _ := conflicted(t)
	b := s.enter(page.RoomBatches).(*page.Batches)
	b.Grid.Select(b.Rows()[0])
	s.press("撤销这一批")
	s.mustSay("引起的 1 处冲突取消", "不变，冲突取消", "联系电话")
	s.press("撤销“")
	s.enter(page.RoomConflicts)
	s.mustSay("没有待裁定的栏目")
}
