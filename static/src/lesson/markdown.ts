// The Markdown that content may hold: paragraphs, lists, emphasis and links to https addresses, with what is escaped. It is
// read as the server reads it for pages (CommonMark); static/testdata/markdown.json holds the two together.

import { type Inline, inlines, labelOf, type References } from "./inlines.ts";

export type Block<Words = readonly Inline[]> =
	| { readonly tag: "p"; readonly of: Words }
	/** In a tight list a paragraph of an item is not set off from what stands beside it. */
	| { readonly tag: "ul" | "ol"; readonly tight: boolean; readonly items: readonly (readonly Block<Words>[])[] };

/** Reads a text; decoded gives the character of an entity, such as &amp;. */
export function blocksOf(text: string, decoded: (entity: string) => string): Block[] {
	const references: References = new Map();
	const { blocks } = parted(text.split(/\r?\n/), references);
	const words = (block: Block<string>): Block =>
		block.tag === "p"
			? { tag: "p", of: inlines(block.of, references, decoded) }
			: { ...block, items: block.items.map((item) => item.map(words)) };
	return blocks.map(words);
}

/** The words alone, each paragraph and item in a line. */
export function wordsOf(blocks: readonly Block[]): string {
	return blocks
		.flatMap((block) => (block.tag === "p" ? block.of.map(textOf).join("") : block.items.map(wordsOf)))
		.join("\n");
}

function textOf(inline: Inline): string {
	if (typeof inline === "string") return inline;
	return inline.tag === "br" ? "" : inline.of.map(textOf).join("");
}

const ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])(?: {1,4}(?=\S)| *$)/;
const REFERENCE =
	/^ {0,3}\[(\s*(?:\\.|[^[\]\\\s])(?:\\.|[^[\]\\])*)\]:\s*(?:<([^<>\n]*)>|(?!<)(\S+))(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*(?:\n|$)/;

const isBlank = (line: string | undefined) => !line?.trim();

/** Parts lines into blocks. They are spaced where a blank line lies between two of them. */
function parted(lines: readonly string[], references: References): { blocks: Block<string>[]; spaced: boolean } {
	const blocks: Block<string>[] = [];
	let [spaced, blank] = [false, false];
	for (let at = 0; at < lines.length; ) {
		if (isBlank(lines[at])) {
			blank = blocks.length > 0;
			at++;
			continue;
		}
		const before = blocks.length;
		const list = ITEM.test(lines[at] ?? "");
		const end = list ? addList(blocks, lines, at, references) : endOfParagraph(lines, at);
		if (!list) addParagraph(blocks, lines.slice(at, end), references);
		spaced ||= blank && blocks.length > before;
		[at, blank] = [end, false];
	}
	return { blocks, spaced };
}

function endOfParagraph(lines: readonly string[], from: number): number {
	let end = from + 1;
	while (end < lines.length && !isBlank(lines[end]) && !interrupts(lines[end] ?? "")) end++;
	return end;
}

/** Whether a list begins in the middle of a paragraph: not with a number that a line happened to break before. */
function interrupts(line: string): boolean {
	const [marker = "", , sign = ""] = ITEM.exec(line) ?? [];
	return marker !== "" && !isBlank(line.slice(marker.length)) && (!/\d/.test(sign) || Number.parseInt(sign, 10) === 1);
}

function addParagraph(blocks: Block<string>[], lines: readonly string[], references: References): void {
	let text = lines.map((line) => line.trimStart()).join("\n");
	for (let found = REFERENCE.exec(text); found; found = REFERENCE.exec(text)) {
		const [whole, label = "", bracketed, bare = ""] = found;
		if (!references.has(labelOf(label))) references.set(labelOf(label), bracketed ?? bare);
		text = text.slice(whole.length).trimStart();
	}
	if (text) blocks.push({ tag: "p", of: text.trimEnd() });
}

/** Adds a list that begins at a line, and gives where it ends. */
function addList(blocks: Block<string>[], lines: readonly string[], from: number, references: References): number {
	const kind = kindOf(lines[from] ?? "");
	const items: string[][] = [];
	let [at, offset, tight] = [from, 0, true];
	for (; at < lines.length; at++) {
		const line = lines[at] ?? "";
		const [marker] = ITEM.exec(line) ?? [];
		const indent = line.length - line.trimStart().length;
		const gap = items.length > 0 && isBlank(lines[at - 1]);
		if (isBlank(line)) {
			items.at(-1)?.push("");
		} else if (items.length > 0 && indent >= offset) {
			items.at(-1)?.push(line.slice(offset));
		} else if (marker !== undefined) {
			if (kindOf(line) !== kind) break;
			tight &&= !gap;
			offset = isBlank(line.slice(marker.length)) ? marker.trimEnd().length + 1 : marker.length;
			items.push([line.slice(marker.length)]);
		} else if (isBlank(items.at(-1)?.at(-1))) break;
		else items.at(-1)?.push(line.trimStart()); // a paragraph goes on, though its line is not set in
	}
	while (isBlank(lines[at - 1])) at--;
	const parts = items.map((item) => parted(item, references));
	tight &&= !parts.some(({ spaced }) => spaced);
	blocks.push({ tag: /\d/.test(kind) ? "ol" : "ul", tight, items: parts.map((part) => part.blocks) });
	return at;
}

/** What the items of one list have in common: their sign, or what follows their numbers. */
function kindOf(line: string): string {
	return (ITEM.exec(line)?.[2] ?? "").replace(/\d+/, "1");
}
