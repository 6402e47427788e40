// The words of the content among those of the interface. They may be in another language than the page, and are marked as such
// for those who hear them.
import type { Strings } from "./strings.ts";
import type { Counted } from "./types.ts";

/** A text of the content: a few words, or all of an element. */
export function inLanguage(text: string, lang: string | undefined, element = "bdi"): HTMLElement {
	const node = document.createElement(element);
	if (lang) node.lang = lang;
	node.textContent = text;
	return node;
}

/** Texts in one line; what is not said is left out. */
export function dotted(texts: readonly (Node | string | undefined)[]): (Node | string)[] {
	const said = texts.flatMap((text) => (text ? [text] : []));
	return said.flatMap((text, i) => (i > 0 ? [" · ", text] : [text]));
}

/** A paragraph that says texts in one line, with a dot between; what is not said is left out. */
export function inOneLine(className: string, texts: readonly (Node | string | undefined)[]): HTMLElement {
	const line = document.createElement("p");
	line.className = `${className} dots`;
	for (const text of texts) {
		if (!text) continue;
		const part = document.createElement("span");
		part.append(text);
		line.append(part);
	}
	return line;
}

/** A number as the source gives it: "about 1,600" where it says no more. */
export function amount(strings: Strings, { count = 0, approximate }: Counted): string {
	return approximate ? strings.text("figure.about", { count }) : strings.number(count);
}
