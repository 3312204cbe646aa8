package field

// Problem is something wrong or doubtful about a value, told to the person
// who can mend it. Message is a complete Chinese sentence with the remedy.
type Problem struct {
	Field     string   // name of the field; empty: the record as a whole
	Message   string   // what is wrong and what to do
	Proposals []string // canonical texts that would be right, likeliest first
	Warning   bool     // the value was taken all the same; the office should look
}

func (p *Problem) Error() string { return p.Message }

func refuse(f *Field, message string, proposals ...string) *Problem {
	return &Problem{Field: f.Name, Message: message, Proposals: proposals}
}
