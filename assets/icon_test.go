package assets

import (
	"bytes"
	"image/png"
	"testing"
)

// Ensure that the icon is a square of the size desktops ask for.
func TestIcon(t *testing.T) {
	icon, err := png.DecodeConfig(bytes.NewReader(Icon))
	if err != nil {
		t.Fatal(err)
	}
	if icon.Width != 256 || icon.Height != 256 {
		t.Errorf("the icon has %d by %d pixels, want 256 by 256", icon.Width, icon.Height)
	}
}
