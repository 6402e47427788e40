package gazetteer

import (
	"fmt"
	"strings"
)

// An expression is a place as an author writes it:
//
//	expression = members | border | union
//	members    = ("provinces" | "prefectures") "of" name [ "except" name { "and" name } ]
//	border     = "border of" name "and" name
//	union      = name { "and" name }
//	name       = [ kind "of" ] own-name { "," parent }
//	kind       = "country" | "province" | "prefecture" | "city"
//
// Keywords are written in lower case or with a capital. A name that itself holds a keyword is put in double quotes:
// "Trinidad and Tobago".
type expression struct {
	verb   verb
	names  []name // what is joined; of members and a border, what they belong to
	kind   Kind   // of members
	except []name
}

type verb uint8

const (
	verbUnion verb = iota
	verbMembers
	verbBorder
)

// A name is one name with its parents, the nearest first, and the kind it must be (0 for any).
type name struct {
	own     string
	parents []string
	kind    Kind
	at      int // where it begins in the expression, in bytes
}

func (n name) String() string { return strings.Join(append([]string{n.own}, n.parents...), ", ") }

// SyntaxError says where an expression cannot be read.
type SyntaxError struct {
	Expression string
	// At is the byte at which the trouble begins.
	At      int
	Problem string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("place %q, at character %d: %s", e.Expression, len([]rune(e.Expression[:e.At]))+1, e.Problem)
}

// word is a token: a run without spaces, a quoted string, or a comma.
type word struct {
	text   string
	at     int
	quoted bool
}

func (w word) is(keyword string) bool { return !w.quoted && strings.EqualFold(w.text, keyword) }

type parser struct {
	source string
	words  []word
}

// parse reads an expression. The error is a [*SyntaxError].
func parse(source string) (expression, error) {
	p := parser{source: source}
	if len(source) > maxName {
		return expression{}, p.fail(0, fmt.Sprintf("it is longer than %d bytes", maxName))
	}
	if err := p.split(); err != nil {
		return expression{}, err
	}
	if len(p.words) == 0 {
		return expression{}, p.fail(0, "it is empty; write a place's name, such as \"Pingxiang, Guangxi, China\"")
	}
	for kind, words := range kindNames() {
		if len(p.words) > 2 && p.words[0].is(words[1]) && p.words[1].is("of") {
			return p.members(kind)
		}
	}
	if len(p.words) > 1 && p.words[0].is("border") && p.words[1].is("of") {
		names, err := p.list(p.words[2:], len(source))
		if err == nil && len(names) != 2 {
			err = p.fail(p.words[0].at, "a border is of two countries; write \"border of A and B\"")
		}
		return expression{verb: verbBorder, names: names}, err
	}
	names, err := p.list(p.words, len(source))
	return expression{verb: verbUnion, names: names}, err
}

func (p *parser) members(kind Kind) (expression, error) {
	rest := p.words[2:]
	e := expression{verb: verbMembers, kind: kind}
	for i, w := range rest {
		if !w.is("except") {
			continue
		}
		except, err := p.list(rest[i+1:], len(p.source))
		if err != nil {
			return e, err
		}
		e.except, rest = except, rest[:i]
		break
	}
	names, err := p.list(rest, len(p.source))
	if err == nil && len(names) != 1 {
		err = p.fail(p.words[0].at, "members are of one place; join two such expressions as two places")
	}
	e.names = names
	return e, err
}

// list reads names joined by "and".
func (p *parser) list(words []word, end int) ([]name, error) {
	var names []name
	start := 0
	for i := 0; i <= len(words); i++ {
		if i < len(words) && !words[i].is("and") {
			continue
		}
		at := end
		if start < len(words) {
			at = words[start].at
		}
		n, err := p.name(words[start:i], at)
		if err != nil {
			return nil, err
		}
		names, start = append(names, n), i+1
	}
	return names, nil
}

// name reads one name with its parents.
func (p *parser) name(words []word, at int) (name, error) {
	n := name{at: at}
	for kind, forms := range kindNames() {
		if len(words) > 2 && words[0].is(forms[0]) && words[1].is("of") {
			n.kind, words = kind, words[2:]
			break
		}
	}
	var parts []string
	var part []string
	for i := 0; i <= len(words); i++ {
		if i < len(words) && (words[i].text != "," || words[i].quoted) {
			part = append(part, words[i].text)
			continue
		}
		if strings.TrimSpace(strings.Join(part, "")) == "" {
			return n, p.fail(at, "a name is missing; write a place's name here")
		}
		parts, part = append(parts, strings.Join(part, " ")), nil
	}
	n.own, n.parents = parts[0], parts[1:]
	return n, nil
}

// split cuts the source into words.
func (p *parser) split() error {
	for i := 0; i < len(p.source); {
		switch p.source[i] {
		case ' ', '\t', '\n', '\r':
			i++
		case ',':
			p.words = append(p.words, word{text: ",", at: i})
			i++
		case '"':
			closing := strings.IndexByte(p.source[i+1:], '"')
			if closing < 0 {
				return p.fail(i, "the quotation mark is not closed; add a \" after the name")
			}
			p.words = append(p.words, word{text: p.source[i+1 : i+1+closing], at: i, quoted: true})
			i += closing + 2
		default:
			end := i + strings.IndexAny(p.source[i:], " \t\r\n,\"")
			if end < i {
				end = len(p.source)
			}
			p.words = append(p.words, word{text: p.source[i:end], at: i})
			i = end
		}
	}
	return nil
}

func (p *parser) fail(at int, problem string) error {
	return &SyntaxError{Expression: p.source, At: at, Problem: problem}
}
