import type { EmbedFeatures } from "../api.ts";
import type { EmbedData, Page } from "../page.ts";

/** The parameters of an embed's address, as a server would apply them. What cannot be used is left out. */
export interface Options {
	readonly stop: string | undefined;
	readonly theme: "light" | "dark" | undefined;
	readonly layers: readonly string[];
	readonly controls: boolean;
	readonly scroll: "page" | "map";
	/** The routes to show, of an embed of several; none for all. */
	readonly routes: readonly string[];
}

/** What stands between the ids of the routes beside which something is told. */
const AND = "; ";

export function readOptions(search: string): Options {
	const query = new URLSearchParams(search);
	const theme = query.get("theme");
	const asked = query.get("layers")?.split(",") ?? [];
	return {
		stop: query.get("stop") || undefined,
		theme: theme === "light" || theme === "dark" ? theme : undefined,
		layers: ["movements", "sites"].filter((layer) => asked.includes(layer)),
		controls: query.get("controls") !== "off",
		scroll: query.get("scroll") === "map" ? "map" : "page",
		routes: query.getAll("route"),
	};
}

/** Shows the page of an embed as its address asks, where no server has done so. */
export function applyOptions({ theme, controls, routes }: Options, choices: NonNullable<EmbedData["choices"]>): void {
	if (theme) paint(theme, choices[theme]);
	if (!controls) document.querySelector("[data-steps]")?.remove();
	for (const text of document.querySelectorAll<HTMLElement>("[data-route]")) {
		text.hidden = routes.length > 0 && !routes.includes(text.dataset.route ?? "");
	}
}

const DARK = "(prefers-color-scheme: dark)";

/** Gives the page and its picture the colours of a theme, whatever the reader's system has. */
function paint(theme: "light" | "dark", address: string): void {
	const sheet = document.createElement("link");
	sheet.rel = "stylesheet";
	sheet.href = address;
	const former = document.querySelector("style");
	sheet.addEventListener("load", () => former?.remove());
	document.head.append(sheet);
	document.querySelector("meta[name=color-scheme]")?.setAttribute("content", theme);
	for (const source of document.querySelectorAll<HTMLSourceElement>("[data-still] source")) {
		if (!source.media.includes(DARK)) continue;
		if (theme === "light") source.remove();
		else source.media = source.media.replace(new RegExp(`(and )?${DARK.replace(/[()]/g, "\\$&")}`), "").trim();
	}
}

/** What an embed's map shows, as its address asks where no server has said so. */
export function withOptions(page: Page): Page {
	const { embed } = page;
	if (!embed?.choices) return page;
	const { layers, scroll, routes } = readOptions(location.search);
	const data = layers.length > 0 ? embed.choices.layered.replace("{layers}", layers.join("-")) : embed.data;
	return {
		...page,
		embed: { ...embed, data, layers: ["route", ...layers], scroll, ...(routes.length > 0 ? { routes } : {}) },
	};
}

/** Keeps what is of some routes, and what is told beside them; all where none are named. */
export function ofRoutes(features: EmbedFeatures, routes: readonly string[] | undefined): EmbedFeatures {
	const kept = ({ properties: { route = "" } }: { properties: { route?: string } }) =>
		!routes || route.split(AND).some((one) => routes.includes(one));
	return {
		...features,
		stops: features.stops.filter(kept),
		legs: features.legs.filter(kept),
		movements: features.movements.filter(kept),
		sites: features.sites.filter(kept),
	};
}
