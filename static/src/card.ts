import { element, filled, type Page } from "./page.ts";
import type { Strings } from "./strings.ts";
import type { Counted, MovementProperties, SiteProperties, StopProperties, Told } from "./types.ts";
import { amount, inLanguage, inOneLine } from "./words.ts";

type Words = readonly (Node | string | undefined)[];

/** The small sheet over the map that tells of what was chosen there. */
export class Card {
	readonly #node: HTMLElement;
	readonly #strings: Strings;
	/** The page of a route, with {route} in it. */
	readonly #route: string;
	readonly #letters: Readonly<Record<string, string>>;
	#opener: HTMLElement | undefined;

	constructor(node: HTMLElement, { strings, addresses, letters }: Pick<Page, "strings" | "addresses" | "letters">) {
		this.#node = node;
		this.#strings = strings;
		this.#route = addresses.route;
		this.#letters = letters ?? {};
		node.addEventListener("keydown", (event) => {
			if (event.key === "Escape") this.close();
		});
	}

	open(entries: readonly HTMLElement[]): void {
		const active = document.activeElement;
		this.#opener = active instanceof HTMLElement ? active : undefined;
		const close = document.createElement("button");
		close.type = "button";
		close.className = "card-close";
		close.textContent = "×";
		close.setAttribute("aria-label", this.#strings.text("map.close"));
		close.addEventListener("click", () => this.close());
		this.#node.replaceChildren(close, ...entries);
		this.#node.hidden = false;
		this.#node.focus({ preventScroll: true });
	}

	/** Puts the card away and gives the focus back; to the map where what had it is gone, as with a layer that was switched off. */
	close(): void {
		if (this.#node.hidden) return;
		this.#node.hidden = true;
		const back = this.#opener?.isConnected ? this.#opener : element("#map");
		back.focus({ preventScroll: true });
	}

	stop(stop: StopProperties): HTMLElement {
		const page = new URL(filled(this.#route, "route", stop.route), location.href);
		page.searchParams.set("stop", stop.stop);
		const entry = this.#entry(
			stop,
			[this.#strings.term("role", stop.role)],
			link(page.href, this.#strings.text("home.read")),
		);
		const letter = this.#letters[stop.route];
		if (letter) entry.querySelector("h3")?.prepend(chip(`${letter}${stop.seq}`), " ");
		return entry;
	}

	movement(movement: MovementProperties): HTMLElement {
		return this.#entry(
			movement,
			[this.#strings.term("movement_kind", movement.kind)],
			this.#inText(`movement-${movement.movement}`),
		);
	}

	site(site: SiteProperties): HTMLElement {
		const kind = this.#strings.term("site_kind", site.kind);
		const who = site.organisations && inLanguage(site.organisations, site.lang);
		return this.#entry(site, [kind, who], this.#inText(`site-${site.site}`));
	}

	#inText(id: string): HTMLElement | undefined {
		return document.getElementById(id) ? link(`#${id}`, this.#strings.text("card.text")) : undefined;
	}

	#entry(told: Told & Counted, kind: Words, more: HTMLElement | undefined): HTMLElement {
		const own = (text: string | undefined) => text && inLanguage(text, told.lang);
		const entry = document.createElement("section");
		entry.append(inOneLine("card-kind", kind), inLanguage(told.title, told.lang, "h3"));
		const { count, count_text, count_unit } = told;
		if (count !== undefined) {
			const unit = count_unit ? this.#strings.term("unit", count_unit, { count }) : "";
			entry.append(paragraph("card-figure", amount(this.#strings, told), " ", own(count_text) ?? unit));
		}
		if (told.text) entry.append(inLanguage(told.text, told.lang, "p"));
		const asOf = this.#strings.text("claim.asOf", { year: told.as_of });
		const historical = told.historical ? this.#strings.text("claim.historical") : "";
		entry.append(inOneLine("claim", [own(told.said_by), asOf, historical, told.citation]));
		if (told.draft) entry.append(paragraph("mark", this.#strings.text("mark.draft")));
		if (more) entry.append(more);
		return entry;
	}
}

export function paragraph(className: string, ...words: (Node | string)[]): HTMLElement {
	const node = document.createElement("p");
	if (className) node.className = className;
	node.append(...words);
	return node;
}

export function link(href: string, text: string): HTMLElement {
	const node = document.createElement("a");
	node.href = href;
	node.className = "read";
	node.textContent = text;
	return node;
}

/** The letter of a route and the number of its stop, as the map's labels have them. */
function chip(number: string): HTMLElement {
	const node = document.createElement("b");
	node.className = "route-letter";
	node.textContent = number;
	return node;
}
