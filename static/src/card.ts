import { filled } from "./page.ts";
import type { Strings } from "./strings.ts";
import type { Counted, MovementProperties, SiteProperties, StopProperties, Told } from "./types.ts";

/** The small sheet over the map that tells of what was chosen there. */
export class Card {
	readonly #node: HTMLElement;
	readonly #strings: Strings;
	readonly #route: string;
	#opener: HTMLElement | undefined;

	/** The page of a route is at an address with {route} in it. */
	constructor(node: HTMLElement, strings: Strings, route: string) {
		this.#node = node;
		this.#strings = strings;
		this.#route = route;
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

	close(): void {
		this.#node.hidden = true;
		this.#opener?.focus({ preventScroll: true });
	}

	stop(stop: StopProperties): HTMLElement {
		const page = new URL(filled(this.#route, "route", stop.route), location.href);
		page.searchParams.set("stop", stop.stop);
		return this.#entry(stop, this.#strings.term("role", stop.role), link(page.href, this.#strings.text("home.read")));
	}

	movement(movement: MovementProperties): HTMLElement {
		return this.#entry(
			movement,
			this.#strings.term("movement_kind", movement.kind),
			this.#inText(`movement-${movement.movement}`),
		);
	}

	site(site: SiteProperties): HTMLElement {
		const kind = this.#strings.term("site_kind", site.kind);
		return this.#entry(site, [kind, site.organisations].filter(Boolean).join(" · "), this.#inText(`site-${site.site}`));
	}

	#inText(id: string): HTMLElement | undefined {
		return document.getElementById(id) ? link(`#${id}`, this.#strings.text("card.text")) : undefined;
	}

	#entry(told: Told & Counted, kind: string, more: HTMLElement | undefined): HTMLElement {
		const entry = document.createElement("section");
		const head = paragraph("card-kind", kind);
		const title = document.createElement("h3");
		title.textContent = told.title;
		entry.append(head, title);
		if (told.count !== undefined) entry.append(paragraph("card-figure", this.#figure(told)));
		if (told.text) entry.append(paragraph("", told.text));
		const asOf = this.#strings.text("claim.asOf", { year: told.as_of });
		const historical = told.historical ? this.#strings.text("claim.historical") : "";
		entry.append(paragraph("claim", [told.said_by, asOf, historical, told.citation].filter(Boolean).join(" · ")));
		if (told.draft) entry.append(paragraph("mark", this.#strings.text("mark.draft")));
		if (more) entry.append(more);
		if (told.lang) title.lang = told.lang;
		return entry;
	}

	#figure({ count = 0, approximate, count_text, count_unit }: Counted): string {
		const about = approximate ? this.#strings.text("figure.about", { count }) : this.#strings.number(count);
		return `${about} ${count_text ?? (count_unit ? this.#strings.term("unit", count_unit, { count }) : "")}`;
	}
}

export function paragraph(className: string, text: string): HTMLElement {
	const node = document.createElement("p");
	if (className) node.className = className;
	node.textContent = text;
	return node;
}

export function link(href: string, text: string): HTMLElement {
	const node = document.createElement("a");
	node.href = href;
	node.className = "read";
	node.textContent = text;
	return node;
}
