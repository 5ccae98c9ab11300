package sources_test

import (
	"fmt"

	"github.com/claimledger/claimledger/sources"
)

// Two papers print one wire story, and a minister tells us herself: that is two, not three.
func Example() {
	index := sources.NewIndex([]sources.Source{
		{ID: "daily", Kind: sources.Outlet, Name: "The Daily"},
		{ID: "minister", Kind: sources.Person, Name: "the minister"},
		{ID: "star", Kind: sources.Outlet, Name: "The Star"},
		{ID: "wire", Kind: sources.Outlet, Name: "the wire"},
	})
	path := func(origin string, via ...string) sources.Path {
		number, _ := index.Number(origin)
		p := sources.Path{Origin: number, Identified: true, Basis: true}
		for _, relay := range via {
			number, _ := index.Number(relay)
			p.Via = append(p.Via, number)
		}
		return p
	}
	counter := sources.NewCounter(index, "")

	papers := []sources.Path{path("wire", "daily"), path("wire", "star")}
	fmt.Println(counter.Count(papers), counter.RestsOn(papers), counter.SinglePoints(papers))

	all := append(papers, path("minister"))
	fmt.Println(counter.Count(all), counter.RestsOn(all), counter.SinglePoints(all))
	// Output:
	// {1 1} [wire] [wire]
	// {2 2} [minister wire] []
}

// A story that cites another that cites the first supports nothing.
func ExampleCounter_Circular() {
	index := sources.NewIndex([]sources.Source{{ID: "blog"}, {ID: "daily"}})
	blog, _ := index.Number("blog")
	daily, _ := index.Number("daily")
	paths := []sources.Path{{Origin: blog, Via: []uint32{daily}}, {Origin: daily, Via: []uint32{blog}}}

	counter := sources.NewCounter(index, "")
	for _, reason := range counter.Circular(paths) {
		fmt.Println(reason == sources.Loop)
	}
	fmt.Println(counter.Count(paths))

	paths[0].Basis = true // the blog has seen the records
	fmt.Println(counter.Count(paths))
	// Output:
	// true
	// true
	// {0 0}
	// {1 1}
}
