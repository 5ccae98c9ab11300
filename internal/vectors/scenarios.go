package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/ledger"
)

// vectors gives all scenarios, always the same. The first is the example that leads the specification.
func vectors() ([]*vector, error) {
	l, receipt, err := example()
	if err != nil {
		return nil, err
	}
	base, err := newDraft(l)
	if err != nil {
		return nil, err
	}
	list := []*vector{export("example", "ok", "a whole ledger, signed", base.text(), 2, 4, 5, 6, 7, 9, 18, 20, 27, 29, 30, 32,
		33, 34, 35)}
	list = append(list, exports(base)...)
	list = append(list, entries(base)...)
	list = append(list, checkpoints(base)...)
	list = append(list, receipts(base, string(receipt.Format()))...)
	list = append(list, commitments()...)
	proofs, err := proofs(l, base)
	return append(list, proofs...), err
}

func export(name, expect, about, body string, musts ...int) *vector {
	_, public := key(desk.Origin, 1)
	return &vector{name: name, expect: expect, musts: musts, about: about, form: "export",
		more: []header{{"key", public}}, body: body}
}

// change puts one text for another, which must stand in a text once.
func change(text, old, new string) string {
	if n := strings.Count(text, old); n != 1 {
		panic(fmt.Sprintf("%q stands %d times", old, n))
	}
	return strings.Replace(text, old, new, 1)
}

// exports are about the lines of an export.
func exports(base *draft) []*vector {
	text := base.text()
	lines := strings.SplitAfter(strings.TrimSuffix(text, "\n"), "\n")
	empty := (&draft{header: base.header}).text()
	origin := func(name, expect, about, written string) *vector {
		return export(name, expect, about, change(empty, `"example.org/world"`, `"`+written+`"`), 2)
	}
	signed := func(names ...string) string { // checkpoints over all entries, each signed under these names too
		d := base.clone()
		text := checkpointText(desk.Origin, len(d.leaves), d.root(len(d.leaves)))
		ours, _ := key(desk.Origin, 1)
		d.notes = nil
		for _, name := range names {
			note := sign(text, ours)
			if name != "" {
				other, _ := key(name, 1)
				note += signatures(sign(text, other))
			}
			d.notes = append(d.notes, ledger.Checkpoint{Size: int64(len(d.leaves)), Note: []byte(note)})
		}
		return d.text()
	}
	return []*vector{
		export("empty-ledger", "ok", "no entry and no checkpoint", empty, 2, 4),
		export("empty-ledger-signed", "ok", "a checkpoint of the empty tree", (&draft{header: base.header}).seal().text(), 32, 35),
		export("desk-upper-case", "entry", "the name of the desk has a capital letter",
			change(empty, `"world"`, `"World"`), 1),
		export("desk-double-hyphen", "entry", "the name of the desk has two hyphens on end",
			change(empty, `"world"`, `"world--desk"`), 1),
		export("desk-too-long", "entry", "the name of the desk has 64 bytes",
			change(empty, `"world"`, `"`+strings.Repeat("w", 64)+`"`), 1),
		reader("import", export("header-missing", "entry", "the first line is an entry", strings.Join(lines[1:], "")+"\n", 2)),
		reader("import", export("header-spaced", "entry", "the first line has a space after a colon",
			change(text, `{"claimledger":1`, `{"claimledger": 1`), 2)),
		reader("import", export("header-unsorted", "entry", "the desk stands before the number of the form",
			change(text, `"claimledger":1,"desk":"world"`, `"desk":"world","claimledger":1`), 2)),
		reader("import", export("header-member-unknown", "entry", "the first line has a member of an unknown name",
			change(text, `"origin":"example.org/world"}`, `"origin":"example.org/world","zone":"x"}`), 2)),
		reader("import", export("header-member-twice", "entry", "the desk is named twice",
			change(text, `"desk":"world","origin"`, `"desk":"world","desk":"world","origin"`), 2)),
		reader("import", export("header-no-origin", "entry", "the first line names no origin",
			change(empty, `,"origin":"example.org/world"`, ``), 2)),
		reader("import", export("header-no-desk", "entry", "the first line names no desk", change(empty, `"desk":"world",`, ``), 2)),
		origin("origin-long", "ok", "the origin has 200 bytes", strings.Repeat("x", 200)),
		origin("origin-too-long", "entry", "the origin has 201 bytes", strings.Repeat("x", 201)),
		origin("origin-empty", "entry", "the origin is empty", ""),
		origin("origin-space", "entry", "the origin has a space in it", "example.org/the world"),
		origin("origin-no-break-space", "entry", "the origin has a no-break space in it", "example.org/the\u00a0world"),
		origin("origin-plus", "entry", "the origin has a plus sign in it", "example.org+world"),
		origin("origin-control", "entry", "the origin has a control character in it", `example.org/\u0007world`),
		origin("origin-bidi", "entry", "the origin has a character that turns the direction of text", "example.org/\u202eworld"),
		reader("import", origin("origin-not-utf-8", "entry", "the origin has a byte that is no UTF-8", "example.org/\xffworld")),
		reader("import", export("format-zero", "entry", "the first line names a form that never was",
			change(text, `"claimledger":1`, `"claimledger":0`), 3)),
		reader("import", export("format-newer", "entry", "the first line names a later form",
			change(text, `"claimledger":1`, `"claimledger":2`), 3)),
		reader("import", export("line-cut", "entry", "the last line has no end", strings.TrimSuffix(unsealed(text), "\n"), 4)),
		reader("import", export("checkpoint-line-cut", "signature", "the last line, a checkpoint's, has no end",
			strings.TrimSuffix(text, "\n"), 4)),
		reader("import", export("line-blank", "entry", "an empty line stands at the end", text+"\n", 4)),
		reader("import", export("entry-after-checkpoints", "entry", "an entry stands after a checkpoint",
			text+change(lines[13], `"sequence":13`, `"sequence":14`), 4)),
		reader("import", export("checkpoint-line-spaced", "signature", "a checkpoint's line has a space after a colon",
			change(text, `"size":13}`, `"size": 13}`), 5)),
		reader("import", export("checkpoint-twice", "signature", "a checkpoint stands twice", text+lines[len(lines)-1]+"\n", 5)),
		reader("import", export("checkpoints-turned-around", "signature", "the larger checkpoint stands first",
			strings.Join(lines[:14], "")+lines[15]+"\n"+lines[14], 5)),
		export("checkpoints-of-one-size", "ok", "two checkpoints of one size stand in the order of their notes",
			signed("", "example.org/home", "example.org/sport"), 5),
		reader("import", export("checkpoints-of-one-size-turned-around", "signature",
			"of two checkpoints of one size the one whose note comes later stands first",
			signed("example.org/sport", "example.org/home"), 5)),
		reader("import", export("checkpoints-longer-first", "signature",
			"of two checkpoints of one size the one stands first whose note goes on where the other ends",
			signed("example.org/home", ""), 5)),
		reader("import", export("checkpoint-line-more", "signature", "a checkpoint's line has a member of an unknown name",
			change(text, `"size":13}`, `"size":13,"zone":"x"}`), 5)),
	}
}

