package drafts_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/drafts"
)

// newsSentences are what the articles of BenchmarkReadArticle are made of: a third say an amount, a date or who said it,
// as news does, and the others say none of that. A %d stands for a number that is another one each time.
var newsSentences = []string{
	"The bridge at Tolven closed on Tuesday, %d days after divers found cracks in two of its six piers.",
	"Nobody in the town of Harrow was surprised, for the old stone had been crumbling into the river since spring.",
	"Repairs will cost at least $%d.5 million, nearly twice the first estimate, according to the transport ministry.",
	"“We were told nothing,” said Maria Oduya, who runs a bakery near the eastern bank and employs her two sons.",
	"Until then lorries must go round by the mountain road, which is narrow and often blocked by snow.",
	"The council, which owns the land but not the road on top of it, has asked for an inquiry.",
	"Officials said that the contract was signed on March 14, 2024, and that %d firms had offered to do the work.",
	"It was not clear who would pay, or whether the money that the region had put aside could still be used.",
	"Engineers from the university could not independently verify the figures that the company had published.",
	"Children who lived on the far side used to walk across in a quarter of an hour; now a bus brings them.",
	"The mayor, a former teacher, denied that warnings had been ignored and called the accusation absurd.",
	"Few people remember the wooden crossing that stood there before, though an old photograph hangs in the library.",
	"About %d,000 people use the ferry each month, the operator's records show, up from 1,200 a year earlier.",
	"A spokesman declined to say more while lawyers for both sides were still talking to each other.",
	"The river rises in the hills to the north and runs slowly past the mills, the market and the prison.",
	"Mr. Lindqvist, who advised the U.S. embassy in the 1990s, reportedly warned the builders in early April.",
	"What follows is a long argument about maintenance, and about who forgot to ask for it in time.",
	"Shops near the bridge have lost between %d and 40 percent of their trade, the chamber of commerce estimates.",
}

// article gives a Markdown story of about as many words, in paragraphs of four sentences.
func article(words int) []byte {
	var b strings.Builder
	b.WriteString("---\ntitle: A bridge too old\n---\n\n")
	for i, n := 0, 0; n < words; i++ {
		sentence := newsSentences[i*7%len(newsSentences)]
		if strings.Contains(sentence, "%d") {
			sentence = fmt.Sprintf(sentence, i%30+2)
		}
		b.WriteString(sentence)
		n += len(strings.Fields(sentence))
		if i%4 == 3 {
			b.WriteString("[^bridge]\n\n")
		} else {
			b.WriteString(" ")
		}
	}
	return []byte(b.String())
}

// BenchmarkReadArticle reports how many words a second are read, all that is found in them included.
func BenchmarkReadArticle(b *testing.B) {
	data := article(10_000)
	words := len(strings.Fields(string(data)))
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		_, err := drafts.Read("story.md", data)
		require.NoError(b, err)
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
