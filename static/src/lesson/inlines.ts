/** A part of a paragraph's text. */
export type Inline =
	| string
	| { readonly tag: "br" }
	| { readonly tag: "em" | "strong"; readonly of: readonly Inline[] }
	/** Has no address where it leads to no https one: then it is text. */
	| { readonly tag: "a"; readonly href: string | undefined; readonly of: readonly Inline[] };

/** The addresses that a text defines for its links, by label. */
export type References = Map<string, string>;

/** A run of signs that may begin or end emphasis. */
interface Run {
	readonly sign: string;
	/** How many signs it had, and how many of them mark nothing yet. */
	readonly original: number;
	left: number;
	readonly opens: boolean;
	readonly closes: boolean;
}

/** The [ with which a link may begin, and where its text does. */
interface Bracket {
	readonly begins: number;
}

type Part = Inline | Run | Bracket;

const PUNCTUATION = "[!-/:-@[-`{-~]";
/** A backslash, with the sign that it escapes; in one way only, since a pattern that fails tries all others. */
const ESCAPE = String.raw`\\(?:${PUNCTUATION}|(?!${PUNCTUATION}))`;
const PLAIN = String.raw`(?:${ESCAPE}|[^\s()\\])`;
/** An address with brackets in it, as deep as addresses have them, and a title, which pages leave out. */
const AIM = String.raw`\(\s*(?:<((?:${ESCAPE}|[^>\n\\])*)>|(?!<)((?:${PLAIN}|\((?:${PLAIN}|\(${PLAIN}*\))*\))*))`;
const TITLE = String.raw`(?:\s+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\)))?\s*\)`;
const SIGNS = {
	escape: new RegExp(String.raw`\\(${PUNCTUATION})`, "y"),
	entity: /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]*);/iy,
	address: /<([a-z][a-z\d+.-]{1,31}:[^\s<>]*)>/iy,
	newline: / *(\\?)\n/y,
	run: /\*+|_+/y,
	code: /`+/y,
	tail: new RegExp(AIM + TITLE, "y"),
	label: /\[((?:\\.|[^[\]\\])*)\]/y,
	text: /[^\\&<*_`[\]\n ]+| +/y,
};

/** Reads the text of a paragraph. */
export function inlines(text: string, references: References, decoded: (entity: string) => string): Inline[] {
	return new Reader(text, references, decoded).read();
}

class Reader {
	readonly #text: string;
	readonly #references: References;
	readonly #decoded: (entity: string) => string;
	readonly #parts: Part[] = [];
	#at = 0;

	constructor(text: string, references: References, decoded: (entity: string) => string) {
		this.#text = text;
		this.#references = references;
		this.#decoded = decoded;
	}

