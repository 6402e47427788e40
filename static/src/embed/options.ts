import type { EmbedFeatures } from "../api.ts";
import type { EmbedData, Page } from "../page.ts";
import type { Strings } from "../strings.ts";

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
export function applyOptions(
	{ theme, controls, routes }: Options,
	choices: NonNullable<EmbedData["choices"]>,
	strings: Strings,
): void {
	if (theme) paint(theme, choices[theme]);
	if (!controls) document.querySelector("[data-steps]")?.remove();
	const all = tellings();
	const shown = named(routes, all);
	if (shown.length === 0) return;
	for (const one of all) one.hidden = !shown.includes(one);
	all[0]?.before(...shown);
	if (all.length > 1) date(shown, strings);
}

/** The texts of the page's routes. */
function tellings(): HTMLElement[] {
	return [...document.querySelectorAll<HTMLElement>("[data-route]")];
}

/** Those routes of the page that an address names, in its order; none for all. */
export function named<T extends { dataset: { route?: string } }>(asked: readonly string[], all: readonly T[]): T[] {
	return [...new Set(asked)].flatMap((id) => all.find(({ dataset }) => dataset.route === id) ?? []);
}

/** Says over the map of what years the sources of the routes that are shown are, as the server says it of all. */
function date(shown: readonly HTMLElement[], strings: Strings): void {
	const years = shown.flatMap(({ dataset }) => dataset.years?.split("–") ?? []).map(Number);
	const [span, mark] = document.querySelectorAll(".embed-head .kicker span");
	if (!span || years.length === 0) return;
	const ends = [...new Set([Math.min(...years), Math.max(...years)])];
	span.textContent = strings.text("footer.years", { years: ends.join("–") });
	const ages = shown.map(({ dataset }) => dataset.history);
	const isAll = ages.every((age) => age === "claim.historical");
	if (!ages.some(Boolean)) mark?.remove();
	else if (mark) mark.textContent = strings.text(isAll ? "claim.historical" : "claim.historicalSome");
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
	const { layers, scroll, routes: asked } = readOptions(location.search);
	const routes = named(asked, tellings()).map(({ dataset }) => dataset.route ?? "");
	const data = layers.length > 0 ? embed.choices.layered.replace("{layers}", layers.join("-")) : embed.data;
	return {
		...page,
		...(routes.length > 0 ? { letters: lettersOf(routes) } : {}),
		embed: { ...embed, data, layers: ["route", ...layers], scroll, ...(routes.length > 0 ? { routes } : {}) },
	};
}

/** The letters that tell routes apart, in their order; one alone needs none. */
function lettersOf(routes: readonly string[]): Record<string, string> {
	if (routes.length < 2) return {};
	return Object.fromEntries(routes.map((id, i) => [id, String.fromCharCode("A".charCodeAt(0) + i)]));
}

/** Gives the texts the letters of the map that moves; until that is there they have those of the still one, which shows all routes. */
export function letterTexts({ embed, letters = {} }: Page): void {
	if (!embed?.routes) return;
	for (const text of tellings()) {
		const letter = letters[text.dataset.route ?? ""];
		const mark = text.querySelector(".route-letter");
		if (letter && mark) mark.textContent = letter;
		else mark?.remove();
	}
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
