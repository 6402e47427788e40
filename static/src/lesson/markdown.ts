// The Markdown that content may hold: paragraphs, lists, emphasis and links to https addresses. It is read as the server reads it for
// pages (CommonMark); static/testdata/markdown.json holds the two together.

import type { Definition, List, Nodes, PhrasingContent, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";

/** A part of a paragraph's text. */
export type Inline =
	| string
	| { readonly tag: "br" }
	| { readonly tag: "em" | "strong"; readonly of: readonly Inline[] }
	/** Has no address where it leads to no https one: then it is text. */
	| { readonly tag: "a"; readonly href: string | undefined; readonly of: readonly Inline[] };

export type Block =
	| { readonly tag: "p"; readonly of: readonly Inline[] }
	/** In a tight list a paragraph of an item is not set off from what stands beside it. Items are numbered from a start where they are numbered. */
	| {
			readonly tag: "ul" | "ol";
			readonly start: number;
			readonly tight: boolean;
			readonly items: readonly (readonly Block[])[];
	  };

/** Reads a text. Of what content may not hold, such as headings and tags, the words are left. */
export function blocksOf(text: string): Block[] {
	const { children } = fromMarkdown(text);
	const definitions = new Map<string, Definition>();
	define(children, definitions);
	return children.flatMap((node) => blockOf(node, definitions));
}

/** The words alone, each paragraph and item in a line. What is numbered keeps its number: "1995. was a year" is a list to Markdown. */
export function wordsOf(blocks: readonly Block[]): string {
	return blocks
		.flatMap((block) => {
			if (block.tag === "p") return block.of.map(textOf).join("");
			const { tag, start } = block;
			return block.items.map((item, i) => (tag === "ol" ? `${start + i}. ` : "") + wordsOf(item));
		})
		.join("\n");
}

function textOf(inline: Inline): string {
	if (typeof inline === "string") return inline;
	return inline.tag === "br" ? "\n" : inline.of.map(textOf).join("");
}

/** Finds the addresses that a text defines for its links; of two for one label the first holds. */
function define(nodes: readonly Nodes[], definitions: Map<string, Definition>): void {
	for (const node of nodes) {
		if (node.type === "definition" && !definitions.has(node.identifier)) definitions.set(node.identifier, node);
		if ("children" in node) define(node.children, definitions);
	}
}

type Definitions = ReadonlyMap<string, Definition>;

function blockOf(node: RootContent, definitions: Definitions): Block[] {
	switch (node.type) {
		case "list":
			return [listOf(node, definitions)];
		case "paragraph":
		case "heading":
			return [{ tag: "p", of: node.children.flatMap((child) => inlineOf(child, definitions)) }];
		case "blockquote":
			return node.children.flatMap((child) => blockOf(child, definitions));
		case "code":
			return [{ tag: "p", of: [node.value] }];
		default:
			return [];
	}
}

function listOf(list: List, definitions: Definitions): Block {
	return {
		tag: list.ordered ? "ol" : "ul",
		start: list.start ?? 1,
		tight: !list.spread && !list.children.some(({ spread }) => spread),
		items: list.children.map((item) => item.children.flatMap((child) => blockOf(child, definitions))),
	};
}

function inlineOf(node: PhrasingContent, definitions: Definitions): Inline[] {
	switch (node.type) {
		case "text":
		case "inlineCode":
			return [node.value];
		case "break":
			return [{ tag: "br" }];
		case "emphasis":
		case "strong":
			return [{ tag: node.type === "strong" ? "strong" : "em", of: within(node.children, definitions) }];
		case "link":
			return [{ tag: "a", href: secure(node.url), of: within(node.children, definitions) }];
		case "linkReference":
			return [
				{ tag: "a", href: secure(definitions.get(node.identifier)?.url), of: within(node.children, definitions) },
			];
		default:
			return [];
	}
}

function within(nodes: readonly PhrasingContent[], definitions: Definitions): Inline[] {
	return nodes.flatMap((node) => inlineOf(node, definitions));
}

/** An address that a link may lead to. */
function secure(address = ""): string | undefined {
	return /^https:\/\/./i.test(address) ? address : undefined;
}
