import type { Feature, Geometry } from "geojson";
import type * as L from "leaflet";
import { partLine } from "./areas.ts";
import { rangeOf, unwrapped } from "./longitudes.ts";
import type { Pane } from "./map.ts";
import type { PlaceFeature, Told } from "./types.ts";

/** A place that is made of several areas. Another pack may have a place of the same id. */
export interface Whole {
	readonly pack: string | undefined;
	readonly place: string;
}

/** The place of a feature, where it is made of several areas. */
export function wholeOf({ pack, parts, place_id: place }: Told): Whole[] {
	return parts && place ? [{ pack, place }] : [];
}

function keyOf(pack: string | undefined, place: string): string {
	return `${pack ?? ""}/${place}`;
}

type Shown = Feature<Geometry | null, Told>;

/** The outlines of the parts of places that are made of several areas, while something is shown there. */
export class PartLines {
	readonly #map: L.Map;
	readonly #pane: Pane;
	readonly #className: string;
	/** By the place that they are parts of. */
	readonly #parts = new Map<string, PlaceFeature[]>();
	#shown: readonly Shown[] = [];
	readonly #lines = new Map<PlaceFeature, L.Layer>();

	constructor(map: L.Map, pane: Pane, className: string) {
		this.#map = map;
		this.#pane = pane;
		this.#className = className;
	}

	/** Keeps a part for whenever its place is shown. */
	add(part: PlaceFeature): void {
		const key = keyOf(part.properties.pack, part.properties.part_of ?? "");
		this.#parts.set(key, [...(this.#parts.get(key) ?? []), part]);
		this.show(this.#shown);
	}

	/** Draws the parts of the places of these features, and no others. */
	show(features: readonly Shown[]): void {
		this.#shown = features;
		const places = new Map<string, Shown>();
		for (const feature of features) {
			for (const { pack, place } of wholeOf(feature.properties)) places.set(keyOf(pack, place), feature);
		}
		const wanted = new Map<PlaceFeature, Shown>();
		for (const [key, feature] of places) for (const part of this.#parts.get(key) ?? []) wanted.set(part, feature);
		for (const [part, line] of this.#lines) {
			if (wanted.has(part)) continue;
			line.remove();
			this.#lines.delete(part);
		}
		for (const [part, feature] of wanted) {
			if (!this.#lines.has(part)) this.#lines.set(part, this.#line(part, feature).addTo(this.#map));
		}
	}

	/** The outline of a part, where its place lies on the map. */
	#line(part: PlaceFeature, { geometry }: Shown): L.Layer {
		const { west, east } = rangeOf([geometry]) ?? { west: 0, east: 0 };
		return partLine(this.#map, unwrapped(part, (west + east - 360) / 2).geometry, this.#pane, this.#className);
	}
}
