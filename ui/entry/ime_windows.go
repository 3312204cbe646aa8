package entry

import (
	"unsafe"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"golang.org/x/sys/windows"
)

// The input method manager of Windows (imm.h).
var (
	imm32                   = windows.NewLazySystemDLL("imm32.dll")
	immGetContext           = imm32.NewProc("ImmGetContext")
	immReleaseContext       = imm32.NewProc("ImmReleaseContext")
	immSetCompositionWindow = imm32.NewProc("ImmSetCompositionWindow")
	immSetCandidateWindow   = imm32.NewProc("ImmSetCandidateWindow")
)

const (
	stylePoint   = 0x0002 // CFS_POINT
	styleExclude = 0x0080 // CFS_EXCLUDE
)

type point struct{ x, y int32 }

type area struct{ left, top, right, bottom int32 }

// compositionForm is COMPOSITIONFORM: where the letters being composed stand.
type compositionForm struct {
	style uint32
	at    point
	area  area
}

// candidateForm is CANDIDATEFORM: where the list of characters to choose from
// stands, and what it must not cover.
type candidateForm struct {
	index uint32
	style uint32
	at    point
	area  area
}

// placeInputMethod puts both windows of the input method at the caret: some
// input methods look at the one, some at the other. Position and height are in
// the toolkit's units, which scale turns into those of the window.
func placeInputMethod(w fyne.Window, caret fyne.Position, height, scale float32) {
	native, ok := w.(driver.NativeWindow)
	if !ok || imm32.Load() != nil {
		return
	}
	at := point{int32(caret.X * scale), int32(caret.Y * scale)}
	below := at.y + int32(height*scale)
	native.RunNative(func(context any) {
		window, ok := context.(driver.WindowsWindowContext)
		if !ok || window.HWND == 0 {
			return
		}
		input, _, _ := immGetContext.Call(window.HWND)
		if input == 0 {
			return // the machine has no input method
		}
		defer immReleaseContext.Call(window.HWND, input)
		composition := compositionForm{style: stylePoint, at: at}
		immSetCompositionWindow.Call(input, uintptr(unsafe.Pointer(&composition)))
		candidates := candidateForm{style: styleExclude, at: point{at.x, below},
			area: area{at.x, at.y, at.x + 1, below}}
		immSetCandidateWindow.Call(input, uintptr(unsafe.Pointer(&candidates)))
	})
}