// signatures gives those of a signed note.
func signatures(signed string) string {
	_, lines, _ := strings.Cut(signed, "\n\n")
	return lines
}

// reader says that only some readers meet the fault: import reads an export, audit what a store holds.
func reader(name string, v *vector) *vector {
	v.more = append(v.more, header{"reader", name})
	return v
}

// entries are ledgers that are signed, and yet no ledgers, but for some that are.
func entries(base *draft) []*vector {
	n := len(base.leaves)
	var list []*vector
	add := func(name, expect, about string, d *draft, musts ...int) *vector {
		v := export(name, expect, about, d.seal().text(), musts...)
		list = append(list, v)
		return v
	}
	bad := func(name, about string, must, sequence int, old, new string) *vector {
		return add(name, "entry", about, base.clone().swap(sequence, old, new), must)
	}
	more := func(name, expect, about string, must, like int, pairs ...string) *vector {
		return add(name, expect, about, base.clone().add(like, pairs...), must)
	}
	const why = `,"why":"a zero was missing"`

	bad("member-unknown", "an entry has a member of an unknown name", 6, 7, why, why+`,"zone":"x"`)
	bad("member-missing", "an entry has no author", 6, 1, `"author":"the reporter",`, ``)
	bad("why-empty", "why is there, and empty", 6, 7, why, `,"why":""`)
	bad("replaces-zero", "replaces is there, and 0", 6, 1, `"kind":"source",`, `"kind":"source","replaces":0,`)
	bad("entry-spaced", "an entry has a space after a colon", 7, 2, `"kind":"source"`, `"kind": "source"`)
	bad("members-unsorted", "key stands after kind", 7, 2, `"key":"handbasket","kind":"source"`, `"kind":"source","key":"handbasket"`)
	bad("body-unsorted", "members of a body are not in order", 7, 2, `"id":"handbasket","kind":"outlet"`,
		`"kind":"outlet","id":"handbasket"`)
	bad("escape-needless", "a letter is written as an escape", 7, 2, `"The Handbasket"`, `"\u0054he Handbasket"`)
	bad("member-twice", "a member of a body stands twice", 7, 2, `"kind":"outlet"`, `"kind":"outlet","kind":"outlet"`)
	bad("not-utf-8", "a text has a byte that is no UTF-8", 7, 2, `"The Handbasket"`, "\"The \xff Handbasket\"")
	bad("lone-surrogate", "a text has half of a surrogate pair", 7, 2, `"The Handbasket"`, `"\ud800 Handbasket"`)
	bad("cut-entry", "an entry ends in the middle", 7, n, `,"why":"goes out at three"}`, `,"why":"goes`)
	v := bad("entry-too-long", "an entry is longer than 1,048,576 bytes", 8, 2, `"The Handbasket"`, `"@@"`)
	v.more = append(v.more, header{"fill", fmt.Sprintf("@@ %d", 1<<20)})
	v.body = unsealed(v.body)
	bad("nested-too-deep", "an entry has lists in each other, more than 1,000 deep", 8, 2, `"The Handbasket"`,
		strings.Repeat("[", 999)+strings.Repeat("]", 999))
	{
		d := base.clone()
		d.leaves = append(d.leaves[:8:8], d.leaves[9:]...)
		add("sequence-gap", "entry", "entry 9 is missing", d, 9)
	}
	{
		d := base.clone()
		d.leaves[1], d.leaves[2] = d.leaves[2], d.leaves[1]
		add("sequence-turned-around", "entry", "entries 2 and 3 have changed places", d, 9)
	}
	bad("sequence-fraction", "a sequence is no whole number", 9, 1, `"sequence":1,`, `"sequence":1.5,`)
	bad("id-upper-case", "an id has capital letters", 10, 13, `-00000000000d"`, `-00000000000D"`)
	bad("id-version-4", "an id is a UUID of version 4", 10, 1, `-7000-`, `-4000-`)
	bad("id-other-variant", "an id is of another variant", 10, 1, `-7000-8000-`, `-7000-c000-`)
	{
		id := base.leaves[0][strings.Index(base.leaves[0], `"id":"0`):]
		id = id[:len(`"id":""`)+36]
		other := base.leaves[1][strings.Index(base.leaves[1], `"id":"0`):]
		other = other[:len(`"id":""`)+36]
		reader("audit", bad("id-twice", "two entries have one id", 10, 2, other, id))
	}
	bad("time-two-decimals", "a time has two decimals", 11, 1, `.000Z"`, `.00Z"`)
	bad("time-zone", "a time is not in UTC", 11, 1, `.000Z"`, `.000+00:00"`)
	bad("time-no-day", "a time is on 31 April", 11, 1, `2025-05-06T`, `2025-04-31T`)
	add("time-backwards", "ok", "a clock ran backwards", base.clone().swap(6, `"2025-05-06T`, `"2024-05-06T`), 11)
	bad("other-desk", "an entry is of another desk", 12, 3, `"desk":"world"`, `"desk":"home"`)
	bad("kind-unknown", "no kind of entry is called so", 13, 2, `"kind":"source"`, `"kind":"rumour"`)
	bad("author-empty", "the author is empty", 14, 1, `"the reporter"`, `""`)
	bad("author-too-long", "the author has 201 bytes", 14, 1, `"the reporter"`, `"`+strings.Repeat("x", 201)+`"`)
	add("author-long", "ok", "the author has 200 bytes", base.clone().swap(1, `"the reporter"`, `"`+strings.Repeat("x", 200)+`"`), 14)
	bad("why-too-long", "why has 2,001 bytes", 14, 7, `"a zero was missing"`, `"`+strings.Repeat("x", 2001)+`"`)
	renamed := func(story string) *draft { // of a story, whose name is the key
		return base.clone().swap(n, `"key":"flights"`, `"key":"`+story+`"`).swap(n, `"story":"flights"`, `"story":"`+story+`"`)
	}
	add("key-long", "ok", "a key has 200 bytes", renamed(strings.Repeat("x", 200)), 14)
	add("key-too-long", "entry", "a key has 201 bytes", renamed(strings.Repeat("x", 201)), 14)
	add("key-empty", "entry", "a key is empty", renamed(""), 14)
	bad("key-number", "a key is no string", 14, n, `"key":"flights"`, `"key":7`)
	add("key-escape", "entry", "a key has an escape character", renamed(`\u001b[2Jflights`), 15)
	add("key-bidi", "entry", "a key has a character that turns the direction of text", renamed("\u2066flights"), 15)
	add("key-line-separator", "entry", "a key has a line separator", renamed("two\u2028flights"), 15)
	bad("author-escape", "the author has an escape character", 15, 1, `"the reporter"`, `"the \u001b[2Jreporter"`)
	bad("author-bidi", "the author has a character that turns the direction of text", 15, 1, `"the reporter"`,
		"\"the \u202ereporter\"")
	bad("why-line-separator", "why has a line separator", 15, 7, `"a zero was missing"`, "\"a zero\u2028was missing\"")
	bad("body-list", "a body is a list", 16, 9, `"body":{"by":"the duty editor","date":"2025-05-06","reason":"one outlet alone has it",`+
		`"status":"unconfirmed"}`, `"body":[]`)
	bad("key-of-another-source", "the key is not the id in the body", 17, 2, `"key":"handbasket"`, `"key":"handbag"`)
	bad("key-of-another-story", "the key is not the story in the body", 17, n, `"key":"flights"`, `"key":"boats"`)

	bad("replaces-later", "an entry replaces a later one", 18, 7, `"replaces":5`, `"replaces":9`)
	bad("replaces-itself", "an entry replaces itself", 18, 7, `"replaces":5`, `"replaces":7`)
	bad("replaces-other-kind", "a claim replaces a source", 18, 7, `"replaces":5`, `"replaces":2`)
	more("replaces-other-key", "entry", "a claim replaces another claim", 18, 7, `"replaces":5`, `"replaces":12`)
	more("replaced-twice", "entry", "a claim is corrected that was corrected before", 19, 7)
	more("replaced-in-turn", "ok", "a correction is corrected", 19, 7, `"replaces":5`, `"replaces":7`)
	bad("withdraws-nothing", "a withdrawal does not say what it withdraws", 20, 11, `"replaces":10,`, ``)
	more("publication-withdrawn", "entry", "a publication is withdrawn", 20, 11, `"replaces":10`, `"replaces":13`,
		`"key":"rwanda-payment","kind":"waiver"`, `"key":"flights","kind":"publication"`)
	more("withdrawal-withdrawn", "entry", "a withdrawal is withdrawn", 20, 11, `"replaces":10`, `"replaces":11`)
	more("source-twice", "entry", "a source is made a second time", 21, 2)
	more("claim-twice", "entry", "a claim is made a second time", 21, 12)
	withdrawn := func() *draft {
		return base.clone().add(11, `"replaces":10`, `"replaces":12`, `"key":"rwanda-payment","kind":"waiver"`,
			`"key":"more-people","kind":"claim"`)
	}
	add("claim-withdrawn", "ok", "a claim on which nothing stands is withdrawn", withdrawn(), 20, 23)
	add("claim-remade", "ok", "a withdrawn claim is made again, in place of the withdrawal",
		withdrawn().add(12, `"kind":"claim",`, `"kind":"claim","replaces":14,`), 21)
	add("claim-remade-beside", "entry", "a withdrawn claim is made again beside the withdrawal", withdrawn().add(12), 21)
	more("ruling-twice", "entry", "a claim is ruled on a second time", 22, 9)
	more("ruling-corrected", "ok", "a ruling is corrected", 22, 9, `"kind":"ruling",`, `"kind":"ruling","replaces":9,`)
	more("claim-withdrawn-in-use", "entry", "a claim is withdrawn that evidence stands on", 23, 11, `"replaces":10`,
		`"replaces":7`, `"kind":"waiver"`, `"kind":"claim"`)
	more("source-withdrawn-in-use", "entry", "a source is withdrawn that evidence names", 23, 11, `"replaces":10`, `"replaces":2`,
		`"key":"rwanda-payment","kind":"waiver"`, `"key":"handbasket","kind":"source"`)
	more("source-withdrawn", "ok", "a source is withdrawn that nothing names", 23, 11, `"replaces":10`, `"replaces":3`,
		`"key":"rwanda-payment","kind":"waiver"`, `"key":"s-7f3a","kind":"source"`)
	bad("evidence-unknown-source", "evidence names a source that is not there", 24, 6, `"source":"handbasket"`, `"source":"handbag"`)
	bad("evidence-unknown-claim", "evidence is on a claim that is not there", 24, 6, `"key":"rwanda-payment"`, `"key":"rwanda"`)
	bad("evidence-unknown-relay", "evidence came through a source that is not there", 24, 6, `"source":"handbasket"`,
		`"source":"handbasket","via":["reuters"]`)
	bad("speaker-unknown", "a claim is said by a source that is not there", 24, 12, `"body":{`, `"body":{"by":"minister",`)
	bad("allegation-unknown-source", "a claim accuses a source that is not there", 24, 12, `"body":{`,
		`"body":{"allegation":{"against":["minister"]},`)
	more("ruling-unknown-claim", "entry", "a ruling is on a claim that is not there", 24, 9, `"key":"rwanda-payment"`,
		`"key":"rwanda"`)
	more("waiver-unknown-claim", "entry", "a waiver is on a claim that is not there", 24, 10, `"key":"rwanda-payment"`,
		`"key":"rwanda"`)
	bad("ruling-before-its-claim", "a ruling is on a claim that is made after it", 24, 9, `"key":"rwanda-payment"`,
		`"key":"more-people"`)
	add("evidence-on-withdrawn-claim", "entry", "evidence is given again on a claim that was withdrawn after it", base.clone().
		add(6, `"key":"rwanda-payment"`, `"key":"more-people"`).
		add(11, `"replaces":10`, `"replaces":14`, `"key":"rwanda-payment","kind":"waiver"`, `"key":"more-people","kind":"evidence"`).
		add(11, `"replaces":10`, `"replaces":12`, `"key":"rwanda-payment","kind":"waiver"`, `"key":"more-people","kind":"claim"`).
		add(14, `"kind":"evidence",`, `"kind":"evidence","replaces":15,`), 24)
	add("publication-withdrawn-claim", "entry", "a publication uses a claim that was withdrawn", withdrawn().
		add(13, `"id":"rwanda-payment"`, `"id":"more-people"`), 24)
	add("evidence-withdrawn-source", "entry", "evidence names a source that was withdrawn", base.clone().
		add(11, `"replaces":10`, `"replaces":3`, `"key":"rwanda-payment","kind":"waiver"`, `"key":"s-7f3a","kind":"source"`).
		add(6, `"source":"handbasket"`, `"source":"s-7f3a"`), 24)
	bad("publication-unknown-claim", "a publication uses a claim that is not there", 24, n, `"id":"rwanda-payment"`, `"id":"rwanda"`)
	bad("author-unknown", "the author of a document is not there", 25, 4, `"author":"handbasket"`, `"author":"handbag"`)
	add("author-later", "ok", "a document stands before its author, of the same append", base.clone().
		add(4, `"id":"cable"`, `"id":"memo"`, `"key":"cable"`, `"key":"memo"`, `"author":"handbasket"`, `"author":"ministry"`).
		add(2, `"id":"handbasket"`, `"id":"ministry"`, `"key":"handbasket"`, `"key":"ministry"`), 25)
	bad("two-houses", "two sources are the house", 26, 2, `"id":"handbasket"`, `"house":true,"id":"handbasket"`)
	bad("house-supports", "the house supports a claim", 26, 8, `,"stance":"cannot-confirm"`, ``)
	bad("cannot-confirm-by-another", "a source that is not the house says cannot-confirm", 26, 8, `"source":"san"`,
		`"source":"handbasket"`)
	bad("source-kind-unknown", "no kind of source is called so", 27, 2, `"kind":"outlet"`, `"kind":"weblog"`)
	bad("claim-no-text", "a claim has no text", 27, 12, `,"text":"Rwanda agreed to take ten more people."`, ``)
	bad("evidence-unknown-member", "evidence has a member of an unknown name", 27, 6, `"basis":"not-stated",`,
		`"basis":"not-stated","rumour":"x",`)
	bad("value-unread", "a value cannot be read", 27, 7, `"100000 USD"`, `"a lot of money"`)
	bad("claim-with-evidence", "evidence stands in a claim's body", 28, 12, `,"id":"more-people"`,
		`,"evidence":[{"source":"handbasket"}],"id":"more-people"`)
	bad("claim-contradicts-itself", "a claim contradicts itself", 27, 12, `["rwanda-payment"]`, `["more-people"]`)
	bad("house-false", "house is written as false", 29, 2, `"id":"handbasket"`, `"house":false,"id":"handbasket"`)
	bad("commitment-unprotected", "a commitment on a source that is not protected", 29, 3, `,"protect":true`, ``)
	bad("commitment-short", "a commitment has 63 digits", 29, 3, commitment(), commitment()[1:])
	bad("commitment-upper-case", "a commitment has capital letters", 29, 3, commitment(), strings.ToUpper(commitment()))
	bad("publication-no-policy", "a publication does not say by which policy", 30, n, `"policy":"standard 1",`, ``)
	bad("publication-status-unknown", "there is no such status", 30, n, `"status":"unconfirmed"`, `"status":"likely"`)
	bad("publication-short-hash", "the hash of the story has 63 digits", 30, n, digest(), digest()[1:])
	bad("publication-member-unknown", "a publication has a member of an unknown name", 30, n, `"story":"flights",`,
		`"story":"flights","tone":"x",`)
	bad("publication-claim-member-unknown", "a claim used has a member of an unknown name", 30, n, `,"status":"unconfirmed"`,
		`,"share":"x","status":"unconfirmed"`)
	bad("publication-waiver-member-unknown", "a waiver has a member of an unknown name", 30, n, `"reason":"rounded"`,
		`"rank":"x","reason":"rounded"`)
	bad("publication-claim-twice", "a claim is used twice", 30, n, `[{"id":"rwanda-payment","status":"unconfirmed"}]`,
		`[{"id":"rwanda-payment","status":"unconfirmed"},{"id":"rwanda-payment","status":"confirmed"}]`)
	bad("publication-claim-no-status", "a claim used has no status", 30, n, `,"status":"unconfirmed"`, ``)
	bad("publication-no-claims", "the list of claims is missing", 30, n,
		`"claims":[{"id":"rwanda-payment","status":"unconfirmed"}],`, ``)
	bad("publication-claims-null", "the list of claims is null", 30, n,
		`"claims":[{"id":"rwanda-payment","status":"unconfirmed"}]`, `"claims":null`)
	bad("publication-no-waivers", "the list of waivers is missing", 30, n,
		`,"waivers":[{"by":"the duty editor","check":"drift","reason":"rounded"}]`, ``)
	add("publication-empty-lists", "ok", "a publication uses no claim and has no waiver", base.clone().
		swap(n, `[{"id":"rwanda-payment","status":"unconfirmed"}]`, `[]`).
		swap(n, `[{"by":"the duty editor","check":"drift","reason":"rounded"}]`, `[]`), 30)
	bad("publication-empty-policy", "the policy is empty", 30, n, `"policy":"standard 1"`, `"policy":""`)
	bad("publication-waiver-claim-null", "the claim of a waiver is null", 30, n, `"check":"drift",`, `"check":"drift","claim":null,`)
	bad("publication-waiver-until-unread", "the day up to which a waiver holds is none", 30, n, `"reason":"rounded"`,
		`"reason":"rounded","until":"soon"`)
	bad("publication-waiver-no-reason", "a waiver has no reason", 30, n, `,"reason":"rounded"`, ``)
	{
		d := base.clone()
		v := export("leaf-altered", "tree", "an entry was altered after it was signed",
			d.swap(7, "$100,000", "$900,000").text(), 32, 35)
		list = append(list, v)
	}
	return list
}

