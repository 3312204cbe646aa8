// Command touyan is the program with its window: it opens a ledger, or asks for
// one, and runs until the window is closed.
//
//	touyan [FILE | --ledger FILE] [--tour DIR]
//
// A file alone is what a desktop hands over when one is opened by its icon.
// It only wires: the window is package ui's. It is the one package that imports
// the toolkit's driver, so that everything else is built and tested without a
// screen. With --tour it drives itself over its screens for whoever takes
// pictures of them; see cmd/dev.
package main

import (
	"errors"
	"fmt"
	"os"

	"touyan/store"
	"touyan/store/backup"
	"touyan/store/examine"
	"touyan/store/record"
	"touyan/ui"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"github.com/spf13/pflag"
)

// appID is the ID in FyneApp.toml; settings of the window are kept under it.
const appID = "touyan.ledger"

// clerk is who works here on a tour. Otherwise people say who they are.
var clerk = store.Actor{Name: "经办人"}

func main() {
	examine.Main(os.Args) // before the toolkit starts
	flags := pflag.NewFlagSet("touyan", pflag.ContinueOnError)
	ledger := flags.String("ledger", "", "要打开的台账`文件`")
	tour := flags.String("tour", "", "自动走一遍各个画面，停下来等人拍照；拍的照片放在这个`文件夹`")
	flags.Usage = func() { fmt.Fprint(os.Stderr, "用法：touyan [台账文件]\n", flags.FlagUsages()) }
	err := flags.Parse(os.Args[1:])
	switch {
	case errors.Is(err, pflag.ErrHelp):
		return
	case flags.NArg() == 1 && *ledger == "":
		*ledger = flags.Arg(0)
	case flags.NArg() > 0:
		err = errors.New("more than one ledger")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "命令写得不对，请照下面的用法写。")
		flags.Usage()
		os.Exit(2)
	}
	a := app.NewWithID(appID)
	opts := store.Options{Kinds: record.Kinds(), Anchors: store.AnchorFolder()}
	if *tour == "" {
		w := newWindow(a, opts, store.Actor{})
		w.UseSystemDialogs()
		w.KeepTime()
		w.Start(*ledger)
		a.Run()
		return
	}
	w := newWindow(a, opts, clerk)
	w.Start("")
	g := newGuide(w, *ledger)
	go g.run(a.Quit)
	a.Run()
	if g.err != nil {
		fmt.Fprintln(os.Stderr, g.err)
		os.Exit(1)
	}
}

// newWindow is a window that looks at ledgers before it opens them, and makes
// copies.
func newWindow(a fyne.App, opts store.Options, who store.Actor) *ui.Window {
	w := ui.New(a, opts, who)
	w.Examine, w.Rescue = examine.File, backup.Rescue(opts.Anchors)
	w.KeepBackups()
	return w
}
