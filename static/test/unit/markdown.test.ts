import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseDocument } from "htmlparser2";
import { type Block, blocksOf, type Inline, wordsOf } from "../../src/lesson/markdown.ts";

interface Row {
	readonly markdown: string;
	readonly html: string;
	readonly plain: string;
}

// The server's pages follow the same rows, in server/markdown_test.go.
const rows = JSON.parse(readFileSync(new URL("../../testdata/markdown.json", import.meta.url), "utf8")) as Row[];

type Node = ReturnType<typeof parseDocument>["children"][number];

const written = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

/** HTML as it is seen: without spaces at the edges of blocks, and of attributes the addresses alone. */
function seen(html: string): string {
	return parseDocument(html)
		.children.map(normal)
		.join("")
		.replace(/ *(<\/?(?:p|ul|ol|li|br)>) */g, "$1")
		.trim();
}

function normal(node: Node): string {
	if (node.type === "text") return node.data.replace(/\s+/g, " ");
	if (!("name" in node) || !("children" in node)) return "";
	const address = node.name === "a" ? ` ${new URL(node.attribs.href ?? "").href}` : "";
	const start = node.name === "ol" && node.attribs.start ? ` ${node.attribs.start}` : "";
	return `<${node.name}${address}${start}>${node.children.map(normal).join("")}</${node.name}>`;
}

function htmlOf(block: Block): string {
	if (block.tag === "p") return `<p>${block.of.map(inlineOf).join("")}</p>`;
	const { tag, start, tight } = block;
	const itemOf = (one: Block) => (tight && one.tag === "p" ? one.of.map(inlineOf).join("") : htmlOf(one));
	const from = tag === "ol" && start !== 1 ? ` start="${start}"` : "";
	return `<${tag}${from}>${block.items.map((item) => `<li>${item.map(itemOf).join("")}</li>`).join("")}</${tag}>`;
}

function inlineOf(inline: Inline): string {
	if (typeof inline === "string") return written(inline);
	if (inline.tag === "br") return "<br>";
	const inner = inline.of.map(inlineOf).join("");
	if (inline.tag !== "a") return `<${inline.tag}>${inner}</${inline.tag}>`;
	return inline.href === undefined ? inner : `<a href="${written(inline.href)}">${inner}</a>`;
}

for (const { markdown, html, plain } of rows) {
	test(`${JSON.stringify(markdown)} is read as pages read it`, () => {
		const blocks = blocksOf(markdown);
		assert.equal(seen(blocks.map(htmlOf).join("")), seen(html));
		assert.equal(oneLine(wordsOf(blocks)), oneLine(plain));
	});
}

test("nothing that is written becomes a link to anything but an https address, nor markup", () => {
	for (const text of [
		"[a](javascript:x)",
		"[a](&#x6a;avascript:x)",
		"[a](\\javascript:x)",
		"<javascript:x>",
		"[a]\n\n[a]: data:x",
	]) {
		assert.ok(!blocksOf(text).map(htmlOf).join("").includes("<a"), text);
	}
	for (const text of ["<b>x</b>", "x<script>", "x <img src=y onerror=z>"]) {
		assert.ok(
			!blocksOf(text)
				.map(htmlOf)
				.join("")
				.replace(/^<p>|<\/p>$/g, "")
				.includes("<"),
			text,
		); // left out, as on pages
	}
	assert.deepEqual(blocksOf("\\<b>x"), [{ tag: "p", of: ["<b>x"] }]);
});
