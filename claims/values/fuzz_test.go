package values

import (
	"testing"
)

// What is read can be written, and is then read to the same.
func FuzzParse(f *testing.F) {
	f.Fuzz(func(t *testing.T, kind byte, written string) {
		v, err := Parse(Kind(kind%8), written)
		if err != nil {
			if !v.IsZero() {
				t.Errorf("%q gives a value with the error %v", written, err)
			}
			return
		}
		again, err := Parse(v.Kind(), v.String())
		if err != nil {
			t.Fatalf("%q is written %q, which cannot be read: %v", written, v, err)
		}
		if Compare(v, again) != Equal || v.Qualifier() != again.Qualifier() || v.String() != again.String() {
			t.Errorf("%q is written %q, which is read as %q", written, v, again)
		}
		if v.Human() == "" {
			t.Errorf("%q has no form for people", written)
		}
		if low, high := v.Lower().Number, v.Upper().Number; low != nil && high != nil && low.Cmp(high) > 0 {
			t.Errorf("%q goes from %s down to %s", written, low, high)
		}
		if r := Compare(v.About(), v); r != Equal && r != Refines {
			t.Errorf("%q is not within %q", v, v.About())
		}
	})
}

func FuzzParseDate(f *testing.F) {
	f.Fuzz(func(t *testing.T, written string) {
		d, err := ParseDate(written)
		if err != nil {
			if !d.IsZero() {
				t.Errorf("%q gives a date with the error %v", written, err)
			}
			return
		}
		if d.String() != written || d.IsZero() || d.Human() == "" {
			t.Errorf("%q is written %q, for people %q", written, d, d.Human())
		}
		if first, last := d.Days(); first > last || d.After(d) {
			t.Errorf("%q goes from day %d down to %d", written, first, last)
		}
		if v, err := Parse(DateKind, written); err != nil || v.Date() != d {
			t.Errorf("%q is another date as a value: %v, %v", written, v, err)
		}
	})
}
