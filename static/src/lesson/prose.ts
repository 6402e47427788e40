// The content's Markdown as elements. It is text from outside: nothing of it becomes markup that is not made here.

import { type Block, blocksOf, type Inline, wordsOf } from "./markdown.ts";

/** Makes the paragraphs and lists of a text. */
export function prose(text: string): HTMLElement[] {
	return blocksOf(text).map(elementOf);
}

/** A text without its marks, as titles have it. */
export function plain(text: string): string {
	return wordsOf(blocksOf(text));
}

function elementOf(block: Block): HTMLElement {
	if (block.tag === "p") {
		const node = document.createElement("p");
		node.append(...block.of.map(nodeOf));
		return node;
	}
	const node = document.createElement(block.tag);
	node.append(...block.items.map((item) => itemOf(item, block.tight)));
	if (node instanceof HTMLOListElement && block.start !== 1) node.start = block.start;
	return node;
}

function itemOf(blocks: readonly Block[], tight: boolean): HTMLElement {
	const node = document.createElement("li");
	for (const block of blocks) {
		if (tight && block.tag === "p") node.append(...block.of.map(nodeOf));
		else node.append(elementOf(block));
	}
	return node;
}

function nodeOf(inline: Inline): Node {
	if (typeof inline === "string") return document.createTextNode(inline);
	if (inline.tag === "br") return document.createElement("br");
	if (inline.tag === "a") return linkTo(inline.href, inline.of);
	const node = document.createElement(inline.tag);
	node.append(...inline.of.map(nodeOf));
	return node;
}

/** A link opens beside the lesson, which none is to end; one that leads nowhere is its text alone. */
function linkTo(href: string | undefined, text: readonly Inline[]): Node {
	const words = document.createDocumentFragment();
	words.append(...text.map(nodeOf));
	if (href === undefined) return words;
	const node = document.createElement("a");
	node.href = href;
	node.target = "_blank";
	node.rel = "nofollow noreferrer";
	node.append(words);
	return node;
}
