import { Strings } from "../strings.ts";
import { isFile } from "./address.ts";
import type { Kit, Text } from "./kit.ts";

/** A text as it was chosen for a reader, with the language that it really is in. */
export interface Wording {
	readonly text: string;
	readonly lang: string;
	readonly draft: boolean;
}

/** The lesson's texts and the interface's in one language. */
export class Language {
	readonly code: string;
	/** "ltr" or "rtl". */
	readonly dir: string;
	readonly strings: Strings;
	readonly #original: string;
	readonly #status: ReadonlyMap<string, string>;

	constructor(kit: Kit, code: string) {
		this.code = kit.strings[code] ? code : "en";
		this.strings = new Strings(kit.strings[this.code] ?? {}, this.code);
		this.dir = kit.languages.find(({ code }) => code === this.code)?.dir ?? "ltr";
		this.#original = kit.original;
		this.#status = new Map(kit.content.map((language) => [language.code, language.status]));
	}

	/** The text in this language, else in the one it was written in; empty where there is none. */
	say(text: Text | undefined): Wording {
		const lang = text?.[this.code] ? this.code : this.#original;
		return { text: text?.[lang] ?? "", lang, draft: this.#status.get(lang) === "draft" };
	}

	/** Of several texts one that is in another language, else one that is a draft, else any: by it a screen that shows all of them is marked. */
	least(texts: readonly Text[]): Wording {
		const said = texts.map((text) => this.say(text));
		const least = said.find(({ lang }) => lang !== this.code) ?? said.find(({ draft }) => draft) ?? said[0];
		return least ?? { text: "", lang: this.code, draft: false };
	}
}

/**
 * The languages that a lesson can be shown in: those of the interface that the content has, and the one that it is shown
 * in now; else all of the interface.
 */
export function languagesOf(kit: Kit, now: string): { code: string; name: string }[] {
	const has = new Set(kit.content.map(({ code }) => code));
	if (!kit.languages.some(({ code }) => has.has(code))) return [...kit.languages];
	return kit.languages.filter(({ code }) => has.has(code) || code === now);
}

/** The language to begin in where the address names none: a server has chosen it for its pages; a file goes by the reader's browser. */
export function ownLanguage(kit: Kit): string {
	const chosen = document.documentElement.lang;
	if (!isFile()) return chosen;
	const base = (tag: string) => tag.split("-", 1)[0]?.toLowerCase();
	const codes = languagesOf(kit, chosen).map(({ code }) => code);
	const wanted = navigator.languages.flatMap((wish) => codes.find((code) => base(code) === base(wish)) ?? []);
	return wanted[0] ?? chosen;
}
