import { plain, prose } from "./prose.ts";
import type { Wording } from "./wording.ts";

/** Puts a text of the content into an element, with the language that it is in. */
export function say(node: HTMLElement, { text, lang }: Wording): HTMLElement {
	node.lang = lang;
	node.replaceChildren(...prose(text));
	return node;
}

/** Makes an element of a class with plain text in it. */
export function made<K extends keyof HTMLElementTagNameMap>(
	tag: K,
	className: string,
	text = "",
): HTMLElementTagNameMap[K] {
	const node = document.createElement(tag);
	if (className) node.className = className;
	node.textContent = text;
	return node;
}

/** Makes an element with a text of the content that is shown without its marks, as titles and answers are. */
export function worded<K extends keyof HTMLElementTagNameMap>(
	tag: K,
	className: string,
	{ text, lang }: Wording,
): HTMLElementTagNameMap[K] {
	const node = made(tag, className, plain(text));
	node.lang = lang;
	return node;
}
