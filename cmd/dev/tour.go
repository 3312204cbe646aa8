package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

const (
	windowProgram  = "build/touyan"
	commandProgram = "build/touyanctl"
	pictureDir     = "build/pictures"
	tourLedger     = "build/tour/demo.touyan"

	// tourLimit ends a window that hangs. A tour takes about a second a stop.
	tourLimit = 5 * time.Minute
)

// stop is what the program prints at one: what it is called, which becomes a
// file name, and how large the window is.
var stop = regexp.MustCompile(`^shot ([a-z0-9][a-z0-9-]*) ([0-9]{3,4}x[0-9]{3,4})$`)

// tourVerb photographs the program on a fresh invented office.
func tourVerb(ctx context.Context, args []string) error {
	dir := pictureDir
	if len(args) > 0 {
		dir = args[0]
	}
	if err := prepare(ctx, toBuild, toSee); err != nil {
		return err
	}
	for _, work := range []func(context.Context) error{buildWindow, buildCommand} {
		if err := work(ctx); err != nil {
			return err
		}
	}
	return tour(ctx, dir)
}

// tour starts a virtual display and the program on it, and lets it show its
// screens. The pictures are checked as they are taken.
func tour(ctx context.Context, dir string) error {
	if err := makeDemo(ctx, tourLedger); err != nil {
		return err
	}
	// Pictures of screens that no longer exist would mislead.
	if dir == pictureDir {
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, tourLimit)
	defer cancel()
	screen, err := startDisplay(ctx)
	if err != nil {
		return err
	}
	defer screen.stop()
	err = visit(ctx, screen, dir)
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		err = errors.Join(err, fmt.Errorf("the tour did not end within %v", tourLimit))
	}
	return err
}

// visit starts the program on the display and follows it to its end.
func visit(ctx context.Context, screen *display, dir string) error {
	// Settings of whoever builds must neither show in the pictures nor change.
	settings, err := os.MkdirTemp("", "touyan-tour-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(settings)

	program := exec.CommandContext(ctx, windowProgram, "--ledger", tourLedger, "--tour", dir)
	program.Env = append(os.Environ(), screen.env()...)
	program.Env = append(program.Env, "XDG_CONFIG_HOME="+settings, "XDG_CACHE_HOME="+settings)
	program.Stderr = os.Stderr
	says, err := program.StdoutPipe()
	if err != nil {
		return err
	}
	answer, err := program.StdinPipe()
	if err != nil {
		return err
	}
	if err := program.Start(); err != nil {
		return fmt.Errorf("start the window: %w", err)
	}
	// A program killed may leave a child that keeps the pipe open.
	defer context.AfterFunc(ctx, func() { says.Close() })()
	take := func(size string) ([]byte, error) {
		return settled(func() ([]byte, error) { return screen.picture(ctx, size) })
	}
	err = follow(says, answer, dir, take)
	if err != nil {
		program.Process.Kill()
	}
	if end := program.Wait(); end != nil {
		err = errors.Join(err, fmt.Errorf("the window: %w", end))
	}
	return err
}

// follow takes part in the program's tour: at each stop it prints a line
// "shot NAME 1366x768" and waits for a line, which it gets when the picture of
// that size is taken.
// Its other lines are passed on. All stops are visited even if some picture
// is bad; the error names each.
func follow(says io.Reader, answer io.Writer, dir string, take func(size string) ([]byte, error)) error {
	var bad []error
	seen := map[string]string{} // hash of a picture -> its stop
	lines := bufio.NewScanner(says)
	for lines.Scan() {
		if !strings.HasPrefix(lines.Text(), "shot ") {
			fmt.Println(" ", lines.Text())
			continue
		}
		at := stop.FindStringSubmatch(lines.Text())
		if at == nil {
			return fmt.Errorf("the tour calls a stop %q; small letters, digits and hyphens can be file names, and a size follows", lines.Text())
		}
		name, size := at[1], at[2]
		content, err := take(size)
		if err != nil {
			return fmt.Errorf("stop %s: %w", name, err)
		}
		path := filepath.Join(dir, name+".png")
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
		err = checkPicture(content)
		if same, ok := seen[sum(content)]; ok && err == nil {
			err = fmt.Errorf("the same picture as stop %s", same)
		}
		seen[sum(content)] = name
		if err != nil {
			bad = append(bad, fmt.Errorf("stop %s: %w", name, err))
		}
		fmt.Println("  picture", path)
		if _, err := io.WriteString(answer, "\n"); err != nil {
			return fmt.Errorf("the program ended at stop %s: %w", name, err)
		}
	}
	if len(seen) == 0 {
		bad = append(bad, errors.New("the tour made no stop"))
	}
	return errors.Join(append(bad, lines.Err())...)
}

// settled takes pictures until two in a row are equal, so that none shows a
// screen half drawn. A blinking caret must not hold it up: after eight it
// keeps the last.
func settled(take func() ([]byte, error)) ([]byte, error) {
	last, err := take()
	for try := 1; err == nil && try < 8; try++ {
		var next []byte
		next, err = take()
		if bytes.Equal(last, next) {
			break
		}
		last = next
	}
	return last, err
}
