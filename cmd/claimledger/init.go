package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/internal/files"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify/report"
)

// emptyFile is what init writes: a claim file without claims, that says in comments how to write one.
const emptyFile = `# Who keeps this file: the id of your newsroom among the sources.
house: newsroom

# Everyone who asserts something. kind is outlet, organization, person, anonymous, document, dataset or observation.
sources:
  newsroom: {kind: outlet, name: Our newsroom}
  # daily:     {kind: outlet, name: The Daily}
  # officials: {kind: anonymous, name: city officials, count: 2}

# Every statement that can be checked, under an id of your choosing.
claims: {}
  # bridge-closed:
  #   text: The bridge has been closed since 3 May.
  #   evidence:
  #     - {source: officials, via: [daily], date: 2025-05-06}   # city officials told The Daily
  #     - {source: newsroom, stance: cannot-confirm, date: 2025-05-06}
`

func (c *command) init() *cobra.Command {
	return &cobra.Command{
		Use:   "init [FILE | STORY]",
		Short: "Start a claim file: an empty one, or one with a claim to fill in for each checkable sentence of a story",
		Long: `init FILE writes an empty claim file (claims.yaml where no FILE is named). init STORY writes NAME.claims.yaml beside the
story, with an empty claim for each sentence that can be checked. The sentence and whom it credits stand there as comments
only, so that nothing is checked against itself; the id is made of words of the sentence.`,
		Example: `  claimledger init claims.yaml
  claimledger init story.md`,
		Args: atMost("FILE"),
		RunE: func(_ *cobra.Command, args []string) error {
			path, text := "claims.yaml", emptyFile
			if len(args) > 0 {
				path = args[0]
			}
			next := "add claims, then run 'claimledger check " + path + "'"
			if path == "-" {
				return errors.New("init writes a file beside the story; name the story's file")
			}
			if strings.EqualFold(filepath.Ext(path), ".jsonl") {
				return fmt.Errorf("%s: JSON Lines are for tools to write; name a .yaml file, or a story", path)
			}
			if !isClaimFile(path) {
				draft, err := c.readDraft(path, "")
				if err != nil {
					return err
				}
				story := path
				if there, err := claimFileOf(story); err == nil {
					return fmt.Errorf("%s already has the claim file %s; nothing was written", story, there)
				}
				path = strings.TrimSuffix(story, filepath.Ext(story)) + ".claims.yaml"
				claims := skeletons(draft)
				text = fromStory(draft, claims)
				if err := c.refuse("what is written of "+story, text); err != nil {
					return err
				}
				next = nextStep(story, claims)
			}
			if err := files.WriteNew(path, []byte(text), 0o644); err != nil {
				return err
			}
			_, err := fmt.Fprintf(c.stdout, "%s written; %s\n", path, next)
			return err
		},
	}
}

// skeleton is a claim that is to be written, from a sentence that can be checked.
type skeleton struct {
	id       string
	sentence *drafts.Sentence
	field    string             // of front matter, if the sentence stands in that
	again    []*drafts.Sentence // the same words in other places, as a title has them that is a heading too
}

// skeletons gives a skeleton for each checkable sentence of a draft; one for all that say the same in the same words.
func skeletons(d *drafts.Draft) []skeleton {
	var list []skeleton
	taken := map[string]bool{}
	said := map[string]int{}
	for i := range d.Sentences {
		s := &d.Sentences[i]
		if len(s.Checkable()) == 0 {
			continue
		}
		words := strings.ToLower(strings.TrimRight(strings.Join(strings.Fields(s.Text), " "), ".!?"))
		if n, ok := said[words]; ok {
			list[n].again = append(list[n].again, s)
			continue
		}
		said[words] = len(list)
		slug := slugOf(s)
		id := slug
		for n := 2; taken[id]; n++ {
			id = fmt.Sprintf("%s-%d", slug, n)
		}
		taken[id] = true
		list = append(list, skeleton{id: id, sentence: s, field: d.Blocks[s.Block].Field})
	}
	return list
}

// storyHead stands before the claims that are to be written.
const storyHead = `# Every statement of the story that can be checked. Say in text what is to be shown, in words of your own, and in evidence
# who says so and how it came to you:
#     evidence:
#       - {source: officials, via: [daily], date: 2025-05-06}   # city officials told The Daily
# Take out the claims that you do not need. In the story, %s.
claims:
`

// fromStory gives a claim file with the skeletons of a draft.
func fromStory(d *drafts.Draft, claims []skeleton) string {
	if len(claims) == 0 {
		return emptyFile
	}
	head, _, _ := strings.Cut(emptyFile, "# Every statement")
	var out strings.Builder
	out.WriteString(head)
	fmt.Fprintf(&out, storyHead, markAs(d.File.Name, claims))
	for _, c := range claims {
		line := d.File.Point(c.sentence.Start, position.Runes).Line
		fmt.Fprintf(&out, "\n  # %s:%d: %s\n", filepath.Base(d.File.Name), line, comment(c.sentence.Text))
		for _, s := range c.again {
			fmt.Fprintf(&out, "  # %s:%d: the same\n", filepath.Base(d.File.Name), d.File.Point(s.Start, position.Runes).Line)
		}
		for _, a := range c.sentence.Attributions {
			if a.Credit.Start < a.Credit.End {
				fmt.Fprintf(&out, "  # credits %s\n", comment(c.sentence.Words(a.Credit)))
			}
		}
		if c.field != "" {
			fmt.Fprintf(&out, "  # tied by this in the front matter: claims: {%s: [%s]}\n", comment(c.field), c.id)
		}
		fmt.Fprintf(&out, "  %s:\n    text:\n    evidence: []\n", c.id)
	}
	return out.String()
}

// markAs says by example what ties a passage of a story to a claim.
func markAs(story string, claims []skeleton) string {
	id := claims[0].id
	if n := slices.IndexFunc(claims, func(c skeleton) bool { return c.field == "" }); n >= 0 {
		id = claims[n].id
	}
	if ext := strings.ToLower(filepath.Ext(story)); ext == ".html" || ext == ".htm" {
		return `data-claim="` + id + `" in the tag around a passage ties it to its claim`
	}
	return "[^" + id + "] behind a passage ties it to its claim"
}

// nextStep says what to do with the claim file that was written for a story.
func nextStep(story string, claims []skeleton) string {
	if len(claims) == 0 {
		return "nothing checkable was found in " + story + ": no amount, date, superlative, quotation or accusation; add claims " +
			"of your own, then run 'claimledger check " + story + "'"
	}
	return "fill it in and mark the story (" + markAs(story, claims) + "), then run 'claimledger check " + story + "'"
}

// comment gives text that fits in a comment of one line.
func comment(text string) string { return strings.Join(strings.Fields(report.Visible(text)), " ") }