// unsealed takes the checkpoints off an export.
func unsealed(text string) string {
	at := strings.Index(text, `{"checkpoint"`)
	return text[:at]
}

// checkpoints are about signed notes.
func checkpoints(base *draft) []*vector {
	n := len(base.leaves)
	root := base.root(n)
	right := checkpointText(desk.Origin, n, root)
	ours, _ := key(desk.Origin, 1)
	stranger, _ := key(desk.Origin, 2)
	other, _ := key("example.org/home", 1)
	var list []*vector
	add := func(name, expect, about, signed string, musts ...int) *vector {
		v := export(name, expect, about, base.clone().noted(n, signed).text(), musts...)
		list = append(list, v)
		return v
	}
	good := sign(right, ours)
	crowd := func(signers int) string { // signed by that many, the ledger's key being the last
		var lines strings.Builder
		for i := range signers - 1 {
			witness, _ := key(fmt.Sprintf("example.org/witness-%d", i+1), 1)
			lines.WriteString(signatures(sign(right, witness)))
		}
		return right + "\n" + lines.String() + signatures(good)
	}
	add("checkpoint-100-signatures", "ok", "a checkpoint has 100 signatures", crowd(100), 33)
	add("checkpoint-101-signatures", "signature", "a checkpoint has 101 signatures", crowd(101), 33)
	long := add("checkpoint-too-long", "signature", "a checkpoint is longer than 1,048,576 bytes", good+"— @@ AAAAAAA=\n", 33)
	long.more = append(long.more, header{"fill", fmt.Sprintf("@@ %d", 1<<20)})
	add("checkpoint-extension-line", "signature", "a checkpoint has a fourth line", sign(right+"more\n", ours), 33)
	add("checkpoint-padded-size", "signature", "the size in a checkpoint has a leading zero",
		sign(strings.Replace(right, "\n13\n", "\n013\n", 1), ours), 33)
	add("checkpoint-short-root", "signature", "the root in a checkpoint has 31 bytes",
		sign(desk.Origin+"\n13\n"+strings.Repeat("A", 40)+"AA==\n", ours), 33)
	add("checkpoint-unsigned", "signature", "a checkpoint has no signature", right+"\n", 33)
	add("checkpoint-other-origin", "signature", "a checkpoint is of another ledger",
		sign(checkpointText("example.org/home", n, root), other), 34)
	add("checkpoint-other-key", "signature", "a checkpoint is signed by another key of the same name", sign(right, stranger), 34)
	add("checkpoint-other-name", "signature", "a checkpoint is signed under a name that is not its origin", sign(right, other), 34)
	at := strings.LastIndex(good, "=")
	altered := []byte(good)
	altered[at-10] = "AB"[strings.Count(good[at-10:at-9], "A")]
	add("signature-altered", "signature", "a signature was altered", string(altered), 34)
	add("two-signatures", "ok", "another key has signed the checkpoint too", good+signatures(sign(right, other)), 34)
	add("checkpoint-cosigned", "ok", "a checkpoint has a signature of another type beside the ledger's",
		good+cosigned(right, desk.Origin, 1), 34)
	add("checkpoint-cosigned-alone", "signature", "the only signature is of another type, by the same secret and under the same name",
		right+"\n"+cosigned(right, desk.Origin, 1), 34)
	add("signature-loose-base64", "signature", "unused bits of a signature's base64 are not zero", loosened(good), 36)
	add("root-loose-base64", "signature", "unused bits of the root's base64 are not zero",
		sign(loosened(right), ours), 36)
	add("signature-no-padding", "signature", "a signature's base64 has no padding", strings.TrimRight(good, "=\n")+"\n", 36)
	{
		wrong := root
		wrong[0] ^= 1
		add("checkpoint-other-root", "tree", "a checkpoint is over other entries", sign(checkpointText(desk.Origin, n, wrong), ours), 35)
	}
	{
		d := base.clone()
		d.leaves = d.leaves[:n-1]
		list = append(list, export("cut-off", "tree", "the last entry was cut off, and its checkpoint was not", d.text(), 35))
	}
	list = append(list, export("checkpoint-of-another-size", "signature", "the line says another size than the note",
		base.clone().noted(n-1, good).text(), 5))

	// Held against a checkpoint that was kept elsewhere.
	trusted := func(v *vector, signed string) {
		v.more = append(v.more, header{"trusted", escape(signed)})
		list = append(list, v)
	}
	trusted(export("kept-elsewhere", "ok", "a checkpoint that was kept elsewhere is of this ledger", base.text(), 37), good)
	{
		d := base.clone().swap(7, "$100,000", "$900,000").seal()
		trusted(export("written-anew", "consistency", "a ledger was written anew and signed again by its key", d.text(), 37), good)
		short := base.clone()
		short.leaves = short.leaves[:n-1]
		trusted(export("cut-off-and-signed", "consistency", "the last entry was cut off, and what is left signed again",
			short.seal().text(), 37), good)
	}
	return list
}

