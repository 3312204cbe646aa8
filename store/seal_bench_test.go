package store

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"touyan/store/field"
	"touyan/store/vault"

	"go.etcd.io/bbolt"
)

// benchPerson has as many cells as a person of a roster.
type benchPerson struct {
	field.Head
	Cells [30]string
}

func (p *benchPerson) Fields() []field.Field {
	list := make([]field.Field, len(p.Cells))
	for i := range p.Cells {
		list[i] = field.Words(&p.Cells[i], fmt.Sprintf("c%02d", i), fmt.Sprintf("第%d栏", i))
	}
	list[0].Match = true
	return list
}

var benchKinds = field.Kinds{field.NewKind("person", "人员", "c00", func() field.Record { return new(benchPerson) })}

func benchRow(i int) *benchPerson {
	var p benchPerson
	for c := range p.Cells {
		p.Cells[c] = fmt.Sprintf("第%d栏的内容 %d", c, i*7919%1_000_003)
	}
	return &p
}

// benchLedger holds n people under a password.
func benchLedger(b *testing.B, n int) *DB {
	b.Helper()
	path := filepath.Join(b.TempDir(), "a.touyan")
	opts := Options{Kinds: benchKinds, Machine: "bench"}
	if err := Create(path, Office{Code: "150426201", Name: "星露苏木", Level: field.Township}, false, opts); err != nil {
		b.Fatal(err)
	}
	db, err := Open(path, opts)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	stagePeople(b, db, n)
	if _, err := db.Protect(context.Background(), "苏和", Roles, "horse-1958"); err != nil {
		b.Fatal(err)
	}
	return db
}

func stagePeople(b *testing.B, db *DB, n int) {
	b.Helper()
	k := benchKinds.Kind("person")
	var ids IDs
	_, err := db.Stage(context.Background(), "导入", Actor{Name: "张敏"}, func(s *Stage) error {
		for i := range n {
			row := k.Take(benchRow(i))
			row.ID = ids.New(time.Now())
			if err := s.Create("person", row); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// plainCopy is the same records as they would lie without keys.
func plainCopy(b *testing.B, db *DB) *bbolt.DB {
	b.Helper()
	plain, err := bbolt.Open(filepath.Join(b.TempDir(), "plain"), 0o600, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { plain.Close() })
	err = plain.Update(func(dst *bbolt.Tx) error {
		to, err := dst.CreateBucket([]byte("r:person"))
		if err != nil {
			return err
		}
		return db.View(func(tx *Tx) error {
			return tx.bolt.Bucket([]byte("r:person")).ForEach(func(k, v []byte) error {
				packed, _, err := tx.unpacked("r:person", k, v)
				if err != nil {
					return err
				}
				return to.Put(k, []byte(packed))
			})
		})
	})
	if err != nil {
		b.Fatal(err)
	}
	return plain
}

// BenchmarkReady is reading every record of a ledger that was just unlocked,
// beside the same records unsealed in a plain file.
func BenchmarkReady(b *testing.B) {
	for _, n := range []int{20_000, 200_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			db := benchLedger(b, n)
			plain := plainCopy(b, db)
			k := benchKinds.Kind("person")
			b.Run("sealed", func(b *testing.B) {
				for b.Loop() {
					err := db.View(func(tx *Tx) error {
						for _, err := range tx.Rows("person") {
							if err != nil {
								return err
							}
						}
						return nil
					})
					if err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/record")
			})
			b.Run("plain", func(b *testing.B) {
				for b.Loop() {
					err := db.View(func(tx *Tx) error {
						return plain.View(func(bolt *bbolt.Tx) error {
							return bolt.Bucket([]byte("r:person")).ForEach(func(key, v []byte) error {
								_, err := tx.rowAt(k, idText([16]byte(key)), string(v))
								return err
							})
						})
					})
					if err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/record")
			})
		})
	}
}

// BenchmarkFill is writing 20,000 new records with their journal, beside putting
// the same bytes into a plain file in commits of the same size.
func BenchmarkFill(b *testing.B) {
	const n = 20_000
	db := benchLedger(b, n)
	b.Run("sealed", func(b *testing.B) {
		for b.Loop() {
			stagePeople(b, db, n)
		}
	})
	b.Run("plain", func(b *testing.B) {
		k := benchKinds.Kind("person")
		names := newNames(nil)
		for b.Loop() {
			to, err := bbolt.Open(filepath.Join(b.TempDir(), "plain"), 0o600, nil)
			if err != nil {
				b.Fatal(err)
			}
			var ids IDs
			for start := 0; start < n; start += chunk {
				err := to.Update(func(tx *bbolt.Tx) error {
					bucket, err := tx.CreateBucketIfNotExists([]byte("r:person"))
					if err != nil {
						return err
					}
					bucket.FillPercent = 0.9
					for i := start; i < start+chunk; i++ {
						id, err := idBytes(ids.New(time.Now()))
						if err != nil {
							return err
						}
						if err := bucket.Put(id[:], names.packRow(k, k.Take(benchRow(i)), &Version{})[0].b); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			to.Close()
		}
	})
}

// BenchmarkLocks is opening with a password, changing the locks of 20,000
// records, and looking at all of them.
func BenchmarkLocks(b *testing.B) {
	db := benchLedger(b, 20_000)
	ctx := context.Background()
	b.Run("unlock", func(b *testing.B) {
		for b.Loop() {
			if err := db.Unlock(ctx, db.Users()[0].ID, "horse-1958"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("rekey", func(b *testing.B) {
		for b.Loop() {
			if err := db.Rekey(ctx); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("verify", func(b *testing.B) {
		for b.Loop() {
			if r, err := db.Verify(ctx); err != nil || !r.Good() {
				b.Fatal(err, r)
			}
		}
	})
}

// BenchmarkVerifyJournal is verifying the heads of 100,000 entries, beside all
// that Verify looks at.
func BenchmarkVerifyJournal(b *testing.B) {
	const n = 100_000
	path := filepath.Join(b.TempDir(), "a.touyan")
	opts := Options{Kinds: benchKinds, Machine: "bench", Cost: vault.Floor}
	if err := Create(path, Office{Name: "星露苏木"}, false, opts); err != nil {
		b.Fatal(err)
	}
	db, err := Open(path, opts)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	err = db.bolt.Update(func(bolt *bbolt.Tx) error {
		tx, err := db.begin(bolt)
		if err != nil {
			return err
		}
		m, err := tx.readMeta()
		if err != nil {
			return err
		}
		for i := range uint64(n) {
			tx.start(&Entry{Seq: i + 1, At: time.Now(), Op: "更正", Who: Actor{Name: "张敏", Role: "经办人"}, Event: true})
			if err := tx.writeEntry(&m); err != nil {
				return err
			}
			m.Visible = i + 1
		}
		if err := m.write(&tx.file); err != nil {
			return err
		}
		return tx.file.finish()
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("heads", func(b *testing.B) {
		for b.Loop() {
			err := db.View(func(tx *Tx) error {
				m, err := tx.readMeta()
				if err != nil {
					return err
				}
				t, err := tx.treeOver(n)
				if err != nil || t.root() != m.Tree.root() {
					b.Fatal("the journal does not verify", err)
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("everything", func(b *testing.B) {
		for b.Loop() {
			if r, err := db.Verify(context.Background()); err != nil || !r.Good() {
				b.Fatal(err, r)
			}
		}
	})
}
