/** The interface's texts in one language. A text with a {count} may have forms beside it, as static/strings.go tells. */
export class Strings {
	readonly #texts: Record<string, string>;
	readonly #number: Intl.NumberFormat;
	readonly #plural: Intl.PluralRules;

	/** lang is the BCP 47 tag of the language. */
	constructor(texts: Record<string, string>, lang: string) {
		this.#texts = texts;
		this.#number = new Intl.NumberFormat(lang, { numberingSystem: "latn" }); // as on the map and in citations
		this.#plural = new Intl.PluralRules(lang);
	}

	/**
	 * The text of a key with each {name} replaced; the key itself where there is no such text. Numbers are written as the
	 * language groups digits, except a {year}; a number named count chooses the plural form.
	 */
	text(key: string, values: Record<string, string | number> = {}): string {
		const { count } = values;
		const form = typeof count === "number" ? this.#texts[`${key}.${this.#plural.select(count)}`] : undefined;
		const text = form ?? this.#texts[key] ?? key;
		return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
			const value = values[name];
			return typeof value === "number" && name !== "year" ? this.number(value) : String(value ?? whole);
		});
	}

	/** A number as the language groups digits: 40,000 or 40.000. */
	number(value: number): string {
		return this.#number.format(value);
	}

	/** The name of a vocabulary's code; several codes may stand in one value, joined by "; ". */
	term(list: string, codes: string, values?: Record<string, number>): string {
		return codes
			.split(/;\s*/)
			.map((code) => this.text(`term.${list}.${code}`, values))
			.join("; ");
	}
}
