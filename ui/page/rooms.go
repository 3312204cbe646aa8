package page

import (
	"slices"

	"touyan/store"
	"touyan/store/field"
)

// Group is where in the sidebar a room stands. The groups are drawn in the
// order of the numbers; one without rooms is not drawn.
type Group int

// The groups: first the bench alone, then the ledger, the four steps of the
// work with leaders, what comes and goes, figures, and how the program is set.
const (
	Bench    Group = iota // 工作台, without a caption
	Ledger                // 台账
	Choose                // 选
	Train                 // 育
	Watch                 // 管
	Promote               // 促
	Exchange              // 收发
	Figure                // 统计
	Setup                 // 设置, without a caption
)

// Word is the caption of a group, empty if it has none.
func (g Group) Word() string { return groupWords[g] }

// Room is a page that is always there. To add one, add it to Rooms.
type Room struct {
	Name, Label string
	Group       Group
	Make        func() Page
	Waits       func(*store.Tx) (int, error) // how many things wait there; nil: never any
	Commands    []Command                    // what can be done there from anywhere, by the find box
}

// The rooms that are no list of a kind.
const (
	RoomHome      = "home"
	RoomSend      = "send"
	RoomBatches   = "batches"
	RoomConflicts = "conflicts"
	RoomProblems  = "problems"
	RoomFigures   = "figures"
	RoomSettings  = "settings"
	RoomKeys      = "keys"
)

// groups tells where the lists of the kinds stand that are no part of 台账.
var groups = map[string]Group{"reserve": Choose, "survey": Choose, "conduct": Choose, "midterm": Choose, "lax": Choose, "hire": Choose, "away": Choose,
	"secondment": Choose, "nominee": Choose, "filing": Watch, roomRule: Setup, roomCustom: Setup}

// Rooms are all rooms of a ledger, in the order of each group: a list of every
// kind that is no part of another, and what is made by hand. A township has no
// offices below it, and needs neither a list of them nor a board of what they
// report.
func Rooms(d *Desk) []Room {
	out := []Room{{Name: RoomHome, Label: titleHome, Group: Bench, Make: func() Page { return NewHome(d) }, Waits: d.waits}}
	for _, k := range d.DB.Kinds() {
		if k.Name == "office" && d.DB.Office().Level <= field.Township || k.Name == RoomRequests || k.Name == roomRule || isPart(k) {
			continue
		}
		group, known := groups[k.Name]
		if !known {
			group = Ledger
		}
		out = append(out, Room{Name: k.Name, Label: k.Label, Group: group, Make: func() Page { return NewList(d, d.DB.Kinds().Kind(k.Name)) }, Commands: d.stepCommands(k)})
	}
	if d.DB.Office().Level > field.Township {
		out = append(out, Room{Name: RoomBoard, Label: titleBoard, Group: Exchange, Make: func() Page { return NewBoard(d) }, Waits: boardWaits(d)})
	}
	out = append(out,
		Room{Name: RoomProblems, Label: titleProblems, Group: Ledger, Make: func() Page { return NewProblems(d) }, Waits: d.countFindings},
		Room{Name: RoomSend, Label: titleOfSend(d.DB.Office().Level), Group: Exchange, Make: func() Page { return NewSend(d) }},
		Room{Name: RoomBatches, Label: titleBatches, Group: Exchange, Make: func() Page { return NewBatches(d) }},
		Room{Name: RoomConflicts, Label: titleConflicts, Group: Exchange, Make: func() Page { return NewConflicts(d) }, Waits: openConflicts},
		Room{Name: RoomRequests, Label: titleRequests, Group: Exchange, Make: func() Page { return NewRequests(d) }, Waits: requestsOpen},
		Room{Name: RoomFigures, Label: titleFigures, Group: Figure, Make: func() Page { return NewFigures(d) }},
		Room{Name: roomRule, Label: titleRules, Group: Setup, Make: func() Page { return NewRules(d) }},
		Room{Name: RoomUsers, Label: titleUsers, Group: Setup, Make: func() Page { return NewUsers(d) }},
		Room{Name: RoomJournal, Label: titleJournal, Group: Setup, Make: func() Page { return NewJournal(d) }},
		Room{Name: RoomBackups, Label: titleBackups, Group: Setup, Make: func() Page { return NewBackups(d) }},
		Room{Name: RoomSettings, Label: titleSettings, Group: Setup, Make: func() Page { return NewSettings(d) }},
		Room{Name: RoomKeys, Label: titleKeys, Group: Setup, Make: func() Page { return NewKeys(d) }})
	return d.allowed(out)
}

// isPart reports a kind whose records are lines of another's form.
func isPart(k *field.Kind) bool {
	for i := range k.Fields {
		if k.Fields[i].Part {
			return true
		}
	}
	return false
}

func openConflicts(tx *store.Tx) (int, error) {
	open, err := tx.Conflicts()
	return len(open), err
}

// Command is something that can be done from anywhere.
type Command struct {
	Text string
	Keys string // as a person presses them, empty if there are none
	Do   func()
}

// Commands are what the find box offers to do, beside the buttons of the page
// shown and the rooms' own.
func (d *Desk) Commands() []Command {
	project := doProject
	if d.Projecting() {
		project = doProjectNoMore
	}
	var out []Command
	if d.Lock != nil {
		out = append(out, Command{Text: cmdLock, Keys: KeysLock, Do: d.Lock}, Command{Text: doOwnPassword, Do: d.AskOwnPassword})
	}
	if d.Keeper != nil && (d.Reads() || d.why(store.Admin) == "") {
		out = append(out, Command{Text: doBackup, Do: func() { d.backUp(func() {}) }})
	}
	out = append(out, Command{Text: opVerify, Do: d.verifyLedger})
	if d.DB.Session().User == "" {
		out = append(out, Command{Text: titleProtect, Do: d.AskProtect})
	}
	if !d.Reads() {
		return append(out, Command{Text: cmdChange, Do: d.Change})
	}
	return append([]Command{
		{Text: cmdImport, Do: d.ChooseBook},
		{Text: cmdSend, Do: d.AskSend},
		{Text: cmdFill, Do: d.FillBlank},
		{Text: titleWaiting, Do: d.openWaiting},
		{Text: cmdChangeTerm, Do: func() { d.ChangeTerm("") }},
		{Text: cmdUndo, Keys: KeysBack, Do: d.Back},
		{Text: doSeeVoided, Do: func() { d.openVoided("", "") }},
		{Text: project, Keys: KeysWall, Do: d.Wall},
		{Text: cmdChange, Do: d.Change},
	}, out...)
}

// oftenest are the rooms one goes to most, in the order of their keys.
var oftenest = []string{RoomHome, "office", "village", "person", "post", "reserve", RoomBoard, RoomProblems, RoomSend, RoomBatches, RoomConflicts, RoomRequests}

// Keyed are the rooms that have a key of their own, of those there are, at most
// so many.
func Keyed(rooms []string, most int) []string {
	out := slices.DeleteFunc(slices.Clone(oftenest), func(name string) bool { return !slices.Contains(rooms, name) })
	return out[:min(len(out), most)]
}
