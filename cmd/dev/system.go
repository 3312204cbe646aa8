package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// A systemPackage is a Debian package and the reason we ask for it.
type systemPackage struct{ name, why string }

var (
	// toBuild is what compiling the window takes. The X11 headers are those
	// GLFW includes under the tag x11; Wayland is left out because no Chinese
	// input method reaches a GLFW window there.
	toBuild = []systemPackage{
		{"ca-certificates", "Go and npm fetch their modules over HTTPS"},
		{"gcc", "the window and the race detector need cgo"},
		{"libc6-dev", "headers of the C library, for cgo"},
		{"pkg-config", "tells cgo where OpenGL is"},
		{"libgl-dev", "OpenGL, which draws the window"},
		{"libx11-dev", "X11, where the window lives"},
		{"libxcursor-dev", "X11: mouse pointers"},
		{"libxext-dev", "X11: window shapes"},
		{"libxi-dev", "X11: keyboard and mouse"},
		{"libxinerama-dev", "X11: several screens"},
		{"libxrandr-dev", "X11: screen sizes"},
		{"libxxf86vm-dev", "X11: video modes"},
	}

	// toSee is what showing the window without a screen takes.
	toSee = []systemPackage{
		{"xvfb", "a virtual display"},
		{"libgl1-mesa-dri", "OpenGL without a graphics card"},
		{"imagemagick", "takes pictures of the virtual display"},
	}

	// toCompare is what the tests compare ours with.
	toCompare = []systemPackage{
		{"libreoffice-calc", "tests re-save our workbooks with it"},
		{"poppler-utils", "tests read the printed pages with it"},
	}

	// toFetch is wanted only where no npm is found: other packagings of Node
	// bring their own npm and clash with Debian's.
	toFetch = []systemPackage{
		{"npm", "fetches the Chinese font"},
	}
)

// prepare installs what the machine lacks and fetches the fonts.
func prepare(ctx context.Context, wanted ...[]systemPackage) error {
	fetch := !fontsPresent(fontDir, fontFiles)
	if fetch {
		if _, err := exec.LookPath("npm"); err != nil {
			wanted = append(wanted, toFetch)
		}
	}
	var all []systemPackage
	for _, group := range wanted {
		all = append(all, group...)
	}
	if err := installPackages(ctx, all); err != nil {
		return err
	}
	if !fetch {
		fmt.Println("font: both weights are in", fontDir)
		return nil
	}
	return fetchFonts(ctx)
}

func installPackages(ctx context.Context, wanted []systemPackage) error {
	if _, err := exec.LookPath("dpkg-query"); err != nil {
		fmt.Println("system: no dpkg here, so nothing can be installed for you. Needed, by their Debian names:")
		for _, p := range wanted {
			fmt.Printf("  %-18s %s\n", p.name, p.why)
		}
		return nil
	}
	lacking := notInstalled(wanted, queryPackages(ctx, wanted))
	if len(lacking) == 0 {
		fmt.Printf("system: all %d packages are there\n", len(wanted))
		return nil
	}
	var names []string
	fmt.Println("system: to be installed")
	for _, p := range lacking {
		fmt.Printf("  %-18s %s\n", p.name, p.why)
		names = append(names, p.name)
	}
	// Another apt may hold the lock, on a machine just started for instance.
	apt := []string{"env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y",
		"-o", "DPkg::Lock::Timeout=600", "-o", "Acquire::Retries=3"}
	if os.Geteuid() != 0 {
		if exec.CommandContext(ctx, "sudo", "-n", "true").Run() != nil {
			return errors.New("only root may install packages. Run this, then start again:\n" +
				"  sudo apt-get update && sudo apt-get install --no-install-recommends " + strings.Join(names, " "))
		}
		apt = append([]string{"sudo", "-n"}, apt...)
	}
	// Some unrelated source of the machine may be out of order; the
	// installation decides whether that matters.
	if err := quietly(ctx, "", slices.Concat(apt, []string{"update"})...); err != nil {
		fmt.Println("system: apt-get update had trouble; going on:", err)
	}
	if err := quietly(ctx, "", slices.Concat(apt, []string{"install", "--no-install-recommends"}, names)...); err != nil {
		return fmt.Errorf("install packages: %w", err)
	}
	return nil
}

// queryPackages returns what dpkg knows of the packages, a line each. It
// complains about unknown names and answers for the others all the same, so
// its exit code says nothing.
func queryPackages(ctx context.Context, wanted []systemPackage) string {
	args := []string{"-W", "-f", "${Package}\t${db:Status-Status}\n"}
	for _, p := range wanted {
		args = append(args, p.name)
	}
	out, _ := exec.CommandContext(ctx, "dpkg-query", args...).Output()
	return string(out)
}

// notInstalled keeps the packages of which the answer does not say that they
// are installed: unknown, removed with their settings left, half unpacked.
func notInstalled(wanted []systemPackage, answer string) []systemPackage {
	installed := map[string]bool{}
	for lines := bufio.NewScanner(strings.NewReader(answer)); lines.Scan(); {
		name, status, _ := strings.Cut(lines.Text(), "\t")
		installed[name] = installed[name] || status == "installed"
	}
	var lacking []systemPackage
	for _, p := range wanted {
		if !installed[p.name] {
			lacking = append(lacking, p)
		}
	}
	return lacking
}
