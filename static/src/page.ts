import { Strings } from "./strings.ts";

/** Where the tiles of the map under the routes are. */
export interface BasemapSource {
	/** A tile's address with {z}, {x} and {y} in it. */
	tiles: string;
	/** Whether they are vector tiles; else they are pictures. */
	vector: boolean;
	minzoom: number;
	maxzoom: number;
	/** How near a map must be to the next zoom to take its tiles; less takes coarser ones, which are fewer. */
	nearly?: number;
}

/** What the server wrote into the page for its script. */
export interface PageData {
	page: "home" | "route" | "embed";
	lang: string;
	route?: string;
	basemap: BasemapSource;
	strings: Record<string, string>;
	embed?: EmbedData;
}

/** What an embed shows. */
export interface EmbedData {
	/** The address of the features. */
	data: string;
	layers: string[];
	scroll: "page" | "map";
	/** Whether one route is shown. */
	single: boolean;
}

export interface Page extends Omit<PageData, "strings"> {
	strings: Strings;
	/** Whether the wheel zooms the map now; where it is left out, the wheel does so on the map of everything. */
	wheel?: () => boolean;
}

export function readPage(): Page {
	const data = JSON.parse(element("#page-data").textContent ?? "{}") as PageData;
	return { ...data, strings: new Strings(data.strings, data.lang) };
}

/** The element that a selector names; the page's template promises that it is there. */
export function element<E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E {
	const found = within.querySelector<E>(selector);
	if (!found) throw new Error(`the page has no ${selector}`);
	return found;
}
