// Oracle answers what BuildKit's own parser makes of Dockerfiles, and Docker's of image references: one JSON question a line on
// stdin, one JSON answer a line on stdout. Built from Debian's Go packages; see index.ts.
package main

import (
	"bufio"
	"bytes"
	_ "crypto/sha256"
	_ "crypto/sha512"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/distribution/reference"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
)

type question struct {
	// One of these three.
	Dockerfile []byte
	Reference  *string
	Word       *string

	// For Word: NAME=value, and the escape character.
	Env    []string
	Escape string
}

type heredoc struct {
	Name    string `json:"name"`
	Expand  bool   `json:"expand"`
	Chomp   bool   `json:"chomp"`
	Content string `json:"content"`
}

type instruction struct {
	Keyword  string    `json:"keyword"`
	Start    int       `json:"start"`
	End      int       `json:"end"`
	Text     string    `json:"text"`
	Flags    []string  `json:"flags"`
	Heredocs []heredoc `json:"heredocs"`
	// The strings of the JSON form, absent for shell form.
	JSON *[]string `json:"json,omitempty"`
	// Names and values in turn, of ENV, LABEL and ARG.
	Values []string `json:"values"`
	// Behind ONBUILD.
	Trigger *instruction `json:"trigger,omitempty"`
}

type answer struct {
	Error        string        `json:"error,omitempty"`
	Escape       string        `json:"escape,omitempty"`
	Instructions []instruction `json:"instructions,omitempty"`
	Result       string        `json:"result"`
	Tag          string        `json:"tag,omitempty"`
	Digest       string        `json:"digest,omitempty"`
}

func main() {
	in := bufio.NewReader(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	decoder := json.NewDecoder(in)
	for decoder.More() {
		var asked question
		if err := decoder.Decode(&asked); err != nil {
			fmt.Fprintln(os.Stderr, "oracle:", err)
			os.Exit(1)
		}
		encoder.Encode(answerTo(asked))
	}
}

func answerTo(asked question) (given answer) {
	defer func() {
		if reason := recover(); reason != nil {
			given = answer{Error: fmt.Sprintf("panic: %v", reason)}
		}
	}()
	switch {
	case asked.Reference != nil:
		return parseReference(*asked.Reference)
	case asked.Word != nil:
		word, err := shell.NewLex([]rune(asked.Escape)[0]).ProcessWord(*asked.Word, asked.Env)
		return answer{Result: word, Error: message(err)}
	default:
		return parseDockerfile(asked.Dockerfile)
	}
}

func parseReference(text string) answer {
	named, err := reference.ParseNormalizedNamed(text)
	if err != nil {
		return answer{Error: err.Error()}
	}
	given := answer{Result: named.Name()}
	if tagged, ok := named.(reference.Tagged); ok {
		given.Tag = tagged.Tag()
	}
	if digested, ok := named.(reference.Digested); ok {
		given.Digest = digested.Digest().String()
	}
	return given
}

func parseDockerfile(source []byte) answer {
	parsed, err := parser.Parse(bytes.NewReader(source))
	if err != nil {
		return answer{Error: err.Error()}
	}
	given := answer{Escape: string(parsed.EscapeToken)}
	for _, node := range parsed.AST.Children {
		given.Instructions = append(given.Instructions, instructionOf(node))
	}
	// Last, because it sorts the arguments of EXPOSE in place.
	stages, _, err := instructions.Parse(parsed.AST)
	if err == nil && len(stages) == 0 {
		err = fmt.Errorf("dockerfile contains no stages to build")
	}
	given.Error = message(err)
	return given
}

func instructionOf(node *parser.Node) instruction {
	found := instruction{
		Keyword: strings.ToUpper(node.Value),
		Start:   node.StartLine,
		End:     node.EndLine,
		Text:    node.Original,
		Flags:   append([]string{}, node.Flags...),
		Values:  []string{},
	}
	for _, doc := range node.Heredocs {
		found.Heredocs = append(found.Heredocs, heredoc{doc.Name, doc.Expand, doc.Chomp, doc.Content})
	}
	for next := node.Next; next != nil; next = next.Next {
		found.Values = append(found.Values, next.Value)
		for _, child := range next.Children {
			trigger := instructionOf(child)
			found.Trigger = &trigger
		}
	}
	if node.Attributes["json"] {
		strings := found.Values
		if found.Keyword == "HEALTHCHECK" {
			strings = strings[1:]
		}
		found.JSON = &strings
	}
	return found
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
