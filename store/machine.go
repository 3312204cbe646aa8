package store

import (
	"crypto/rand"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
)

// renew gives the ledger a new id. It happens whenever the file turns up on
// another machine or under another path, so that two copies of one file never
// issue the same stamp.
func (m *meta) renew(fingerprint string) {
	var id [8]byte
	rand.Read(id[:]) // never fails
	// The first bit tells ledgers from the ids derived for cells edited by hand.
	id[0] |= 0x80
	m.Mine = append(m.Mine, hex.EncodeToString(id[:]))
	m.Machine = fingerprint
}

// ledger returns the present ledger id, eight bytes.
func (m *meta) ledger() string {
	id, err := hex.DecodeString(m.Mine[len(m.Mine)-1])
	if err != nil {
		return ""
	}
	return string(id)
}

// fingerprint digests machine and path. What the machine is called never
// enters the file in the clear.
func (o Options) fingerprint(path string) string {
	machine := o.Machine
	if machine == "" {
		machine = machineID()
	}
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	sum := Digest("machine", machine, path)
	return hex.EncodeToString(sum[:8])
}

func machineID() string {
	for _, path := range []string{"/etc/machine-id", "/var/lib/dbus/machine-id"} {
		if b, err := os.ReadFile(path); err == nil && len(b) > 0 {
			return strings.TrimSpace(string(b))
		}
	}
	name, err := os.Hostname()
	if err != nil {
		return "unknown"
	}
	return name + os.Getenv("PROCESSOR_IDENTIFIER") + os.Getenv("USERDOMAIN")
}
