import * as L from "leaflet";
import { area } from "./areas.ts";
import type { Label, Labels } from "./labels.ts";
import { PartLines, type Whole, wholeOf } from "./parts.ts";
import { toggle } from "./stops.ts";
import type { Strings } from "./strings.ts";
import { isArea, isPoint, isSpot, type SiteFeature } from "./types.ts";
import { amount, dotted, inLanguage } from "./words.ts";

/** Programmes: an area with its number, or a square in a town; never a pin for each of a number. */
export class Sites {
	readonly #map: L.Map;
	readonly #labels: Labels;
	readonly #strings: Strings;
	readonly #choose: (sites: readonly SiteFeature[]) => void;
	#features: readonly SiteFeature[] = [];
	#shapes = L.featureGroup();
	/** The outlines of the parts of areas that consist of such. */
	readonly parts: PartLines;
	#tablets: Label[] = [];
	#visible = false;

	constructor(map: L.Map, labels: Labels, strings: Strings, choose: (sites: readonly SiteFeature[]) => void) {
		this.#map = map;
		this.#labels = labels;
		this.#strings = strings;
		this.#choose = choose;
		this.parts = new PartLines(map, "sites", "parts is-site");
	}

	/** Draws those that the source gives a place for and gives their number. */
	load(features: readonly SiteFeature[]): number {
		this.#shapes.remove();
		this.#features = features.filter(({ geometry }) => geometry);
		const groups = new Map<string, SiteFeature[]>();
		for (const site of this.#features) groups.set(keyOf(site), [...(groups.get(keyOf(site)) ?? []), site]);
		this.#shapes = L.featureGroup([...groups.values()].flatMap(([first]) => this.#outline(first)));
		this.#tablets = [...groups.values()].map((sites) => this.#label(sites));
		this.show(this.#visible);
		return this.#features.length;
	}

	/** The ids of the places that are made of parts. */
	wholes(): Whole[] {
		return this.#features.flatMap(({ properties: p }) => wholeOf(p));
	}

	/** Where the labels are, for a view that shows all of them. */
	bounds(): L.LatLngBounds {
		return L.latLngBounds(this.#tablets.map(({ at }) => at));
	}

	show(visible: boolean): void {
		this.#visible = visible;
		toggle(this.#map, this.#shapes, visible);
		this.parts.show(visible ? this.#features : []);
		this.#labels.set("sites", visible ? this.#tablets : []);
	}

	#outline(site: SiteFeature | undefined): L.Layer[] {
		if (!site?.geometry || !isArea(site.geometry)) return [];
		return [
			area(this.#map, site.geometry, { pane: "sites", className: `area is-site is-${site.properties.precision}` }),
		];
	}

	#label(sites: SiteFeature[]): Label {
		const { geometry, properties } = sites[0] as SiteFeature;
		const point =
			geometry && isPoint(geometry) ? geometry.coordinates : [properties.label_lon ?? 0, properties.label_lat ?? 0];
		const button = document.createElement("button");
		button.type = "button";
		button.className = "site-tablet";
		button.dataset.sites = sites.map((site) => site.properties.site).join(" ");
		button.append(...this.#short(sites));
		button.title = button.textContent;
		button.addEventListener("click", () => this.#choose(sites));
		const at = L.latLng(point[1] ?? 0, point[0] ?? 0);
		const bounds = geometry && isArea(geometry) ? L.geoJSON(geometry).getBounds() : undefined;
		return { at, bounds, node: button, square: isSpot(properties.precision ?? ""), upon: !!bounds };
	}

	/** What the tablet says: the number that the source gives, or the programme's name, or how many programmes. */
	#short(sites: SiteFeature[]): (Node | string)[] {
		const { title, place, lang } = (sites[0] as SiteFeature).properties;
		const counted = sites.map(({ properties: p }) => p).find((p) => p.count && p.count_unit !== "people");
		const unit = counted && this.#strings.term("unit", counted.count_unit ?? "", { count: counted.count ?? 0 });
		const number = counted && `${amount(this.#strings, counted)} ${unit}`;
		if (sites.length === 1) return [number ?? inLanguage(title, lang)];
		const programmes = this.#strings.text("map.programmes", { count: sites.length });
		return dotted([place && inLanguage(place, lang), number, programmes]);
	}
}

/** Programmes of the same place share one label. Another pack may have a place of the same id, which an embed tells by its spot. */
function keyOf({ geometry, properties: { pack, place_id, label_lon, label_lat, site } }: SiteFeature): string {
	const spot = geometry && isPoint(geometry) ? geometry.coordinates : [label_lon, label_lat];
	return JSON.stringify([pack, place_id ?? site, spot]);
}
