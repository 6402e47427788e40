/** Forms that a text may have beside the one for other numbers. */
const FORMS = ["zero", "one", "two", "few", "many"];

/** The interface's texts in one language. A text with a {count} may have forms beside it, as static/strings.go tells. */
export class Strings {
	readonly #texts: Record<string, string>;
	readonly #lang: string;
	// Made when first needed: the first of each takes a phone a tenth of a second.
	#number: Intl.NumberFormat | undefined;
	#plural: Intl.PluralRules | undefined;

	/** lang is the BCP 47 tag of the language. */
	constructor(texts: Record<string, string>, lang: string) {
		this.#texts = texts;
		this.#lang = lang;
	}

	/**
	 * The text of a key with each {name} replaced; the key itself where there is no such text. Numbers are written as the
	 * language groups digits, except a {year}; a number named count chooses the plural form.
	 */
	text(key: string, values: Record<string, string | number> = {}): string {
		const { count } = values;
		const text = (typeof count === "number" ? this.#form(key, count) : undefined) ?? this.#texts[key] ?? key;
		return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
			const value = values[name];
			return typeof value === "number" && name !== "year" ? this.number(value) : String(value ?? whole);
		});
	}

	/** A number as the language groups digits: 40,000 or 40.000. */
	number(value: number): string {
		if (Number.isInteger(value) && value >= 0 && value < 1000) return String(value); // no language groups these
		this.#number ??= new Intl.NumberFormat(this.#lang, { numberingSystem: "latn" }); // as on the map and in citations
		return this.#number.format(value);
	}

	/** The plural form of a key for a number, where the language has forms of it. */
	#form(key: string, count: number): string | undefined {
		if (!FORMS.some((form) => `${key}.${form}` in this.#texts)) return undefined;
		this.#plural ??= new Intl.PluralRules(this.#lang);
		return this.#texts[`${key}.${this.#plural.select(count)}`];
	}

	/** The name of a vocabulary's code; several codes may stand in one value, joined by "; ". */
	term(list: string, codes: string, values?: Record<string, number>): string {
		return codes
			.split(/;\s*/)
			.map((code) => this.text(`term.${list}.${code}`, values))
			.join("; ");
	}
}
