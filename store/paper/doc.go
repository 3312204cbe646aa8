// Package paper keeps the files attached to records (附件): scans, photos and
// PDFs. They lie sealed in the folder NAME.附件 beside NAME.touyan, each under
// the SHA-256 of its sealed bytes, so that anyone can check one without a key
// and a backup copies it once.
//
// Take looks at a file that somebody wants to attach: by its content it is a
// PNG, a JPEG or a PDF, or it is refused with a sentence; of pictures nothing
// but the picture is kept. Attach seals what was taken and makes the records,
// Get brings one back into memory, and never onto the disk; Export is the one
// way out, and is journalled. Check tells which files are missing, altered or
// belong to no record, SetAside puts the last away where a person says so.
//
// # A sealed file
//
//	"touyan-paper-1\n\x00" · tag of the ledger (16) · id of the content (16)
//	then pieces of 1 MB, each with 16 bytes of AES-256-GCM behind it
//
// Every file has a random key of its own, kept in the ledger. The nonce of a
// piece is its number; head, number and whether it is the last are authenticated
// with it, so that pieces cannot change places nor the end be cut off.
//
// What the ledger keeps of a file is package store's (papers.go), the screen is
// package page's.
package paper
