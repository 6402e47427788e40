import type { Feature, Geometry } from "geojson";
import * as L from "leaflet";
import { Basemap, pictures } from "./basemap.ts";
import { Card } from "./card.ts";
import { Crowd } from "./crowd.ts";
import type { FewFeatures } from "./few.ts";
import { Flows } from "./flows.ts";
import { passScrolling } from "./gestures.ts";
import { Labels } from "./labels.ts";
import { Legs } from "./legs.ts";
import { rangeOf, unwrapped, westOf } from "./longitudes.ts";
import { beginAt, createMap, nearest, OVERVIEW, reveal, show } from "./map.ts";
import type { Motion } from "./motion.ts";
import { Movements } from "./movements.ts";
import { element, type Page } from "./page.ts";
import type { Whole } from "./parts.ts";
import { drawPlaces } from "./places.ts";
import { Sites } from "./sites.ts";
import type { Layer } from "./state.ts";
import type { Load } from "./status.ts";
import { Stops } from "./stops.ts";
import type { LegFeature, MovementFeature, PlaceFeature, SiteFeature, StopFeature } from "./types.ts";

/** What an atlas lends to an overview: draw draws features one by one, in place of those before; layers are those to begin with. */
export interface AtlasParts {
	map: L.Map;
	page: Page;
	card: Card;
	layers: ReadonlySet<Layer>;
	draw: (features: FewFeatures) => void;
}

/** What stands for single features where these are too many. */
export interface Overview {
	show(layers: ReadonlySet<Layer>): void;
}

/** The map with all its layers. */
export class Atlas {
	readonly #page: Page;
	readonly #map: L.Map;
	readonly #stops: Stops;
	readonly #legs: Legs;
	readonly #movements: Movements;
	readonly #sites: Sites;
	readonly #basemap: Basemap | undefined;
	readonly #card: Card;
	#overview: Overview | undefined;
	readonly #asked = new Set<string>();
	#layers: ReadonlySet<Layer> = new Set();
	#selected: string | undefined;
	#framed = false;
	/** Whether the page itself is moving the map, and whether its reader has. */
	#moving = false;
	#moved = false;
	/** West of all that is drawn, in degrees; the first features settle it. */
	#west: number | undefined;

