package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// screenSize is that of the largest window of the tour. Most stops show a
// window as large as the laptops of the offices, in its upper left corner.
const screenSize = "1920x1080x24"

// A display is a virtual X screen of our own.
type display struct {
	server *exec.Cmd
	name   string // as in DISPLAY, for instance ":3"
}

// startDisplay starts Xvfb on a free number. Call stop when done with it.
func startDisplay(ctx context.Context) (*display, error) {
	number, report, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer number.Close()
	var complaint bytes.Buffer
	server := exec.CommandContext(ctx, "Xvfb", "-displayfd", "3", "-screen", "0", screenSize, "-nolisten", "tcp", "-noreset")
	server.ExtraFiles = []*os.File{report} // becomes descriptor 3
	server.Stderr = &complaint
	server.Cancel = func() error { return server.Process.Signal(os.Interrupt) }
	server.WaitDelay = 5 * time.Second
	err = server.Start()
	report.Close()
	if err != nil {
		return nil, fmt.Errorf("start virtual display: %w", err)
	}
	// The server writes its number, and then the end of the line, when it takes
	// connections. It closes the pipe without a word if it cannot start, and
	// dies if we close it in between.
	number.SetReadDeadline(time.Now().Add(30 * time.Second))
	answer, err := bufio.NewReader(number).ReadString('\n')
	if err != nil {
		server.Process.Kill()
		server.Wait()
		return nil, fmt.Errorf("start virtual display: %w\n%s", err, complaint.String())
	}
	return &display{server, ":" + strings.TrimSpace(answer)}, nil
}

func (d *display) stop() {
	d.server.Process.Signal(os.Interrupt)
	d.server.Wait()
}

// env is what a program needs to open its window here: drawn by the
// processor, and by X11 even where a Wayland session is running.
func (d *display) env() []string {
	return []string{"DISPLAY=" + d.name, "WAYLAND_DISPLAY=", "LIBGL_ALWAYS_SOFTWARE=1"}
}

// picture returns so much of the screen, from its upper left corner and as in
// "1366x768", as PNG. It is taken from the X server because the toolkit's own
// capture is black when OpenGL draws.
func (d *display) picture(ctx context.Context, size string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "import", "-silent", "-window", "root", "-crop", size+"+0+0", "+repage", "-depth", "8", "png:-")
	cmd.Env = append(os.Environ(), d.env()...)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	png, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("take picture: %w\n%s", err, complaint.String())
	}
	return png, nil
}
