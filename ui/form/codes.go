package form

import "touyan/store/field"

// Codes finds the words of a code list by what somebody has typed, as the
// fields of a form do: by number, word, pinyin, initials or another spelling.
type Codes struct{ of *chooser }

// NewCodes makes the words of a list ready to be found.
func NewCodes(list *field.CodeList) *Codes { return &Codes{codeChooser(list)} }

// Find lists the words that fit, the likeliest first; all for an empty text.
func (c *Codes) Find(typed string) []Choice { return c.of.find(typed) }
