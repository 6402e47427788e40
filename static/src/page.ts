import { Strings } from "./strings.ts";

/** Where tiles are. */
export interface TileSource {
	/** A tile's address with {z}, {x} and {y} in it. */
	tiles: string;
	minzoom: number;
	maxzoom: number;
	/** The tiles that are there, for each zoom from the lowest: first column and row, last column and row; all where left out. */
	boxes?: readonly (readonly [number, number, number, number])[];
	/** How near a map must be to the next zoom to take its tiles; less takes coarser ones, which are fewer. */
	nearly?: number;
}

/** Where the tiles of the map under the routes are. */
export interface BasemapSource extends TileSource {
	/** Whether they are vector tiles; else they are pictures. */
	vector: boolean;
}

/** Addresses with {collection}, {pack}, {place} or {route} to be filled in. */
export interface Addresses {
	/** A collection's features, those of the page's route where it has one. */
	items: string;
	/** The parts of a place. */
	parts: string;
	/** The page of a route. */
	route: string;
}

/** What the server wrote into the page for its script. */
export interface PageData {
	page: "home" | "route" | "embed" | "data";
	lang: string;
	route?: string;
	basemap: BasemapSource;
	addresses: Addresses;
	strings: Record<string, string>;
	/** The letters that tell routes apart on a map of several, by the routes' ids. */
	letters?: Readonly<Record<string, string>>;
	embed?: EmbedData;
	/** The tiles of the data that the map of everything draws where there are too many features. */
	many?: ManySource;
	/** The features that a page of the API shows: a collection's, at the address of a FeatureCollection or of one feature. */
	data?: { collection: string; address: string };
}

/** Where tiles of the data and the lists behind them are; addresses with {collection} to be filled in. */
export interface ManySource {
	tiles: string;
	maxzoom: number;
	items: string;
	/** What all of it lies in: west, south, east, north in degrees; across the antimeridian its west is greater than its east. */
	bounds: readonly [number, number, number, number];
}

/** What an embed shows. */
export interface EmbedData {
	/** The address of the features. */
	data: string;
	layers: string[];
	scroll: "page" | "map";
	/** Whether one route is shown. */
	single: boolean;
	/** What is needed to apply the parameters of the address where no server does. */
	choices?: { layered: string; light: string; dark: string };
	/** The routes to show; all where left out. */
	routes?: readonly string[];
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

/** Fills a value into an address in the place of its name in braces. */
export function filled(address: string, name: string, value: string): string {
	return address.replace(`{${name}}`, encodeURIComponent(value));
}

/** The element that a selector names; the page's template promises that it is there. */
export function element<E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E {
	const found = within.querySelector<E>(selector);
	if (!found) throw new Error(`the page has no ${selector}`);
	return found;
}
