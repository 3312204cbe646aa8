//go:build !windows

package page

import "os/exec"

// launch asks the desktop. xdg-open may last as long as the program it starts,
// so nobody waits for it; it ends soon, and with an error, if there is none.
func launch(path string, then func(error)) {
	c := exec.Command("xdg-open", path)
	if err := c.Start(); err != nil {
		then(err)
		return
	}
	go func() { then(c.Wait()) }()
}