// loosened sets an unused bit of the last base64 in a text, which says the same to a reader that does not look.
func loosened(text string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	at := len(strings.TrimRight(text, "=\n")) - 1
	return text[:at] + string(alphabet[strings.IndexByte(alphabet, text[at])+1]) + text[at+1:]
}

// receiptOf writes a receipt, whatever stands in it.
func receiptOf(leaf string, proof tlog.RecordProof, signed string) string {
	hashes := make([]string, len(proof))
	for i, h := range proof {
		hashes[i] = "\n\"" + h.String() + "\""
	}
	return fmt.Sprintf("{\n\"claimledger-receipt\": 1,\n\"entry\": %s,\n\"proof\": [%s],\n\"checkpoint\": \"%s\"\n}\n", leaf,
		strings.Join(hashes, ","), escape(signed))
}

func receipts(base *draft, good string) []*vector {
	_, public := key(desk.Origin, 1)
	_, stranger := key(desk.Origin, 2)
	var list []*vector
	add := func(name, expect, about, key, sum, body string, musts ...int) {
		list = append(list, &vector{name: name, expect: expect, musts: musts, about: about, form: "receipt",
			more: []header{{"key", key}, {"sha256", sum}}, body: body})
	}
	bad := func(name, expect, about string, must int, old, new string) {
		add(name, expect, about, public, digest(), change(good, old, new), must)
	}
	add("receipt", "ok", "a receipt of the story in the example", public, digest(), good, 38, 39, 40, 41, 42)
	bad("receipt-spaced", "receipt", "a receipt has a space too many", 38, `"proof": [`, `"proof":  [`)
	bad("receipt-newer", "receipt", "a receipt is of a later form", 3, `"claimledger-receipt": 1`, `"claimledger-receipt": 2`)
	bad("receipt-more", "receipt", "a receipt has a member of an unknown name", 38, `"proof": [`, "\"zone\": \"x\",\n\"proof\": [")
	bad("receipt-no-line-feed", "receipt", "a receipt does not end in a line feed", 38, "\"\n}\n", "\"\n}")
	bad("receipt-twice", "receipt", "something follows a receipt", 38, "\"\n}\n", "\"\n}\n{}\n")
	bad("receipt-too-long", "receipt", "a receipt is longer than 1,048,576 bytes", 38, `"policy":"standard 1"`, `"policy":"@@"`)
	list[len(list)-1].more = append(list[len(list)-1].more, header{"fill", fmt.Sprintf("@@ %d", 1<<20)})
	{
		proof := good[:strings.Index(good, "],\n\"checkpoint\"")]
		at := strings.LastIndex(proof, "=")
		add("receipt-hash-loose-base64", "receipt", "unused bits of a hash's base64 are not zero", public, digest(),
			loosened(good[:at+1])+good[at+1:], 38)
	}

	// Signed and proved as they are: only the entry is at fault.
	n := len(base.leaves)
	signer, _ := key(desk.Origin, 1)
	entry := func(name, expect, about string, must int, old, new string) {
		d := base.clone().swap(n, old, new).seal()
		add(name, expect, about, public, digest(), receiptOf(d.leaves[n-1], d.proof(n), string(d.notes[0].Note)), 39, must)
	}
	entry("receipt-remade", "ok", "the author in a receipt is another", 14, `"the duty editor","body"`, `"an editor","body"`)
	entry("receipt-member-unknown", "entry", "the entry in a receipt has a member of an unknown name", 6, `"why":"goes out at three"`,
		`"why":"goes out at three","zone":"x"`)
	entry("receipt-why-empty", "entry", "why is there in a receipt, and empty", 6, `"why":"goes out at three"`, `"why":""`)
	entry("receipt-entry-not-canonical", "entry", "the entry in a receipt is not in canonical form", 7, `"kind":"publication"`,
		`"kind": "publication"`)
	entry("receipt-sequence-fraction", "entry", "the sequence in a receipt is no whole number", 9, `"sequence":13`, `"sequence":13.5`)
	entry("receipt-id-version-4", "entry", "the id in a receipt is a UUID of version 4", 10, `-7000-`, `-4000-`)
	entry("receipt-time-two-decimals", "entry", "the time in a receipt has two decimals", 11, `.000Z"`, `.00Z"`)
	entry("receipt-desk-upper-case", "entry", "the desk in a receipt has a capital letter", 12, `"desk":"world"`, `"desk":"World"`)
	entry("receipt-of-a-ruling", "entry", "the entry in a receipt is not a publication", 39, `"kind":"publication"`, `"kind":"ruling"`)
	entry("receipt-kind-unknown", "entry", "no kind of entry is called as in a receipt", 13, `"kind":"publication"`, `"kind":"story"`)
	entry("receipt-author-too-long", "entry", "the author in a receipt has 201 bytes", 14, `"the duty editor","body"`,
		`"`+strings.Repeat("x", 201)+`","body"`)
	entry("receipt-author-bidi", "entry", "the author in a receipt has a character that turns the direction of text", 15,
		`"the duty editor","body"`, "\"the \u202eduty editor\",\"body\"")
	entry("receipt-key-of-another-story", "entry", "the key in a receipt is not the story in its body", 17, `"key":"flights"`,
		`"key":"boats"`)
	entry("receipt-publication-no-policy", "entry", "the publication in a receipt does not say by which policy", 30,
		`"policy":"standard 1",`, ``)
	entry("receipt-publication-member-unknown", "entry", "the publication in a receipt has a member of an unknown name", 30,
		`"story":"flights",`, `"story":"flights","tone":"x",`)
	entry("receipt-publication-claim-twice", "entry", "the publication in a receipt uses a claim twice", 30,
		`[{"id":"rwanda-payment","status":"unconfirmed"}]`,
		`[{"id":"rwanda-payment","status":"unconfirmed"},{"id":"rwanda-payment","status":"confirmed"}]`)
	{
		body := base.leaves[n-1][strings.Index(base.leaves[n-1], `"body":`):]
		entry("receipt-body-list", "entry", "the body in a receipt is a list", 16, body[:strings.Index(body, `,"desk"`)], `"body":[]`)
		// The last entry of a tree whose other entries nobody has to have: a left half of 2⁵³ is one hash.
		leaf := change(base.leaves[n-1], `"sequence":13`, `"sequence":9007199254740993`)
		root := tlog.NodeHash(base.root(n), tlog.RecordHash([]byte(leaf)))
		add("receipt-sequence-too-large", "entry", "the sequence in a receipt is 2⁵³ + 1", public, digest(), receiptOf(leaf,
			tlog.RecordProof{base.root(n)}, sign(fmt.Sprintf("%s\n%d\n%s\n", desk.Origin, int64(1)<<53+1, root), signer)), 39, 9)
	}

	// Signed by the key, if in a form that no checkpoint has.
	right := checkpointText(desk.Origin, n, base.root(n))
	witness, _ := key("example.org/home", 1)
	signed := func(name, expect, about, note string, must int) {
		add(name, expect, about, public, digest(), receiptOf(base.leaves[n-1], base.proof(n), note), 40, must)
	}
	signed("receipt-checkpoint-extension-line", "signature", "the checkpoint in a receipt has a fourth line",
		sign(right+"more\n", signer), 33)
	signed("receipt-checkpoint-two-lines", "signature", "the checkpoint in a receipt has no root",
		sign(desk.Origin+"\n13\n", signer), 33)
	signed("receipt-checkpoint-padded-size", "signature", "the size in a receipt's checkpoint has a leading zero",
		sign(strings.Replace(right, "\n13\n", "\n013\n", 1), signer), 33)
	signed("receipt-checkpoint-short-root", "signature", "the root in a receipt's checkpoint has 31 bytes",
		sign(desk.Origin+"\n13\n"+strings.Repeat("A", 40)+"AA==\n", signer), 33)
	signed("receipt-checkpoint-unsigned", "signature", "the checkpoint in a receipt has no signature", right+"\n", 33)
	signed("receipt-checkpoint-other-origin", "signature", "the checkpoint in a receipt is of another ledger, and signed by the key",
		sign(checkpointText("example.org/home", n, base.root(n)), signer), 40)
	signed("receipt-checkpoint-other-name", "signature", "the checkpoint in a receipt is signed under another name alone",
		sign(right, witness), 40)
	signed("receipt-checkpoint-two-signatures", "ok", "another key has signed the checkpoint in a receipt too",
		sign(right, witness)+signatures(sign(right, signer)), 40)
	signed("receipt-checkpoint-cosigned-alone", "signature", "the only signature in a receipt is of another type",
		right+"\n"+cosigned(right, desk.Origin, 1), 40)
	signed("receipt-checkpoint-loose-base64", "signature", "unused bits of the signature's base64 in a receipt are not zero",
		loosened(sign(right, signer)), 36)
	bad("receipt-status-altered", "tree", "a status in a receipt was altered", 41, `"status":"unconfirmed"`, `"status":"confirmed"`)
	first := good[strings.Index(good, "\"proof\": [\n\"")+len("\"proof\": [\n"):]
	first = first[:strings.Index(first, "\n")+1]
	bad("receipt-proof-short", "tree", "a hash of the proof is missing", 41, first, "")
	bad("receipt-proof-long", "tree", "a hash stands in the proof twice", 41, first, first+first)
	add("receipt-other-key", "signature", "the key is another one of the same name", stranger, digest(), good, 40)
	bad("receipt-checkpoint-altered", "signature", "the size in the checkpoint was altered", 40, `\n13\n`, `\n14\n`)
	add("receipt-other-story", "receipt", "another story was published", public, strings.Repeat("0f", 32), good, 42)
	return list
}

