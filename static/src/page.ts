import { Strings } from "./strings.ts";

/** Where the tiles of the map under the routes are. */
export interface BasemapSource {
	/** A tile's address with {z}, {x} and {y} in it. */
	tiles: string;
	/** Whether they are vector tiles; else they are pictures. */
	vector: boolean;
	minzoom: number;
	maxzoom: number;
}

/** What the server wrote into the page for its script. */
export interface PageData {
	page: "home" | "route";
	lang: string;
	route?: string;
	basemap: BasemapSource;
	strings: Record<string, string>;
}

export interface Page extends Omit<PageData, "strings"> {
	strings: Strings;
}

export function readPage(): Page {
	const data = JSON.parse(element("#page-data").textContent ?? "{}") as PageData;
	return { ...data, strings: new Strings(data.strings) };
}

/** The element that a selector names; the page's template promises that it is there. */
export function element<E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E {
	const found = within.querySelector<E>(selector);
	if (!found) throw new Error(`the page has no ${selector}`);
	return found;
}
