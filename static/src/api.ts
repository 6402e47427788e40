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

export interface Query {
	lang: string;
	route?: string | undefined;
	/** Of places: only the parts of one. */
	partOf?: string;
}

/** Reads a whole collection, page by page. */
export async function items<C extends Collection>(
	collection: C,
	{ lang, route, partOf }: Query,
	signal: AbortSignal,
): Promise<Collections[C][]> {
	const query = new URLSearchParams({ lang, limit: "1000" });
	if (route) query.set("route", route);
	if (partOf) query.set("part_of", partOf);
	let next: string | undefined = `/api/collections/${collection}/items?${query}`;
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

export function embedFeatures(address: string, signal: AbortSignal): Promise<EmbedFeatures> {
	return json<EmbedFeatures>(address, signal);
}

/** Reads a tile; there is none where nothing is on the map. */
export async function tile(address: string, signal: AbortSignal): Promise<ArrayBuffer | undefined> {
	const response = await fetch(address, { signal });
	if (!response.ok) throw new Error(`${response.status} ${address}`);
	return response.status === 204 ? undefined : response.arrayBuffer();
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