func commitments() []*vector {
	to := func(message, name, expect, about, who, salt string) *vector {
		return &vector{name: name, expect: expect, musts: []int{31}, about: about, form: "commitment",
			more: []header{{"identity", who}, {"salt", salt}}, body: commitmentTo(message) + "\n"}
	}
	opened := func(name, expect, about, who, salt string) *vector {
		return to(identity, name, expect, about, who, salt)
	}
	const composed, apart = "Zo\u00eb Brien", "Zoe\u0308 Brien"
	right := hex.EncodeToString(salt)
	other := bytes.Clone(salt)
	other[0] ^= 1
	return []*vector{
		opened("commitment", "ok", "a commitment is opened with what it was made of", identity, hex.EncodeToString(salt)),
		opened("commitment-other-identity", "entry", "a commitment is opened with another identity", "the second secretary",
			hex.EncodeToString(salt)),
		opened("commitment-other-salt", "entry", "a commitment is opened with another salt", identity, hex.EncodeToString(other)),
		to(composed, "commitment-decomposed", "ok", "an identity is given with a letter and its accent apart", apart, right),
		to(composed, "commitment-spaced", "ok", "an identity is given with white space around it", " "+composed+"\u00a0 ", right),
		to(apart, "commitment-not-nfc", "entry", "a commitment was made of a letter and its accent apart", apart, right),
		to(" "+composed, "commitment-not-trimmed", "entry", "a commitment was made with a space before the identity", " "+composed,
			right),
	}
}

