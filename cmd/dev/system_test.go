package main

import (
	"slices"
	"testing"
)

// Ensure that only a package dpkg calls installed counts as installed.
func TestNotInstalled(t *testing.T) {
	wanted := []systemPackage{{name: "gcc"}, {name: "npm"}, {name: "xvfb"}, {name: "libgl-dev"}, {name: "libc6-dev"}}
	tests := []struct {
		name, answer string
		want         []string
	}{
		{"dpkg knows none", "", []string{"gcc", "npm", "xvfb", "libgl-dev", "libc6-dev"}},
		{"all there", "gcc\tinstalled\nnpm\tinstalled\nxvfb\tinstalled\nlibgl-dev\tinstalled\nlibc6-dev\tinstalled\n", nil},
		{"removed, settings left", "gcc\tinstalled\nxvfb\tconfig-files\n", []string{"npm", "xvfb", "libgl-dev", "libc6-dev"}},
		{"never installed, half installed", "gcc\tinstalled\nnpm\tnot-installed\nxvfb\thalf-configured\nlibgl-dev\tinstalled\nlibc6-dev\tinstalled\n", []string{"npm", "xvfb"}},
		{"two architectures, one of them there", "libc6-dev\tnot-installed\nlibc6-dev\tinstalled\ngcc\tinstalled\ngcc\tnot-installed\n", []string{"npm", "xvfb", "libgl-dev"}},
	}
	for _, test := range tests {
		var got []string
		for _, p := range notInstalled(wanted, test.answer) {
			got = append(got, p.name)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: lacking %v, want %v", test.name, got, test.want)
		}
	}
}

// Ensure that each package is asked for once and says why.
func TestPackagesSayWhy(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range slices.Concat(toBuild, toSee, toCompare, toTorture, toFetch) {
		if p.why == "" {
			t.Errorf("%s is installed without a reason", p.name)
		}
		if seen[p.name] {
			t.Errorf("%s is listed twice", p.name)
		}
		seen[p.name] = true
	}
}
