package prose

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestQuotations(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"curly", "He said “no way” and left.", []string{"“no way”"}},
		{"straight", `He said "no way" and "never".`, []string{`"no way"`, `"never"`}},
		{"several sentences", "“We left. It rained.” Then he went.", []string{"“We left. It rained.”"}},
		{"nested", "“She said ‘run’ to us,” he said.", []string{"“She said ‘run’ to us,”", "‘run’"}},
		{"nested straight", `"She said 'run' to us," he said.`, []string{`"She said 'run' to us,"`, "'run'"}},
		{"single", "The ‘free’ gift wasn’t free.", []string{"‘free’"}},
		{"apostrophe within", "‘I don’t know,’ he said.", []string{"‘I don’t know,’"}},
		{"apostrophes", "The '90s were the Smiths' best years, rock 'n' roll and all.", nil},
		{"inches", `He is 6'2" and she is 5'10" tall.`, nil},
		{"angular", "Il a dit « non » hier.", []string{"« non »"}},
		{"paragraph goes on", "“We left.\n\n“It rained,” he said.", []string{"“We left.", "“It rained,”"}},
		{"one that is not closed", `He said "no. Then he said "yes" again.`, []string{`"yes"`}},
		{"single that is not closed", "He said 'no and left.", nil},
		{"closing mark alone", "and then we left,” he said.", nil},
		{"scare quotes after a dash", `It was—"free"—for all.`, []string{`"free"`}},
		{"none", "It rained.", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, texts(c.text, Quotations(c.text)))
		})
	}
}