// proofs are about inclusion and consistency.
func proofs(l *ledger.Ledger, base *draft) ([]*vector, error) {
	ctx := context.Background()
	old, size, sequence := 6, len(base.leaves), 7
	consistency, err := l.Consistency(ctx, int64(old), int64(size))
	if err != nil {
		return nil, err
	}
	inclusion, err := l.Inclusion(ctx, int64(sequence), int64(size))
	if err != nil {
		return nil, err
	}
	wrong := base.root(old)
	wrong[5] ^= 1
	make := func(name, expect, about, form, of string, proof []tlog.Hash, must int) *vector {
		var body strings.Builder
		for _, h := range proof {
			body.WriteString(h.String() + "\n")
		}
		return &vector{name: name, expect: expect, musts: []int{must}, about: about, form: form,
			more: []header{{"of", of}, {"tree", fmt.Sprint(size, " ", base.root(size))}}, body: body.String()}
	}
	before := func(root tlog.Hash) string { return fmt.Sprint(old, " ", root) }
	entry := func(n int) string { return fmt.Sprint(n, " ", tlog.RecordHash([]byte(base.leaves[n-1]))) }
	return []*vector{
		make("proof-of-consistency", "ok", "a tree adds to an earlier one", "consistency", before(base.root(old)), consistency, 37),
		make("proof-of-consistency-wrong-root", "consistency", "a tree does not add to another", "consistency", before(wrong),
			consistency, 37),
		make("proof-of-consistency-short", "consistency", "a proof lacks a hash", "consistency", before(base.root(old)),
			consistency[1:], 37),
		make("proof-of-inclusion", "ok", "an entry stands in a tree", "inclusion", entry(sequence), inclusion, 41),
		make("proof-of-inclusion-other-entry", "tree", "another entry stands there", "inclusion",
			strings.Replace(entry(sequence+1), "8 ", "7 ", 1), inclusion, 41),
	}, nil
}
