import { readdirSync } from "node:fs";
import { ROUTE } from "./site.ts";

const LANGUAGES = readdirSync("static/lang").map((name) => name.replace(".json", ""));
/** The pages of the site, one at least of each template. */
export const PAGES = [
	"/",
	ROUTE,
	`${ROUTE}?stop=bangkok`,
	`${ROUTE}/handout?edition=trainer`,
	`${ROUTE}/handout?edition=short`,
	`${ROUTE}/present`,
	`${ROUTE}/notes`,
	"/embed/yunnan",
	"/embed/yunnan?stop=bangkok",
	"/embed/all",
	"/privacy",
	"/guide",
	"/api?f=html",
	"/api/conformance?f=html",
	"/api/collections?f=html",
	"/api/collections/legs?f=html",
	"/api/collections/sites/schema?f=html",
	"/api/collections/sites/items?f=html&limit=4&kind=training",
	"/api/collections/places/items?f=html&limit=4",
	"/api/collections/stops/items/yunnan.bangkok?f=html",
	"/search",
	"/search?q=bangkok",
	"/live",
	"/live/help",
	"/no-such-page",
];

/** A page's addresses in the languages of the interface. */
export function inEveryLanguage(where: string): string[] {
	return LANGUAGES.map((lang) => `${where}${where.includes("?") ? "&" : "?"}lang=${lang}`);
}