	read(): Inline[] {
		while (this.#at < this.#text.length) {
			this.#parts.push(...this.#next());
		}
		return emphasised(this.#parts);
	}

	/** Takes what stands here, if it is of a kind, and goes on behind it. */
	#take(kind: keyof typeof SIGNS): RegExpExecArray | null {
		const sign = SIGNS[kind];
		sign.lastIndex = this.#at;
		const found = sign.exec(this.#text);
		if (found) this.#at = sign.lastIndex;
		return found;
	}

	#next(): Part[] {
		const line = this.#take("newline");
		if (line) return line[1] || line[0].length > 2 ? [{ tag: "br" }, "\n"] : ["\n"];
		const [, escaped] = this.#take("escape") ?? [];
		if (escaped) return [escaped];
		const [entity] = this.#take("entity") ?? [];
		if (entity) return [this.#decoded(entity)];
		const [, address] = this.#take("address") ?? [];
		if (address) return [{ tag: "a", href: secure(address), of: [address] }];
		const [code] = this.#take("code") ?? [];
		if (code) return [this.#code(code)];
		const from = this.#at;
		const [run] = this.#take("run") ?? [];
		if (run) return [this.#run(run, from)];
		const [plain] = this.#take("text") ?? [];
		if (plain) return [plain];
		const sign = this.#text[this.#at++] ?? "";
		if (sign === "[") return [{ begins: this.#at }];
		return [sign === "]" ? this.#close() : sign];
	}

	/** The text between two runs of backquotes of one length, in which nothing is a sign. */
	#code(quotes: string): string {
		const from = this.#at;
		const end = [...this.#text.slice(from).matchAll(/`+/g)].find(([run]) => run === quotes)?.index;
		if (end === undefined) return quotes;
		this.#at = from + end + quotes.length;
		const code = this.#text.slice(from, from + end).replace(/\n/g, " ");
		return /^ .*\S.* $/.test(code) ? code.slice(1, -1) : code;
	}

	#run(run: string, from: number): Run {
		const before = kindOf([...this.#text.slice(Math.max(0, from - 2), from)].at(-1) ?? "");
		const after = kindOf([...this.#text.slice(this.#at, this.#at + 2)][0] ?? "");
		const left = after !== "space" && (after !== "sign" || before !== "letter");
		const right = before !== "space" && (before !== "sign" || after !== "letter");
		const within = run.startsWith("_"); // inside a word it is none: snake_case
		const opens = left && (!within || !right || before === "sign");
		const closes = right && (!within || !left || after === "sign");
		return { sign: run[0] ?? "", original: run.length, left: run.length, opens, closes };
	}

	/** Makes a link of what stands between brackets, where an address is known for it. */
	#close(): Inline {
		const at = this.#parts.findLastIndex(isBracket);
		const bracket = this.#parts[at];
		if (!bracket || !isBracket(bracket)) return "]";
		const inside = this.#parts.slice(at + 1);
		const href = inside.some(hasLink) ? undefined : this.#aim(bracket.begins, this.#at - 1);
		if (href === undefined) {
			this.#parts[at] = "[";
			return "]";
		}
		this.#parts.length = at;
		return { tag: "a", href: secure(this.#unescaped(href)), of: emphasised(inside) };
	}

	/** The address of a link with a text: it stands behind it or is defined elsewhere, for a label or the text itself. */
	#aim(from: number, to: number): string | undefined {
		const tail = this.#take("tail");
		if (tail) return tail[1] ?? tail[2] ?? "";
		const back = this.#at;
		const [, label] = this.#take("label") ?? [];
		const found = this.#references.get(labelOf(label?.trim() ? label : this.#text.slice(from, to)));
		if (found === undefined) this.#at = back;
		return found;
	}

	#unescaped(address: string): string {
		const plain = address.replace(new RegExp(SIGNS.escape.source, "g"), "$1");
		return plain.replace(new RegExp(SIGNS.entity.source, "gi"), this.#decoded);
	}
}

/** A label as it is compared. */
export function labelOf(text: string): string {
	return text.trim().replace(/\s+/g, " ").toLowerCase();
}

/** An address that a link may lead to. */
function secure(address: string): string | undefined {
	return /^https:\/\/./i.test(address) ? address : undefined;
}

function isBracket(part: Part): part is Bracket {
	return typeof part === "object" && "begins" in part;
}

function isRun(part: Part | undefined): part is Run {
	return typeof part === "object" && "sign" in part;
}

function hasLink(part: Part): boolean {
	return (
		typeof part === "object" && "tag" in part && (part.tag === "a" || (part.tag !== "br" && part.of.some(hasLink)))
	);
}

/** What kind of character this is; beyond a text's ends there is space. */
function kindOf(character: string): "space" | "sign" | "letter" {
	if (character.trim() === "") return "space";
	return /[\p{P}\p{S}]/u.test(character) ? "sign" : "letter";
}

/** Pairs the runs that begin and end emphasis; of the rest each is text. */
function emphasised(parts: readonly Part[]): Inline[] {
	const list = [...parts];
	for (let at = 0; at < list.length; ) {
		const closer = list[at];
		const from = isRun(closer) && closer.closes ? openerOf(list, closer, at) : -1;
		const opener = list[from];
		if (!isRun(closer) || !isRun(opener)) {
			at++;
			continue;
		}
		const size = Math.min(opener.left, closer.left) > 1 ? 2 : 1;
		const tag = size === 2 ? "strong" : "em";
		list.splice(from + 1, at - from - 1, { tag, of: list.slice(from + 1, at).map(settled) });
		opener.left -= size;
		closer.left -= size;
		at = from + 2;
		if (closer.left === 0) list.splice(at, 1);
		if (opener.left === 0) list.splice(from, 1);
		if (opener.left === 0) at--;
	}
	return list.map(settled);
}

function openerOf(list: readonly Part[], closer: Run, at: number): number {
	return list.slice(0, at).findLastIndex((part) => {
		if (!isRun(part) || part.sign !== closer.sign || !part.opens) return false;
		const both = part.closes || closer.opens; // of such a run it is not clear what it belongs to
		return !both || (part.original + closer.original) % 3 !== 0 || closer.original % 3 === 0;
	});
}

function settled(part: Part): Inline {
	if (isRun(part)) return part.sign.repeat(part.left);
	return isBracket(part) ? "[" : part;
}
