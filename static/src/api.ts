import type { Feature, FeatureCollection, Geometry } from "geojson";
import type { LegFeature, MovementFeature, PlaceFeature, SiteFeature, StopFeature } from "./types.ts";

interface Collections {
	stops: StopFeature;
	legs: LegFeature;
	movements: MovementFeature;
	sites: SiteFeature;
	places: PlaceFeature;
}

export type Collection = keyof Collections;

interface Page extends FeatureCollection<Geometry | null> {
	links?: { rel: string; href: string }[];
}

/** Reads a whole collection from its address, page by page. */
export async function items<C extends Collection>(
	_collection: C,
	address: string,
	signal: AbortSignal,
): Promise<Collections[C][]> {
	let next: string | undefined = address;
	const features: Feature<Geometry | null>[] = [];
	while (next) {
		const page: Page = await json<Page>(next, signal);
		features.push(...page.features);
		next = page.links?.find((link) => link.rel === "next")?.href;
	}
	return features as Collections[C][];
}

/** All that an embed's map draws. */
export interface EmbedFeatures {
	stops: StopFeature[];
	legs: LegFeature[];
	parts: PlaceFeature[];
	movements: MovementFeature[];
	sites: SiteFeature[];
}

export function embedFeatures(address: string, signal?: AbortSignal): Promise<EmbedFeatures> {
	return json<EmbedFeatures>(address, signal);
}

/** Reads a tile; there is none where nothing is on the map. */
export async function tile(address: string, signal: AbortSignal): Promise<ArrayBuffer | undefined> {
	const response = await fetch(address, { signal });
	if (!response.ok) throw new Error(`${response.status} ${address}`);
	const data = response.status === 204 ? undefined : await response.arrayBuffer();
	return data?.byteLength ? unpacked(data) : undefined;
}

/** A file has its tile compressed; what a server compresses, the browser has unpacked already. */
async function unpacked(data: ArrayBuffer): Promise<ArrayBuffer> {
	const [first, second] = new Uint8Array(data, 0, Math.min(2, data.byteLength));
	return first === 0x1f && second === 0x8b ? unzip(data) : data;
}

export function unzip(data: BlobPart): Promise<ArrayBuffer> {
	return new Response(new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

export async function json<T>(address: string, signal?: AbortSignal): Promise<T> {
	const response = await fetch(sameOrigin(address), signal ? { signal } : {});
	if (!response.ok) throw new Error(`${response.status} ${address}`);
	return (await response.json()) as T;
}

/** A link of the API may carry the public address, while the page is read through another: the path is what counts. */
function sameOrigin(address: string): string {
	const url = new URL(address, location.href);
	return url.pathname + url.search;
}
