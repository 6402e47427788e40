import type { Geometry } from "geojson";
import * as L from "leaflet";
import { Basemap, pictures } from "../basemap.ts";
import { Flows } from "../flows.ts";
import { Labels } from "../labels.ts";
import { Legs } from "../legs.ts";
import { rangeOf, unwrapped, westOf } from "../longitudes.ts";
import { beginAt, createMap, nearest } from "../map.ts";
import type { Motion } from "../motion.ts";
import { Movements } from "../movements.ts";
import { Sites } from "../sites.ts";
import type { Load } from "../status.ts";
import { Stops } from "../stops.ts";
import type { LegFeature, MovementFeature, PlaceFeature, SiteFeature, StopFeature } from "../types.ts";
import type { Kit, ToldFeature } from "./kit.ts";
import type { Picture } from "./picture.ts";
import type { Language } from "./wording.ts";

/** How long the map flies to a step, and how long its leg takes to be drawn, in seconds. */
const FLYING = 0.9;
const DRAWING = 1.1;
/** How long loading of tiles may take, in milliseconds: what hangs keeps a connection from others. */
const LOADING = 10_000;
/** When to ask again for tiles that did not come, in milliseconds: each time after twice as long, since one may be broken for good. */
const AGAIN = { least: 2000, most: 60_000 };
/** How near the map comes in a route through countries: a place of which only the town is known needs no more. */
const USUAL = 6.25;

/** How much of the map's edges the words cover, in pixels. */
export interface Covered {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

type Layered = { stops: Stops; legs: Legs; movements: Movements; sites: Sites; basemap: L.Layer };

/** The map of a lesson: it shows what a step tells of and draws the leg as it is told. */
export class Stage {
	readonly #map: L.Map;
	readonly #kit: Kit;
	/** Where the whole route is. */
	readonly #whole: L.LatLngBounds;
	/** What is in view where no part of the route is told of. */
	readonly #overview: L.LatLngBounds;
	/** West of all that is drawn, in degrees: the route is to be whole. */
	readonly #west: number;
	readonly #motion: Motion;
	readonly #covered: () => Covered;
	readonly #flows: Flows;
	readonly #labels: Labels;
	#layers: Layered | undefined;
	#basemap: Basemap | undefined;
	#picture: Picture | undefined;
	#language: Language;
	/** The ids of the features that are drawn, by collection. */
	readonly #seen = new Map<string, string>();
	/** Whether somebody has moved the map since it last followed the lesson. */
	#astray = false;
	/** Whether the map moves because the lesson does. */
	#following = false;
	#strayed: () => void = () => {};
	#again = 0;