	constructor(page: Page, motion: Motion, choose: (stop: string) => void) {
		this.#page = page;
		const { strings, lang } = page;
		this.#map = createMap(element("#map"), strings, motion);
		const hints = { touch: strings.text("map.gesture"), wheel: strings.text("map.wheel") };
		passScrolling(this.#map, element("[data-hint]"), hints, page.wheel ?? (() => page.page === "home"));
		this.#basemap = page.basemap.vector ? new Basemap(page.basemap, lang) : undefined;
		const labels = new Labels(
			this.#map,
			(boxes, told) => this.#basemap?.keepClear(boxes, told),
			(rest) => crowd.spots(rest),
		);
		const crowd = new Crowd().addTo(this.#map);
		const card = new Card(element("[data-card]"), page);
		this.#card = card;
		this.#stops = new Stops(this.#map, labels, page, (stops) => this.#chosen(stops, choose));
		const flows = new Flows(this.#map, labels, crowd);
		this.#legs = new Legs(flows, strings);
		this.#movements = new Movements(flows, strings, (movement) => card.open([card.movement(movement.properties)]));
		this.#map.on("movestart", () => {
			this.#moved ||= !this.#moving;
		});
		this.#map.on("moveend", () => {
			this.#moving = false;
		});
		this.#map.on("resize", () => this.#fit());
		if (!document.querySelector("[data-still]")) this.#fitPaper();
		this.#sites = new Sites(this.#map, labels, strings, (sites) =>
			card.open(sites.map((site) => card.site(site.properties))),
		);
	}

	/** Opens the card of stops that were chosen on the map; on a route's page the text tells of them. */
	#chosen(stops: readonly StopFeature[], choose: (stop: string) => void): void {
		const [first] = stops;
		if (!first) return;
		if (this.#page.page === "route") {
			choose(first.properties.stop);
			return;
		}
		this.#card.open(stops.map(({ properties }) => this.#card.stop(properties)));
		const at = this.#stops.spotOf(first);
		if (at) reveal(this.#map, at, element("[data-card]"));
	}

	/** Shows the map under the route; each time that it wants tiles it asks for its loading to be run. */
	showBasemap(run: (load: Load) => void): void {
		if (this.#basemap) this.#basemap.start(run).addTo(this.#map);
		else pictures(this.#page.basemap, run).addTo(this.#map);
	}

	/** Lets an overview stand for single features wherever a view has too many of them. */
	showOverview(open: (parts: AtlasParts) => Overview): void {
		this.#overview = open({
			map: this.#map,
			page: this.#page,
			card: this.#card,
			layers: this.#layers,
			draw: ({ stops, legs, movements, sites }) => {
				this.#stops.draw(stops);
				this.#legs.load(legs);
				this.#movements.load(movements);
				this.#sites.load(sites);
			},
		});
	}

	/** Draws the stops that are on the map and gives their number. */
	async loadStops(features: readonly StopFeature[]): Promise<number> {
		await this.#stops.load(this.#unwrapped(features), () => this.#frame()); // the view first, so that everything is drawn once
		this.#stops.select(this.#selected);
		return this.#stops.features.length;
	}

	loadLegs(features: readonly LegFeature[]): void {
		this.#legs.load(this.#unwrapped(features));
		if (!this.#framed) this.#frame();
	}

	/** Draws the movements that have a place at both ends and gives their number. */
	loadMovements(features: readonly MovementFeature[]): number {
		return this.#movements.load(this.#unwrapped(features));
	}

	loadSites(features: readonly SiteFeature[]): number {
		const drawn = this.#sites.load(this.#unwrapped(features));
		if (this.#page.page === "home" && !this.#moved) this.#frame();
		return drawn;
	}

	loadPlaces(features: readonly PlaceFeature[]): void {
		drawPlaces(this.#map, this.#unwrapped(features), this.#page.strings);
	}

	/** Brings features into view, of whatever kind they are. */
	showAll(features: readonly Feature[]): void {
		this.#show(L.geoJSON(this.#unwrapped(features)).getBounds(), { animate: false });
	}

	/** The places whose parts are to be seen now and have not been asked for. */
	missingParts(): Whole[] {
		const wanted = [
			...(this.#layers.has("route") ? this.#stops.wholes() : []),
			...(this.#layers.has("sites") ? this.#sites.wholes() : []),
		];
		return wanted.filter(({ pack, place }) => {
			const key = `${pack}/${place}`;
			const missing = !this.#asked.has(key);
			this.#asked.add(key);
			return missing;
		});
	}

	addPart(feature: PlaceFeature): void {
		this.#stops.parts.add(feature);
		this.#sites.parts.add(feature);
	}

	show(layers: ReadonlySet<Layer>): void {
		this.#layers = layers;
		this.#stops.show(layers.has("route"));
		this.#legs.show(layers.has("route"));
		this.#movements.show(layers.has("movements"));
		this.#sites.show(layers.has("sites"));
		this.#stops.select(this.#selected);
		this.#overview?.show(layers);
	}

	/** Chooses a stop, or the whole route; one that is chosen again comes back into view, for a reader who has moved the map away. */
	select(stop: string | undefined, again = false): void {
		const changed = stop !== this.#selected;
		this.#selected = stop;
		this.#stops.select(stop);
		if (changed || again) this.#show(this.#boundsOf(stop));
	}

	/** Keeps what is chosen in view in a frame of another size, such as after a zoom of the browser; a reader's own view stays. */
	#fit(): void {
		if (!this.#framed || this.#moved || this.#overview) return;
		this.#show(this.#boundsOf(this.#selected), { animate: false });
	}

	/** Brings features to where they lie on this map. */
	#unwrapped<F extends Feature<Geometry | null>>(features: readonly F[]): F[] {
		if (this.#west === undefined && features.length > 0) {
			this.#west = westOf(rangeOf(features.map(({ geometry }) => geometry)));
			beginAt(this.#map, this.#west);
		}
		return features.map((feature) => unwrapped(feature, this.#west ?? -180));
	}

	/** Brings the route, or the chosen stop, into view once there is something to show. */
	#frame(): void {
		this.#stops.select(this.#selected);
		this.#show(this.#boundsOf(this.#selected), { animate: this.#framed });
		this.#framed = true;
	}

	#show(bounds: L.LatLngBounds, options?: { animate: boolean }): void {
		this.#moving = bounds.isValid();
		this.#moved &&= !this.#moving;
		show(this.#map, bounds, { ...options, maxZoom: nearest(this.#map, this.#boundsOf(undefined), OVERVIEW) });
	}

	/** Takes note of a frame whose size has changed. */
	resized(): void {
		this.#map.invalidateSize({ animate: false });
	}

	/** Fits the view on paper, whose form is another and where no still map stands for it; afterwards it is as its reader had it. */
	#fitPaper(): void {
		let [centre, zoom] = [this.#map.getCenter(), this.#map.getZoom()];
		matchMedia("print").addEventListener("change", ({ matches }) => {
			if (matches) [centre, zoom] = [this.#map.getCenter(), this.#map.getZoom()];
			this.#map.invalidateSize({ animate: false });
			if (matches) return this.#show(this.#boundsOf(this.#selected), { animate: false });
			this.#moving = true;
			this.#map.setView(centre, zoom, { animate: false });
		});
	}

	#boundsOf(stop: string | undefined): L.LatLngBounds {
		const one = stop === undefined ? undefined : this.#stops.boundsOf(stop);
		if (one) return one;
		const all = L.latLngBounds([]).extend(this.#stops.bounds()).extend(this.#legs.bounds());
		return this.#page.page === "home" ? all.extend(this.#sites.bounds()) : all;
	}
}
