package page

import "fmt"

// What the lists of the kinds say.

const closeMark = "×"

func sayNarrowed(title string, n int) string { return fmt.Sprintf("%s %d", title, n) }
