// Package vault keeps the keys of a ledger file: who may open it, with what,
// and which values each of them can then read.
//
// Values lie under data keys, one per class, and under a common key that every
// slot holds: with the common key a file can be checked, copied and its frame
// read, but no value of a record. A slot is one way in: a person with a
// password, the printed recovery code, or, for a ledger that is to be open to
// everybody, a slot whose private key lies in clear. Each slot has a key pair;
// the keys it may use are wrapped to its public half (HPKE, RFC 9180), the
// private half is sealed by the password (Argon2id, RFC 9106). So keys are
// exchanged, and users added, without anybody else being there.
//
// The package is arithmetic alone: it knows no file, no fields, no roles, and
// no clock but for choosing the cost of a password. Package store says which
// value belongs to which class and where all this lies.
package vault
