package checks

import (
	"slices"
	"strings"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

// ownWordOf reports whether all that holds a claim up is somebody's word on what they themselves did, decided or keep count
// of, and nothing speaks against it: they are no party to the matter, and nobody has answered it or was asked to.
func ownWordOf(c *verify.Cited) bool {
	stale := !c.Claim.Expires.IsZero() && c.Today.After(c.Claim.Expires)
	if stale || c.Claim.Allegation != nil || c.Claim.Kind == claims.Forecast || c.Claim.Kind.Spoken() || c.Ruled() {
		return false
	}
	list := records(c.Assessed)
	return len(list) > 0 && !slices.ContainsFunc(list, func(e record) bool {
		return e.Stance != claims.Supports || e.Basis != claims.Role || e.Party || e.origin.Party || len(e.Via) > 0 ||
			e.origin.Kind == sources.Anonymous
	})
}

// bodysAct reports whether a passage says what a body does or means to do, as the claim has it and the body itself told:
// 'The court has opened an inquiry'. In a headline, which has no room to say who, it may leave the body out.
func bodysAct(c *verify.Cited) bool {
	for _, e := range records(c.Assessed) {
		if e.Stance == claims.Denies || e.Stance == claims.Retracts || e.Stance == claims.CannotConfirm {
			return false
		}
	}
	r, words := read(c.Story), wordsOf(c.Claim.Text)
	said := r.sentence(c.Passage.From)
	return slices.ContainsFunc(counted(c.Assessed, claims.Supports), func(e record) bool {
		if e.Basis != claims.Role {
			return false
		}
		acts := slices.ContainsFunc(r.names.find(words), func(m mention) bool {
			return (m.first == 0 || m.first == 1 && opening[words[0].folded]) && slices.Contains(m.sources, e.row.Origin) &&
				slices.ContainsFunc(words[m.end:min(len(words), m.end+4)], func(w word) bool {
					return slices.ContainsFunc(bodyActs, func(start string) bool { return strings.HasPrefix(w.folded, start) })
				})
		})
		return acts && (inHeadline(c) || slices.ContainsFunc(r.spokenOf(said, []uint32{e.row.Origin}),
			func(m mention) bool { return m.first <= 1 }))
	})
}

// bodyActs are how the verbs start for what a body makes so by doing it, or by saying that it means to.
var bodyActs = []string{"consider", "look", "investigat", "review", "plan", "intend", "decid", "appeal", "propos", "urg", "ask",
	"seek", "announc", "approv", "vot", "open", "suspend", "appoint", "ban", "launch", "order", "fined", "charg", "arrest",
	"sanction", "sentenc", "offer"}

// onRecord reports whether documents, or those who speak for themselves, hold a claim up, and nobody else has a word in it.
func onRecord(c *verify.Cited) bool {
	if c.Claim.Allegation != nil || c.Claim.Kind != claims.Fact || c.Ruled() {
		return false
	}
	list := records(c.Assessed)
	return len(list) > 0 && !slices.ContainsFunc(list, func(e record) bool {
		return e.Stance != claims.Supports || e.Party || e.origin.Party || len(e.Via) > 0 ||
			e.Basis != claims.Role && !e.origin.HoldsRecords()
	})
}