	constructor(node: HTMLElement, kit: Kit, language: Language, motion: Motion, covered: () => Covered) {
		this.#kit = kit;
		this.#motion = motion;
		this.#covered = covered;
		this.#language = language;
		this.#map = createMap(node, language.strings, motion);
		const stops = kit.features.filter(({ collection }) => collection === "stops");
		this.#west = westOf(rangeOf(stops.map(({ geometry }) => geometry)));
		beginAt(this.#map, this.#west);
		this.#whole = this.#around(({ collection }) => collection === "stops");
		this.#overview = this.#aroundRoute();
		this.#labels = new Labels(this.#map, (boxes, told) => this.#basemap?.keepClear(boxes, told));
		this.#flows = new Flows(this.#map, this.#labels);
		this.#watch(node);
		this.#map.on("resize", () => this.#frame(false));
		this.#build();
	}

	get map(): L.Map {
		return this.#map;
	}

	/** Says who wants to know that somebody looks around. */
	onStray(strayed: () => void): void {
		this.#strayed = strayed;
	}

	/** Names everything in another language; the view stays. */
	speak(language: Language): void {
		this.#language = language;
		this.#build();
		if (this.#picture) this.#reveal(this.#picture);
	}

	/** Shows a step's picture: the map flies there, and the leg that is told of is drawn. */
	show(picture: Picture, { animate = true } = {}): void {
		const former = this.#picture;
		this.#picture = picture;
		this.#reveal(picture);
		this.#astray = false;
		const fresh = picture.leg ? [...picture.legs].filter((leg) => !former?.legs.has(leg)) : [];
		if (animate && !this.#motion.less && fresh.length > 0) {
			this.#flows.grow(new Set(fresh.map((leg) => `leg-${this.#kit.route.id}-${leg}`)), DRAWING);
		}
		this.#frame(animate);
	}

	/** Brings back into view what is told of. */
	comeBack(): void {
		this.#astray = false;
		this.#frame(true);
	}

	/** Takes each move and zoom for somebody's own that did not begin with the lesson, or that a hand has cut short. */
	#watch(node: HTMLElement): void {
		const taken = () => {
			this.#following = false;
		};
		for (const hand of ["pointerdown", "wheel", "keydown"]) {
			node.addEventListener(hand, taken, { capture: true, passive: true });
		}
		this.#map.on("moveend", taken);
		this.#map.on("movestart zoomstart", () => {
			if (this.#following || this.#astray || !this.#picture) return;
			this.#astray = true;
			this.#strayed();
		});
	}

