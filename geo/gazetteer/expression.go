package gazetteer

import (
	"fmt"
	"strings"
)

// An expression is a place as an author writes it:
//
//	expression  = members | border | coordinates | union
//	members     = kinds "of" name [ except ]
//	border      = "border" ("of" | "between") name [ "and" name ]
//	            | side "-" side "border" | country "border"
//	coordinates = "at" number ("N" | "S") "," number ("E" | "W") "," "precision" word "," "source" text
//	union       = name { "and" name } | name except
//	except      = "except" name { "and" name }
//	name        = [ kind "of" ] own-name { "," parent }
//	kind        = "region" | "continent" | "country" | "province" | "state" | "prefecture" | "district" | "county"
//	            | "city" | "town" | "village" | "crossing"
//	kinds       = the plural of a kind that has areas
//	side        = country | an area's name: "Yunnan-Burma border"
//	country     = a country's name or the adjective of it: "Thai-Malaysian border", "China-Laos border"
//
// For "border" may stand "frontier", or the word for it in Chinese (中缅边境), Thai, Lao, Burmese, Khmer, Vietnamese or Malay, in most of these also with
// the words for "between" and "and". The border of one country is that with all its neighbours. Keywords are written in lower case or with a
// capital, and "the" may stand before an expression. A name that itself holds a keyword is put in double quotes: "Trinidad and Tobago".
type expression struct {
	verb   verb
	names  []name // what is joined; of members and a border, what they belong to
	kind   Kind   // of members
	except []name
	stated coordinatesStated
}

type verb uint8

const (
	verbUnion verb = iota
	verbMembers
	verbBorder
	verbExcept
	verbCoordinates
)

// A name is one name with its parents, the nearest first, and the kind it must be (0 for any).
type name struct {
	own     string
	parents []string
	kind    Kind
	country string // the code of the country that it is the adjective of
	wanted  kinds  // what is wanted by its place or by the precision that is declared, 0 for any
	at      int    // where it begins in the expression, in bytes
}

// String is the name with its parents, as an author writes it.
func (n name) String() string { return strings.Join(append([]string{n.own}, n.parents...), ", ") }

// SyntaxError says where an expression cannot be read.
type SyntaxError struct {
	Expression string
	// At is the byte at which the trouble begins.
	At      int
	Problem string
}

// Error counts characters from 1, as an author does.
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
	if p.words[0].is("the") && len(p.words) > 1 {
		p.words = p.words[1:]
	}
	return p.expression()
}

// expression reads what is not empty and not too long.
func (p *parser) expression() (expression, error) {
	if e, ok := p.borderOfWords(); ok {
		return e, nil
	}
	if len(p.words) < 2 {
		return p.union()
	}
	first, second := p.words[0], p.words[1]
	switch {
	case first.is("at") && len(p.words) > 3:
		return p.coordinates()
	case first.is("border") && (second.is("of") || second.is("between")):
		return p.border(p.words[2:])
	case second.is("of") && len(p.words) > 2 && kindOfWord(first, 1) != 0:
		return p.members(kindOfWord(first, 1))
	}
	return p.union()
}

// kindOfWord is the kind that a word names in its singular (form 0) or plural (form 1), 0 for none.
func kindOfWord(w word, form int) Kind {
	for kind, words := range kindWords {
		for _, forms := range words {
			if w.is(forms[form]) {
				return Kind(kind)
			}
		}
	}
	return 0
}

func (p *parser) border(words []word) (expression, error) {
	names, err := p.list(words, len(p.source))
	if err == nil && len(names) > 2 {
		err = p.fail(p.words[0].at, "a border is of two countries, or of one with all its neighbours; write \"border of A and B\"")
	}
	return expression{verb: verbBorder, names: names}, err
}

func (p *parser) members(kind Kind) (expression, error) {
	if kind >= KindSettlement {
		return expression{}, p.fail(p.words[0].at, kind.plural()+" have no area; name one, or write what they lie in")
	}
	names, except, err := p.listExcept(p.words[2:])
	if err == nil && len(names) != 1 {
		err = p.fail(p.words[0].at, "members are of one place; join two such expressions as two places")
	}
	return expression{verb: verbMembers, kind: kind, names: names, except: except}, err
}

func (p *parser) union() (expression, error) {
	names, except, err := p.listExcept(p.words)
	e := expression{verb: verbUnion, names: names, except: except}
	if len(except) > 0 {
		e.verb = verbExcept
		if err == nil && len(names) != 1 {
			err = p.fail(p.words[0].at, "something can be excepted from one place only")
		}
	}
	return e, err
}

// listExcept reads names, and after "except" those that are left out.
func (p *parser) listExcept(words []word) (names, except []name, err error) {
	for i, w := range words {
		if !w.is("except") {
			continue
		}
		if except, err = p.list(words[i+1:], len(p.source)); err != nil {
			return nil, nil, err
		}
		words = words[:i]
		break
	}
	names, err = p.list(words, len(p.source))
	return names, except, err
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
	if len(words) > 2 && words[1].is("of") {
		if kind := kindOfWord(words[0], 0); kind != 0 {
			n.kind, words = kind, words[2:]
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
