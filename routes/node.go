package routes

// A node is a value of a file, whatever the file's syntax.
type node struct {
	kind nodeKind
	at   position // where it begins, zero where that is not known
	// text is that of a text or of a number as it is written.
	text string
	// cut says that the text stands without quotation marks before a comment in its line.
	cut     bool
	truth   bool
	items   []*node
	entries []entry
}

// An entry is a field of a mapping: at is where its key begins.
type entry struct {
	key   string
	at    position
	value *node
}

type nodeKind uint8

const (
	otherNode nodeKind = iota // nothing that a document may hold, such as a fraction
	textNode
	integerNode
	booleanNode
	nullNode
	listNode
	mappingNode
	referenceNode // what only YAML has: anchors, aliases, merges and tags
)