	#build(): void {
		const { strings } = this.#language;
		const nothing = () => {};
		this.#layers?.stops.show(false);
		this.#layers?.sites.show(false);
		this.#layers?.basemap.remove();
		this.#seen.clear();
		const layers: Layered = {
			stops: new Stops(this.#map, this.#labels, { strings }, nothing),
			legs: new Legs(this.#flows, strings),
			movements: new Movements(this.#flows, strings, nothing),
			sites: new Sites(this.#map, this.#labels, strings, nothing),
			basemap: this.#ground(),
		};
		layers.basemap.addTo(this.#map);
		layers.stops.draw(this.#features<StopFeature>("stops"));
		for (const part of this.#features<PlaceFeature>("places")) {
			layers.stops.parts.add(part);
			layers.sites.parts.add(part);
		}
		layers.movements.show(true);
		this.#layers = layers;
	}

	#ground(): L.Layer {
		const { basemap } = this.#kit;
		if (!basemap.vector) {
			return pictures(basemap, (load) => {
				load(AbortSignal.timeout(LOADING)).catch((problem: unknown) => console.warn(problem));
			});
		}
		const ground = new Basemap(basemap, this.#language.code);
		this.#basemap = ground.start((load) => void this.#bring(ground, load));
		return ground;
	}

	/** Loads tiles, and again later where some did not come: a group looks at one picture for as long as it talks about it. */
	async #bring(ground: Basemap, load: Load, wait = AGAIN.least): Promise<void> {
		clearTimeout(this.#again);
		try {
			await load(AbortSignal.timeout(LOADING));
		} catch (problem) {
			console.warn(problem);
			if (ground !== this.#basemap) return; // another language has a ground of its own
			clearTimeout(this.#again);
			this.#again = window.setTimeout(() => void this.#bring(ground, load, Math.min(2 * wait, AGAIN.most)), wait);
		}
	}

	/** Shows what the picture has and hides the rest; what is as before is left as it is. */
	#reveal(picture: Picture): void {
		if (!this.#layers) return;
		const { stops, legs, movements, sites } = this.#layers;
		if (this.#differs("stops", picture.stops)) stops.reveal(picture.stops);
		stops.select(picture.stop);
		if (this.#differs("legs", picture.legs)) {
			legs.load(this.#features<LegFeature>("legs").filter(({ properties: p }) => picture.legs.has(p.leg)));
		}
		if (this.#differs("movements", picture.movements)) {
			const all = this.#features<MovementFeature>("movements");
			movements.load(all.filter(({ properties: p }) => picture.movements.has(p.movement)));
		}
		if (this.#differs("sites", picture.sites)) {
			sites.load(this.#features<SiteFeature>("sites").filter(({ properties: p }) => picture.sites.has(p.site)));
			sites.show(picture.sites.size > 0);
		}
	}

	/** Whether other features of a collection are to be seen than those that are. */
	#differs(collection: string, ids: ReadonlySet<string>): boolean {
		const wanted = [...ids].join(" ");
		if (this.#seen.get(collection) === wanted) return false;
		this.#seen.set(collection, wanted);
		return true;
	}

	#frame(animate: boolean): void {
		if (!this.#picture || this.#astray) return;
		const bounds = this.#boundsOf(this.#picture);
		if (!bounds.isValid()) return; // no place of the route is known
		const { left, top, right, bottom } = this.#covered();
		const options = {
			paddingTopLeft: L.point(left + 40, top + 40),
			paddingBottomRight: L.point(right + 40, bottom + 40),
			maxZoom: nearest(this.#map, this.#whole, USUAL),
		};
		this.#following = true;
		if (animate && !this.#motion.less) this.#map.flyToBounds(bounds, { ...options, duration: FLYING });
		else this.#map.fitBounds(bounds, { ...options, animate: false });
	}

	/** What a picture is about; where that has no place on the map, the stop that it reaches, else the route. */
	#boundsOf(picture: Picture): L.LatLngBounds {
		if (picture.wide) return this.#overview;
		const told = this.#around((feature) => this.#tellsOf(feature, picture));
		if (told.isValid()) return told;
		const goal = this.#around(({ collection, texts }) => {
			return collection === "stops" && texts[this.#kit.original]?.stop === picture.goal;
		});
		return goal.isValid() ? goal : this.#overview;
	}

	#around(which: (feature: ToldFeature) => boolean): L.LatLngBounds {
		const bounds = L.latLngBounds([]);
		for (const { geometry } of this.#kit.features.filter(which)) {
			if (geometry) bounds.extend(this.#extentOf(geometry));
		}
		return bounds;
	}

	/** The route with its stops, as its page has it: of an area of which only some part is meant, where its name stands. */
	#aroundRoute(): L.LatLngBounds {
		const bounds = L.latLngBounds([]);
		for (const { collection, geometry, texts } of this.#kit.features) {
			if (!geometry || (collection !== "legs" && collection !== "stops")) continue;
			const properties = texts[this.#kit.original] ?? {};
			const placed = unwrapped({ type: "Feature", geometry, properties }, this.#west);
			const { one_of, label_lat, label_lon } = placed.properties as Partial<StopFeature["properties"]>;
			if (one_of && label_lat !== undefined && label_lon !== undefined) bounds.extend([label_lat, label_lon]);
			else bounds.extend(L.geoJSON(placed.geometry).getBounds());
		}
		return bounds;
	}

	#extentOf(geometry: Geometry): L.LatLngBounds {
		return L.geoJSON(unwrapped({ type: "Feature", properties: {}, geometry }, this.#west).geometry).getBounds();
	}

	#tellsOf({ collection, texts }: ToldFeature, { stop, leg, movements, sites }: Picture): boolean {
		const told = texts[this.#kit.original] ?? {};
		if (collection === "stops") return told.stop === stop;
		if (collection === "legs") return told.leg === leg;
		if (collection === "movements") return movements.has(String(told.movement));
		return collection === "sites" && sites.has(String(told.site));
	}

	/** The features of a collection, with their properties in the language that is spoken. */
	#features<F>(collection: ToldFeature["collection"]): F[] {
		return this.#kit.features
			.filter((feature) => feature.collection === collection)
			.map(({ id, geometry, texts, historical }) => {
				const properties = { ...(texts[this.#language.code] ?? texts[this.#kit.original]), historical };
				return unwrapped({ type: "Feature", id, geometry, properties }, this.#west) as F;
			});
	}
}
