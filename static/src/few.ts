import type { LatLngBounds, Map as LeafletMap } from "leaflet";
import { type Collection, items } from "./api.ts";
import { unwrapped, wrapped } from "./longitudes.ts";
import { filled } from "./page.ts";
import type { Load } from "./status.ts";
import type { LegFeature, MovementFeature, SiteFeature, StopFeature } from "./types.ts";

/**
 * Up to how many features a view draws one by one, with labels and arrowheads. More have no room for them, and finding it takes
 * longer than a reader waits; tiles show up to 5,000 as they are.
 */
const MOST = 2000;
/** How much more than the view is loaded on each side, so that a small move needs nothing new; a share of the view. */
const AROUND = 0.2;

/** The features of a view. */
export interface FewFeatures {
	stops: StopFeature[];
	legs: LegFeature[];
	movements: MovementFeature[];
	sites: SiteFeature[];
}

/** Loads the features of a view where they are few enough to be drawn one by one. */
export class Few {
	readonly #map: LeafletMap;
	/** The address of a collection's features, with {collection} in it. */
	readonly #items: string;
	readonly #run: (load: Load) => void;
	readonly #draw: (features: FewFeatures | undefined) => void;
	/** What is drawn or is being loaded; nothing where tiles stand for it. */
	#wanted: { bounds: LatLngBounds; collections: readonly Collection[] } | undefined;
	#loading: AbortController | undefined;
	#failed = false;
	#drawn = false;

	/** draw is given the features of a view, or nothing where tiles stand for them. */
	constructor(
		map: LeafletMap,
		address: string,
		run: (load: Load) => void,
		draw: (features: FewFeatures | undefined) => void,
	) {
		this.#map = map;
		this.#items = address;
		this.#run = run;
		this.#draw = draw;
	}

	/** Takes note of a view that has so many features of some collections. What is drawn stays until there is something else. */
	look(count: number, collections: readonly Collection[]): void {
		const view = this.#map.getBounds();
		if (count > MOST) {
			this.#loading?.abort();
			this.#wanted = undefined;
			if (this.#drawn) this.#draw(undefined);
			this.#drawn = false;
			if (this.#failed) this.#run((signal) => this.#load(signal)); // nothing is wanted, so nothing is missing
			return;
		}
		const same = this.#wanted?.collections.join() === collections.join();
		if (!this.#failed && same && this.#wanted?.bounds.contains(view)) return;
		this.#loading?.abort();
		this.#wanted = { bounds: view.pad(AROUND), collections };
		this.#run((signal) => this.#load(signal));
	}

	/** Loads what is wanted, which may be another view than when a reader first tried. */
	async #load(leaving: AbortSignal): Promise<void> {
		this.#failed = false;
		if (!this.#wanted?.bounds.contains(this.#map.getBounds())) this.#wanted = undefined; // the next look says what is
		if (!this.#wanted) return;
		const { bounds, collections } = this.#wanted;
		const loading = new AbortController();
		this.#loading = loading;
		leaving.addEventListener("abort", () => loading.abort());
		const found: FewFeatures = { stops: [], legs: [], movements: [], sites: [] };
		try {
			const read = async (name: Collection) => {
				const address = `${filled(this.#items, "collection", name)}&bbox=${boxOf(bounds)}`;
				const all = (await items(name, address, loading.signal)).filter(({ geometry }) => geometry);
				Object.assign(found, { [name]: all.map((feature) => unwrapped(feature, bounds.getCenter().lng - 180)) });
			};
			await Promise.all(collections.map(read));
		} catch (problem) {
			if (loading.signal.aborted && !leaving.aborted) return; // another view is wanted
			this.#failed = true;
			throw problem;
		}
		if (loading.signal.aborted) return;
		this.#draw(found);
		this.#drawn = true;
	}
}

/** A box as the API reads it: west, south, east, north in degrees; across the antimeridian its west is greater than its east. */
export function boxOf(bounds: LatLngBounds): string {
	const around = bounds.getEast() - bounds.getWest() >= 360;
	const [west, east] = around ? [-180, 180] : [wrapped(bounds.getWest()), wrapped(bounds.getEast())];
	const [south, north] = [Math.max(-90, bounds.getSouth()), Math.min(90, bounds.getNorth())];
	return [west, south, east, north].map((degrees) => degrees.toFixed(4)).join();
}
