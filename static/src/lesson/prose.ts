// The content's small Markdown as elements: paragraphs, lists and emphasis. It is text from outside: nothing of it becomes
// markup that is not made here.

/** Makes the paragraphs and lists of a text. */
export function prose(text: string): HTMLElement[] {
	return text
		.trim()
		.split(/\n\s*\n/)
		.filter((block) => block.trim() !== "")
		.map((block) => (isList(block) ? list(block) : paragraph(block)));
}

/** A text without its marks of emphasis, in one line. */
export function plain(text: string): string {
	return runs(text.replace(/\s+/g, " ").trim())
		.map(({ text: run }) => run)
		.join("");
}

export interface Run {
	readonly text: string;
	readonly tag?: "em" | "strong";
}

/** Cuts a text at its emphasis: **strong**, *emphasised* or _emphasised_; what is not closed stays as it is. */
export function runs(text: string): Run[] {
	const list: Run[] = [];
	let rest = 0;
	for (const match of text.matchAll(
		/\*\*(\S(?:.*?\S)?)\*\*|\*([^\s*](?:[^*]*[^\s*])?)\*|\b_([^\s_](?:[^_]*[^\s_])?)_\b/g,
	)) {
		if (match.index > rest) list.push({ text: text.slice(rest, match.index) });
		const [whole, strong, star, underscore] = match;
		list.push(strong ? { text: strong, tag: "strong" } : { text: star ?? underscore ?? "", tag: "em" });
		rest = match.index + whole.length;
	}
	if (rest < text.length) list.push({ text: text.slice(rest) });
	return list;
}

const ITEM = /^\s*(?:[-*+]|\d+[.)])\s+/;

function isList(block: string): boolean {
	return ITEM.test(block);
}

function list(block: string): HTMLElement {
	const node = document.createElement(/^\s*\d/.test(block) ? "ol" : "ul");
	const items: string[] = [];
	for (const line of block.split("\n")) {
		if (ITEM.test(line)) items.push(line.replace(ITEM, ""));
		else items.push(`${items.pop() ?? ""} ${line.trim()}`);
	}
	for (const item of items) node.append(written("li", item));
	return node;
}

function paragraph(block: string): HTMLElement {
	return written("p", block.replace(/\s+/g, " "));
}

/** An element with a text, whose emphasis is marked. */
function written(name: string, text: string): HTMLElement {
	const node = document.createElement(name);
	for (const { text: run, tag } of runs(text)) {
		if (!tag) node.append(run);
		else {
			const marked = document.createElement(tag);
			marked.textContent = run;
			node.append(marked);
		}
	}
	return node;
}
