package vault_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"touyan/store/vault"
)

const (
	ordinary vault.Class = iota
	discipline
	pay
)

var at = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// office is a header with a clerk, a leader and an administrator.
func office(t *testing.T) (h *vault.Header, r *vault.Ring, clerk, leader, admin string) {
	t.Helper()
	h, r = vault.New("星露苏木", ordinary, discipline, pay)
	add := func(name, password string, holds ...vault.Class) string {
		s, err := h.Add(r, vault.Entry{Kind: vault.Password, Name: name, Holds: holds, Secret: []byte(password), Cost: vault.Floor, At: at})
		if err != nil {
			t.Fatal(err)
		}
		return s.ID
	}
	clerk = add("经办", "白云 2026", ordinary, pay)
	leader = add("负责", "red horse", ordinary, discipline, pay)
	admin = add("管理", "blue cow")
	return h, r, clerk, leader, admin
}

// written encodes a header and reads it back.
func written(t *testing.T, h *vault.Header, r *vault.Ring) *vault.Header {
	t.Helper()
	b, err := h.Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	back, err := vault.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	return back
}

func unlock(t *testing.T, h *vault.Header, slot, secret string) *vault.Ring {
	t.Helper()
	r, err := h.Unlock(slot, []byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func seal(t *testing.T, r *vault.Ring, c vault.Class, place, plain string) []byte {
	t.Helper()
	b, err := r.Seal(nil, c, []byte(place), []byte(plain))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Ensure that each slot opens with its own password to the classes it was given and no others.
func TestSlotsHoldWhatTheyWereGiven(t *testing.T) {
	h, r, clerk, leader, admin := office(t)
	h = written(t, h, r)
	sealed := seal(t, r, discipline, "a", "谈话记录")
	for _, c := range []struct {
		slot, password string
		reads          bool
	}{{clerk, "白云 2026", false}, {leader, "red horse", true}, {admin, "blue cow", false}} {
		ring := unlock(t, h, c.slot, c.password)
		plain, err := ring.Open(nil, []byte("a"), sealed)
		if c.reads && string(plain) != "谈话记录" || !c.reads && !errors.Is(err, vault.ErrNoKey) {
			t.Errorf("%s: %q, %v", c.slot, plain, err)
		}
	}
	if _, err := h.Unlock(clerk, []byte("red horse")); !errors.Is(err, vault.ErrPassword) {
		t.Errorf("another's password: %v", err)
	}
}

// Ensure that a password opens its slot however the input method composed it.
func TestPasswordInFullWidth(t *testing.T) {
	h, r, clerk, _, _ := office(t)
	unlock(t, written(t, h, r), clerk, "白云　２０２６")
}

// Ensure that a value opens only where it was sealed, unchanged, and in the same file.
func TestSealedValuesStayInPlace(t *testing.T) {
	_, r := vault.New("甲", ordinary)
	_, other := vault.New("乙", ordinary)
	sealed := seal(t, r, ordinary, "bucket/key", "白音巴图")
	if bytes.Contains(sealed, []byte("白音")) {
		t.Error("the plain value shows")
	}
	if plain, err := r.Open(nil, []byte("bucket/key"), sealed); err != nil || string(plain) != "白音巴图" {
		t.Errorf("%q, %v", plain, err)
	}
	if _, err := r.Open(nil, []byte("bucket/other"), sealed); !errors.Is(err, vault.ErrSealed) {
		t.Errorf("moved: %v", err)
	}
	if _, err := other.Open(nil, []byte("bucket/key"), sealed); !errors.Is(err, vault.ErrSealed) {
		t.Errorf("another file's: %v", err)
	}
	for i := range len(sealed) * 8 {
		flipped := bytes.Clone(sealed)
		flipped[i/8] ^= 1 << (i % 8)
		if plain, err := r.Open(nil, []byte("bucket/key"), flipped); err == nil {
			t.Fatalf("bit %d flipped reads as %q", i, plain)
		}
	}
	for n := range len(sealed) {
		if _, err := r.Open(nil, []byte("bucket/key"), sealed[:n]); err == nil {
			t.Fatalf("cut to %d bytes it still reads", n)
		}
	}
}

// Ensure that every bit of a header counts: changed anywhere it opens nothing.
func TestHeaderIsHeldByItsMac(t *testing.T) {
	h, r := vault.New("星露苏木", ordinary)
	if _, err := h.Add(r, vault.Entry{Kind: vault.Open, Holds: []vault.Class{ordinary}, At: at}); err != nil {
		t.Fatal(err)
	}
	b, err := h.Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	for i := range len(b) * 8 {
		flipped := bytes.Clone(b)
		flipped[i/8] ^= 1 << (i % 8)
		changed, err := vault.Decode(flipped)
		if err != nil || len(changed.Slots) == 0 {
			continue
		}
		if ring, err := changed.Unlock(changed.Slots[0].ID, nil); err == nil {
			t.Fatalf("bit %d flipped and the header still opens %v", i, ring.Classes())
		}
	}
}

// Ensure that a header cannot ask for a password cheap to guess, or one that eats the machine.
func TestCostsOutOfBoundsAreRefused(t *testing.T) {
	h, r, clerk, _, _ := office(t)
	low, high := vault.Floor, vault.Ceiling
	low.Time--
	high.Memory++
	for _, cost := range []vault.Cost{{}, low, high, {Memory: vault.Floor.Memory, Time: 1 << 20, Threads: 4}} {
		changed := h.Clone()
		changed.Slot(clerk).Cost = cost
		b, err := changed.Encode(r)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := vault.Decode(b); !errors.Is(err, vault.ErrCost) {
			t.Errorf("%+v: %v", cost, err)
		}
		if _, err := h.Add(r, vault.Entry{Kind: vault.Password, Secret: []byte("x"), Cost: cost, At: at}); !errors.Is(err, vault.ErrCost) {
			t.Errorf("new slot with %+v: %v", cost, err)
		}
	}
}

// Ensure that what a machine is found to bear lies within the bounds.
func TestCalibratedCostIsAllowed(t *testing.T) {
	h, r := vault.New("星露苏木", ordinary)
	if _, err := h.Add(r, vault.Entry{Kind: vault.Password, Secret: []byte("x"), Cost: vault.Calibrate(), At: at}); err != nil {
		t.Error(err)
	}
}

// Ensure that after rotating, those who stay open the new keys with the
// passwords they had, and the removed one's keys open nothing sealed since.
func TestRotatingShutsTheRemovedOut(t *testing.T) {
	h, r, clerk, leader, _ := office(t)
	h = written(t, h, r)
	gone := unlock(t, h, clerk, "白云 2026")
	if err := h.Remove(clerk); err != nil {
		t.Fatal(err)
	}
	next, err := h.Rotate(r, vault.Common, ordinary, pay)
	if err != nil {
		t.Fatal(err)
	}
	h = written(t, h, next)
	if _, err := h.Unlock(clerk, []byte("白云 2026")); !errors.Is(err, vault.ErrNoSlot) {
		t.Errorf("removed: %v", err)
	}
	stays := unlock(t, h, leader, "red horse")
	if !stays.Same(next) || stays.Same(gone) {
		t.Error("who stays does not hold the new keys")
	}
	for _, c := range []vault.Class{vault.Common, ordinary, pay} {
		sealed := seal(t, stays, c, "k", "新")
		if plain, err := gone.Open(nil, []byte("k"), sealed); err == nil {
			t.Errorf("class %d: the removed one reads %q", c, plain)
		}
	}
	if _, err := stays.Open(nil, []byte("k"), seal(t, r, discipline, "k", "旧")); err != nil {
		t.Errorf("a class that was not rotated: %v", err)
	}
	if h.Written(gone) == nil {
		t.Error("the removed one's keys still vouch for the header")
	}
}

// Ensure that one without the data keys can add a user, who reads them as soon
// as a holder has come by.
func TestUserAddedByAnAdministrator(t *testing.T) {
	h, r, _, leader, admin := office(t)
	h = written(t, h, r)
	ring := unlock(t, h, admin, "blue cow")
	s, err := h.Add(ring, vault.Entry{Kind: vault.Password, Name: "新来", Holds: []vault.Class{ordinary}, Secret: []byte("green sheep"), Cost: vault.Floor, At: at})
	if err != nil {
		t.Fatal(err)
	}
	id := s.ID
	h = written(t, h, ring)
	if got := unlock(t, h, id, "green sheep"); got.Holds(ordinary) || !got.Holds(vault.Common) {
		t.Errorf("before a holder came by: %v", got.Classes())
	}
	holder := unlock(t, h, leader, "red horse")
	if changed, err := h.Complete(holder); err != nil || !changed {
		t.Fatal(changed, err)
	}
	h = written(t, h, holder)
	if got := unlock(t, h, id, "green sheep"); !got.Holds(ordinary) || got.Holds(discipline) {
		t.Errorf("after: %v", got.Classes())
	}
}

// Ensure that a changed password opens and the old one does not, with the same keys.
func TestChangedPassword(t *testing.T) {
	h, r, clerk, _, _ := office(t)
	if err := h.SetSecret(clerk, []byte("wrong"), []byte("new"), vault.Floor, at); !errors.Is(err, vault.ErrPassword) {
		t.Errorf("without the old one: %v", err)
	}
	before := unlock(t, h, clerk, "白云 2026")
	if err := h.SetSecret(clerk, []byte("白云 2026"), []byte("new one"), vault.Floor, at); err != nil {
		t.Fatal(err)
	}
	h = written(t, h, r)
	if !unlock(t, h, clerk, "new one").Same(before) {
		t.Error("other keys")
	}
	if _, err := h.Unlock(clerk, []byte("白云 2026")); !errors.Is(err, vault.ErrPassword) {
		t.Errorf("the old one: %v", err)
	}
}

// Ensure that a recovery code opens its slot as printed and as typed, and that a
// slip is found in its group.
func TestRecoveryCode(t *testing.T) {
	code := vault.NewCode()
	if code == vault.NewCode() {
		t.Fatal("the same code twice")
	}
	typed := strings.ToLower(strings.ReplaceAll(code, "-", " "))
	if got, err := vault.ReadCode(typed); err != nil || got != code {
		t.Errorf("typed %q: %q, %v", typed, got, err)
	}
	h, r := vault.New("星露苏木", ordinary)
	s, err := h.Add(r, vault.Entry{Kind: vault.Recovery, Holds: []vault.Class{ordinary}, Secret: []byte(code), Cost: vault.Floor, At: at})
	if err != nil {
		t.Fatal(err)
	}
	if !unlock(t, written(t, h, r), s.ID, code).Holds(ordinary) {
		t.Error("the code does not open the values")
	}
	slips, found := 0, 0
	for i, c := range code {
		if c == '-' {
			continue
		}
		for _, other := range "23456789ABCDEFGHJKLMNPQRSTUVWXYZ01OI" {
			if other == c {
				continue
			}
			slips++
			_, err := vault.ReadCode(code[:i] + string(other) + code[i+1:])
			if wrong, ok := errors.AsType[*vault.CodeError](err); ok && len(wrong.Wrong) == 1 && wrong.Wrong[0] == i/6+1 {
				found++
			}
		}
	}
	if found*100 < slips*90 {
		t.Errorf("%d of %d slips found in their group", found, slips)
	}
	for _, short := range []string{"", "ABCD", code[:len(code)-1], code + "-22222"} {
		if _, err := vault.ReadCode(short); err == nil {
			t.Errorf("%q passes", short)
		}
	}
}

// Ensure that no header, however damaged, does more than be refused.
func FuzzHeader(f *testing.F) {
	h, r := vault.New("星露苏木", ordinary)
	if _, err := h.Add(r, vault.Entry{Kind: vault.Open, Holds: []vault.Class{ordinary}, At: at}); err != nil {
		f.Fatal(err)
	}
	b, err := h.Encode(r)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add(b[:40])
	f.Fuzz(func(t *testing.T, b []byte) {
		h, err := vault.Decode(b)
		if err != nil {
			return
		}
		for _, s := range h.Slots {
			if s.Kind != vault.Open { // a password's cost is bounded, and too high for here
				continue
			}
			if got, err := h.Unlock(s.ID, nil); err == nil && !got.Same(r) {
				t.Error("opened with other keys")
			}
		}
	})
}

// Ensure that a typed recovery code is refused or read as one that was printed.
func FuzzReadCode(f *testing.F) {
	f.Add(vault.NewCode())
	f.Add("ａｂｃ—12")
	f.Fuzz(func(t *testing.T, typed string) {
		code, err := vault.ReadCode(typed)
		if err != nil {
			return
		}
		if again, err := vault.ReadCode(code); err != nil || again != code {
			t.Errorf("%q reads as %q, which reads as %q, %v", typed, code, again, err)
		}
	})
}

// Ensure that no bytes open that were not sealed.
func FuzzOpen(f *testing.F) {
	_, r := vault.New("星露苏木", ordinary)
	b, err := r.Seal(nil, ordinary, []byte("place"), []byte("值"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, sealed []byte) {
		if plain, err := r.Open(nil, []byte("place"), sealed); err == nil && !bytes.Equal(sealed, b) {
			t.Errorf("opens as %q", plain)
		}
	})
}

func BenchmarkUnlock(b *testing.B) {
	h, r := vault.New("星露苏木", ordinary)
	s, err := h.Add(r, vault.Entry{Kind: vault.Password, Holds: []vault.Class{ordinary}, Secret: []byte("白云 2026"), Cost: vault.Calibrate(), At: at})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := h.Unlock(s.ID, []byte("白云 2026")); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSeal(b *testing.B) {
	_, r := vault.New("星露苏木", ordinary)
	plain := bytes.Repeat([]byte("值"), 340)
	b.Run("seal", func(b *testing.B) {
		for b.Loop() {
			if _, err := r.Seal(nil, ordinary, []byte("r:person/0123456789abcdef"), plain); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("digest", func(b *testing.B) {
		m := r.Mac()
		for b.Loop() {
			m.Sum([]byte("r:person"), []byte("0123456789abcdef"), plain)
		}
	})
}
