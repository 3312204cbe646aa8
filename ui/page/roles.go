package page

import (
	"touyan/store"
	"touyan/store/field"
	"touyan/store/vault"
)

// The rooms of those who keep the ledger and not its records.
const (
	RoomUsers   = "users"
	RoomBackups = "backups"
	RoomJournal = "journal"
)

// roleRooms are the rooms of roles that read no record.
var roleRooms = map[store.Role][]string{
	store.Admin:   {RoomUsers, RoomBackups, RoomJournal, RoomSettings},
	store.Auditor: {RoomJournal},
}

// Reads reports whether who is in reads records. Who does not sees neither their
// rooms nor what can be done there.
func (d *Desk) Reads() bool { return d.DB.Session().Reads(field.Ordinary) }

// allowed are the rooms that who is in may enter.
func (d *Desk) allowed(rooms []Room) []Room {
	s := d.DB.Session()
	may := map[string]bool{}
	for _, r := range rooms {
		may[r.Name] = d.Reads() && (r.Name != RoomUsers || s.User != "")
	}
	for _, role := range s.Roles {
		for _, name := range roleRooms[role] {
			may[name] = s.User != "" || name != RoomUsers
		}
	}
	var out []Room
	for _, r := range rooms {
		if may[r.Name] {
			out = append(out, r)
		}
	}
	return out
}

// recovered reports whether who is in came by the recovery code.
func (d *Desk) recovered() bool { return d.DB.Session().By == vault.Recovery }

// why is the sentence on a button that a role does not have, empty if who is in
// may press it.
func (d *Desk) why(role store.Role) string {
	if d.DB.Session().Has(role) {
		return ""
	}
	return sayTakesRole(role)
}
