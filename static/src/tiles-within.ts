import { unzip } from "./api.ts";
import type { TileSource } from "./page.ts";

/** That a file has no such tile but has a coarser one of the same place. */
export const COARSER = "coarser";

/** The tiles of a lesson in one file: compressed and written as text in the page itself. */
let within: ReadonlyMap<string, string> | undefined;

/** Whether the tiles lie in the page. */
export function hasTilesWithin(source: TileSource): boolean {
	return source.tiles === "";
}

/** Gives a tile that lies in the page. */
export async function tileWithin(z: number, x: number, y: number): Promise<ArrayBuffer | typeof COARSER> {
	within ??= new Map(Object.entries(JSON.parse(document.querySelector("#basemap-tiles")?.textContent ?? "{}")));
	const text = within.get(`${z}/${x}/${y}`);
	if (text === undefined) return COARSER;
	const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
	return unzip(bytes);
}
