/** The interface's texts in the page's language. */
export class Strings {
	readonly #texts: Record<string, string>;

	constructor(texts: Record<string, string>) {
		this.#texts = texts;
	}

	/** The text of a key with each {name} replaced; the key itself where there is no such text. */
	text(key: string, values: Record<string, string | number> = {}): string {
		const text = this.#texts[key] ?? key;
		return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
	}

	/** The name of a vocabulary's code; several codes may stand in one value, joined by "; ". */
	term(list: string, codes: string): string {
		return codes
			.split(/;\s*/)
			.map((code) => this.text(`term.${list}.${code}`))
			.join("; ");
	}
}
