package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

const (
	claimsName = "desk.claims.yaml"
	today      = "2026-03-02" // the day of the checks, so that they find the same on any day
)

// corpus is generated stories and the claim file that they rest on. The same seed gives the same bytes.
type corpus struct {
	claims     string // the claim file
	claimCount int
	articles   []string
}

// generate makes a claim file and so many articles of about so many words each, with a mark to about every hundred words.
func generate(seed uint64, claims, articles, words int) corpus {
	w := &writer{Rand: rand.New(rand.NewPCG(seed, 0))}
	c := corpus{claimCount: claims}
	facts := make([]fact, claims)
	for n := range facts {
		facts[n] = w.fact(n)
	}
	c.claims = claimFile(facts)
	for n := range articles {
		c.articles = append(c.articles, w.article(n, words, facts))
	}
	return c
}

// write writes the corpus to a folder, and gives the names of the articles in it.
func (c corpus) write(dir string) ([]string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(dir, claimsName), []byte(c.claims), 0o644); err != nil {
		return nil, err
	}
	var names []string
	for n, article := range c.articles {
		name := fmt.Sprintf("%04d.md", n)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(article), 0o644); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}

// words counts what spaces separate.
func (c corpus) words() int {
	n := 0
	for _, article := range c.articles {
		n += len(strings.Fields(article))
	}
	return n
}

func (c corpus) marks() int {
	n := 0
	for _, article := range c.articles {
		n += strings.Count(article, "[^")
	}
	return n
}

// writer writes text by chance.
type writer struct{ *rand.Rand }

func (w *writer) pick(list []string) string { return list[w.IntN(len(list))] }

// fill puts words in the place of a template's slots, which stand in braces.
func (w *writer) fill(template string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		slot, after, _ := strings.Cut(rest, "}")
		out.WriteString(w.slot(slot))
		template = after
	}
}

func (w *writer) slot(name string) string {
	switch name {
	case "person":
		return w.pick(firstNames) + " " + w.pick(lastNames)
	case "place":
		return w.pick(places)
	case "works":
		return w.pick(works)
	case "day":
		return w.pick(days)
	case "month":
		return w.pick(months)
	case "date":
		return fmt.Sprintf("%d %s %d", 1+w.IntN(28), w.pick(months), 2016+w.IntN(10))
	case "year":
		return fmt.Sprint(1960 + w.IntN(65))
	case "small":
		return w.pick([]string{"two", "three", "four", "five", "six", "nine", "eleven", "a dozen"})
	case "number":
		return grouped(20 + w.IntN(9000))
	case "percent":
		return fmt.Sprintf("%d.%d", 1+w.IntN(60), w.IntN(10))
	case "money":
		return fmt.Sprintf("%s%d.%d %s", w.pick([]string{"$", "€", "£"}), 1+w.IntN(90), w.IntN(10),
			w.pick([]string{"million", "billion"}))
	}
	panic("no slot is called " + name)
}

// grouped writes a number below a million with a comma between thousands.
func grouped(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}

// article writes front matter, then paragraphs of three to six sentences, and a heading to every sixth paragraph.
func (w *writer) article(number, words int, facts []fact) string {
	var out strings.Builder
	title := w.fill("What {place} paid for its {works}")
	fmt.Fprintf(&out, "---\ntitle: %s\ndescription: Story %d of a run\n---\n", title, number)
	total, unmarked, due := 0, 0, 60+w.IntN(60)
	for paragraph := 1; total < words; paragraph++ {
		out.WriteString("\n")
		if paragraph%6 == 0 {
			out.WriteString(w.fill("## The {works} at {place}\n\n"))
		}
		for sentence := range 3 + w.IntN(4) {
			if sentence > 0 {
				out.WriteString(" ")
			}
			text := w.fill(w.pick(filler))
			if unmarked += len(strings.Fields(text)); unmarked > due {
				text = w.marked(facts[w.IntN(len(facts))])
				unmarked, due = 0, 60+w.IntN(60)
			}
			total += len(strings.Fields(text))
			out.WriteString(text)
		}
		out.WriteString("\n")
	}
	return out.String()
}
