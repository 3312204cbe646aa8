// 头雁 (Touyan), the ledger of village leaders for township offices.
// SPDX-License-Identifier: MIT
//
// Each direct dependency stands here with its reason; versions are exact.

module touyan

go 1.26.0

require (
	fyne.io/fyne/v2 v2.8.1 // the window
	github.com/klauspost/compress v1.20.3 // deflate, twice as fast as the standard one on large workbooks
	github.com/mozillazg/go-pinyin v0.21.0 // finding names by pinyin and initials
	github.com/ncruces/zenity v0.10.14 // the system's own file dialogs
	github.com/rogpeppe/go-internal v1.14.1 // testscript: the command's cases as files a clerk can read
	github.com/spf13/pflag v1.0.10 // flags after arguments, as the command contract has them
	github.com/xuri/excelize/v2 v2.11.1 // writing workbooks; opening encrypted ones
	go.etcd.io/bbolt v1.5.0 // the ledger file
	golang.org/x/crypto v0.58.0 // Argon2id, which turns a password into a key
	golang.org/x/mod v0.42.0 // sumdb/tlog: the hashes of the journal's tree (RFC 6962)
	golang.org/x/net v0.62.0 // html: the tokenizer, for web pages named .xls; nothing of it goes over a network
	golang.org/x/sys v0.49.0 // Windows: the place of the input method's window, opening files by their program
	golang.org/x/term v0.47.0 // asking for a password without showing it
	golang.org/x/text v0.43.0 // Unicode composition, widths and Chinese collation; GB 18030 and UTF-16 in books of text
	golang.org/x/tools v0.51.0 // txtar: merge cases as files
	pgregory.net/rapid v1.3.0 // property tests of merging
)

require (
	fyne.io/systray v1.12.3-0.20260810170012-af4e8e793ec4 // indirect
	github.com/BurntSushi/toml v1.6.0 // indirect
	github.com/akavel/rsrc v0.10.2 // indirect
	github.com/anthonynsimon/bild v0.14.0 // indirect
	github.com/clipperhouse/uax29/v2 v2.2.0 // indirect
	github.com/davecgh/go-spew v1.1.1 // indirect
	github.com/dchest/jsmin v0.0.0-20220218165748-59f39799265f // indirect
	github.com/fsnotify/fsnotify v1.9.0 // indirect
	github.com/fyne-io/gl-js v0.2.1-0.20260315212741-029c47fd27e8 // indirect
	github.com/fyne-io/glfw-js v0.4.0 // indirect
	github.com/fyne-io/image v0.1.1 // indirect
	github.com/fyne-io/oksvg v0.2.0 // indirect
	github.com/go-gl/gl v0.0.0-20260331235117-4566fea9a276 // indirect
	github.com/go-gl/glfw/v3.4/glfw v0.1.0-pre.1.0.20260707082822-2a407d02d01a // indirect
	github.com/go-text/render v0.2.1 // indirect
	github.com/go-text/typesetting v0.3.4 // indirect
	github.com/godbus/dbus/v5 v5.2.2 // indirect
	github.com/hack-pad/go-indexeddb v0.3.2 // indirect
	github.com/hack-pad/safejs v0.1.0 // indirect
	github.com/jeandeaual/go-locale v0.0.0-20250612000132-0ef82f21eade // indirect
	github.com/josephspurrier/goversioninfo v1.7.0 // indirect
	github.com/jsummers/gobmp v0.0.0-20230614200233-a9de23ed2e25 // indirect
	github.com/kr/text v0.2.0 // indirect
	github.com/mattn/go-runewidth v0.0.24 // indirect
	github.com/nfnt/resize v0.0.0-20180221191011-83c6a9932646 // indirect
	github.com/nicksnyder/go-i18n/v2 v2.5.1 // indirect
	github.com/pmezard/go-difflib v1.0.0 // indirect
	github.com/randall77/makefat v0.0.0-20210315173500-7ddd0e42c844 // indirect
	github.com/richardlehane/mscfb v1.0.9 // indirect
	github.com/richardlehane/msoleps v1.0.6 // indirect
	github.com/rymdport/portal v0.4.2 // indirect
	github.com/srwiley/oksvg v0.0.0-20221011165216-be6e8873101c // indirect
	github.com/srwiley/rasterx v0.0.0-20220730225603-2ab79fcdd4ef // indirect
	github.com/stretchr/testify v1.11.1 // indirect
	github.com/tiendc/go-deepcopy v1.7.2 // indirect
	github.com/xuri/efp v0.0.3-0.20260924042702-217b81952dec // indirect
	github.com/xuri/nfp v0.0.2-0.20250530014748-2ddeb826f9a9 // indirect
	github.com/yuin/goldmark v1.8.2 // indirect
	golang.org/x/image v0.44.0 // indirect
	gopkg.in/yaml.v3 v3.0.1 // indirect
)
