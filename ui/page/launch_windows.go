package page

import "golang.org/x/sys/windows"

// launch hands the path to the shell as it is. The toolkit would go through a
// percent-encoded address, which loses Chinese names on some machines.
func launch(path string, then func(error)) {
	file, err := windows.UTF16PtrFromString(path)
	if err != nil {
		then(err)
		return
	}
	go func() { then(windows.ShellExecute(0, nil, file, nil, nil, windows.SW_SHOWNORMAL)) }()
}
