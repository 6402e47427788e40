import type { FeatureCollection } from "geojson";
import type { LatLngBounds } from "leaflet";
import { json } from "./api.ts";
import { link, paragraph } from "./card.ts";
import { boxOf } from "./few.ts";
import type { ManyCollection, Sign } from "./many.ts";
import { filled, type ManySource, type Page } from "./page.ts";
import type { Told } from "./types.ts";
import { dotted, inLanguage } from "./words.ts";

/** How many features a card lists. */
const LISTED = 10;
/** By which vocabulary a collection's signs differ. */
const TERMS: Record<ManyCollection, string> = {
	stops: "precision",
	legs: "evidence",
	movements: "movement_kind",
	sites: "site_kind",
};

/** Tells of a sign that stands for several features: how many, and which, with where each is told. */
export class ManyCard {
	readonly #source: ManySource;
	readonly #page: Page;

	constructor(source: ManySource, page: Page) {
		this.#source = source;
		this.#page = page;
	}

	/** The entry of a sign; what it stands for is looked for in a box. */
	sign(sign: Sign, around: LatLngBounds): HTMLElement {
		const { strings, lang } = this.#page;
		const entry = document.createElement("section");
		entry.dataset.sign = sign.collection;
		const title = document.createElement("h3");
		title.textContent = sign.title;
		entry.append(paragraph("card-kind", strings.term(TERMS[sign.collection], sign.kind)), title);
		entry.append(paragraph("card-figure", strings.text(`many.${sign.collection}`, { count: sign.count })));
		if (sign.nearby) entry.append(paragraph("", strings.text("many.nearby", { count: sign.nearby })));
		const list = document.createElement("ul");
		list.className = "card-list";
		const bbox = boxOf(around);
		const items = filled(this.#source.items, "collection", sign.collection);
		entry.append(list, link(`${items}?${new URLSearchParams({ f: "html", lang, bbox })}`, strings.text("many.list")));
		// Without a language the titles are as in tiles: each in that of its pack.
		const query = new URLSearchParams({ f: "json", bbox, title: sign.title, limit: String(LISTED) });
		void this.#fill(list, `${items}?${query}`);
		return entry;
	}

	/** Lists the features with the routes that tell of them; the card is of use without. */
	async #fill(list: HTMLElement, address: string): Promise<void> {
		try {
			const found = await json<FeatureCollection>(address);
			list.replaceChildren(
				...found.features.map(({ properties }) => this.#told(properties as Told & { route?: string })),
			);
		} catch (problem) {
			console.warn(problem);
		}
	}

	#told({ title, lang, route, as_of, historical, citation }: Told & { route?: string }): HTMLElement {
		const { strings, addresses } = this.#page;
		const item = document.createElement("li");
		item.append(route ? link(filled(addresses.route, "route", route), route) : inLanguage(title, lang));
		const historically = historical ? strings.text("claim.historical") : "";
		item.append(" · ", ...dotted([strings.text("claim.asOf", { year: as_of }), historically, citation]));
		return item;
	}
}
