import type { Geometry } from "geojson";
import * as L from "leaflet";
import { area, hatchOf, mark } from "./areas.ts";
import type { Label, Labels } from "./labels.ts";
import { rendererOf } from "./map.ts";
import { element } from "./page.ts";
import { PartLines, type Whole, wholeOf } from "./parts.ts";
import type { Strings } from "./strings.ts";
import { turn } from "./turn.ts";
import { isArea, isPlaced, isPoint, isSpot, type Placed, type StopFeature, type StopProperties } from "./types.ts";

type PlacedStop = Placed<StopFeature>;

interface Shown {
	feature: PlacedStop;
	shape: L.FeatureGroup;
	label: Label;
}

/** The stops: areas as areas, a border as a border, and a ring only where the source names a town. */
export class Stops {
	readonly #map: L.Map;
	readonly #labels: Labels;
	readonly #strings: Strings;
	readonly #letters: Readonly<Record<string, string>>;
	readonly #choose: (stops: readonly StopFeature[]) => void;
	#shown: Shown[] = [];
	/** The stops that each label is of. */
	readonly #labelled = new WeakMap<HTMLElement, readonly StopFeature[]>();
	/** The outlines of the parts of areas of which one or another is meant. */
	readonly parts: PartLines;
	#visible = true;
	/** The ids of the stops that may be seen; none where all may. */
	#revealed: ReadonlySet<string> | undefined;

	/**
	 * The letters tell routes apart on a map of several, by their ids; there stops of several routes at one place share a label, and are
	 * chosen together.
	 */
	constructor(
		map: L.Map,
		labels: Labels,
		{ strings, letters }: { strings: Strings; letters?: Readonly<Record<string, string>> },
		choose: (stops: readonly StopFeature[]) => void,
	) {
		this.#map = map;
		this.#labels = labels;
		this.#strings = strings;
		this.#letters = letters ?? {};
		this.#choose = choose;
		this.parts = new PartLines(map, "areas", "parts");
	}

	/** Those that are on the map. */
	get features(): readonly StopFeature[] {
		return this.#shown.map(({ feature }) => feature);
	}

	/** Takes the stops and draws them, after the view has been settled by them. */
	async load(features: readonly StopFeature[], settle: () => void): Promise<void> {
		this.#take(features);
		settle();
		for (const shown of this.#shown) {
			toggle(this.#map, shown.shape, this.#visible && this.#sees(shown));
			await turn();
		}
		this.show(this.#visible);
	}

	/** Takes the stops and draws them at once. */
	draw(features: readonly StopFeature[]): void {
		this.#take(features);
		this.show(this.#visible);
	}

	/** Shows these stops and no others. */
	reveal(ids: ReadonlySet<string>): void {
		this.#revealed = ids;
		this.show(this.#visible);
	}

	#take(features: readonly StopFeature[]): void {
		for (const { shape } of this.#shown) shape.remove();
		this.#shown = [];
		const inOrder = features.filter(isPlaced).sort((a, b) => a.properties.seq - b.properties.seq);
		for (const feature of inOrder) this.#shown.push(this.#draw(feature));
	}

	#sees({ feature }: Shown): boolean {
		return this.#revealed?.has(feature.properties.stop) ?? true;
	}

	/** The ids of the places of which one or another part is meant. */
	wholes(): Whole[] {
		return this.features.flatMap(({ properties: p }) => (p.one_of ? wholeOf(p) : []));
	}

	show(visible: boolean): void {
		this.#visible = visible;
		for (const shown of this.#shown) toggle(this.#map, shown.shape, visible && this.#sees(shown));
		const seen = visible ? this.#shown.filter((shown) => this.#sees(shown)) : [];
		this.parts.show(seen.map(({ feature }) => feature).filter(({ properties }) => properties.one_of));
		this.#labels.set("stops", [...new Set(seen.map(({ label }) => label))]);
	}

	/** Emphasises a stop; the others recede. */
	select(id: string | undefined): void {
		this.#labels.favour(this.#shown.find(({ feature }) => feature.properties.stop === id)?.label);
		for (const { feature, shape, label } of this.#shown) {
			const chosen = feature.properties.stop === id;
			mark(shape, "is-selected", chosen);
			mark(shape, "is-receded", id !== undefined && !chosen);
			label.node.classList.toggle("is-selected", chosen);
			label.node.classList.toggle("is-receded", id !== undefined && !chosen);
			if (chosen) label.node.setAttribute("aria-current", "true");
			else label.node.removeAttribute("aria-current");
		}
	}

	/** What to bring into view for a stop; nothing for one that is too wide to say more than the whole route does. */
	boundsOf(id: string): L.LatLngBounds | undefined {
		const stop = this.#shown.find(({ feature }) => feature.properties.stop === id);
		return stop && !stop.feature.properties.one_of ? stop.shape.getBounds() : undefined;
	}

	/** Where a stop's label belongs. */
	spotOf(stop: StopFeature): L.LatLng | undefined {
		return this.#shown.find(({ feature }) => feature === stop)?.label.at;
	}

	/** What to bring into view for the whole route: all but an area of which only some part is meant. */
	bounds(): L.LatLngBounds {
		const all = L.latLngBounds([]);
		for (const { feature, shape, label } of this.#shown) {
			if (feature.properties.one_of) all.extend(label.at);
			else all.extend(shape.getBounds());
		}
		return all;
	}

	#draw(feature: PlacedStop): Shown {
		const { geometry, properties } = feature;
		const shape = this.#shape(feature);
		const at = isPoint(geometry)
			? L.latLng(geometry.coordinates[1] ?? 0, geometry.coordinates[0] ?? 0)
			: L.latLng(
					properties.label_lat ?? shape.getBounds().getCenter().lat,
					properties.label_lon ?? shape.getBounds().getCenter().lng,
				);
		const spot = isSpot(properties.precision);
		const shared = this.#shared(feature, at);
		if (shared) return { feature, shape, label: shared };
		const bounds = isPoint(geometry) ? undefined : shape.getBounds();
		const names = [properties.title, properties.place_id ?? ""];
		const node = this.#tablet(feature);
		const label = { at, bounds, node, names, precise: true, spot, upon: isArea(geometry) };
		return { feature, shape, label };
	}

	/** The label of another route's stop at the same place, which this one shares from now on; nothing where there is none. */
	#shared(feature: PlacedStop, at: L.LatLng): Label | undefined {
		const { route, title, precision, one_of } = feature.properties;
		if (!this.#letters[route]) return undefined;
		const label = this.#shown.find(({ feature: { properties: other }, label: { at: there } }) => {
			return other.title === title && other.precision === precision && other.one_of === one_of && there.equals(at);
		})?.label;
		if (label) this.#write(label.node, [...this.#stopsOf(label.node), feature]);
		return label;
	}

	#stopsOf(tablet: HTMLElement): readonly StopFeature[] {
		return this.#labelled.get(tablet) ?? [];
	}

	/** A stop with those that share its label. */
	#withThoseBeside(feature: StopFeature): readonly StopFeature[] {
		const shown = this.#shown.find((one) => one.feature === feature);
		return shown ? this.#stopsOf(shown.label.node) : [feature];
	}

	/** Writes the numbers of stops on the label that they share. */
	#write(tablet: HTMLElement, stops: readonly StopFeature[]): void {
		const letterOf = ({ properties: { route } }: StopFeature) => this.#letters[route] ?? "";
		const inOrder = [...stops].sort((a, b) => letterOf(a).localeCompare(letterOf(b)));
		element(".tablet-number", tablet).textContent = inOrder
			.map((stop) => `${letterOf(stop)}${stop.properties.seq}`)
			.join(" ");
		this.#labelled.set(tablet, inOrder);
	}

	#shape(feature: PlacedStop): L.FeatureGroup {
		const { geometry, properties } = feature;
		if (isPoint(geometry)) {
			const [lon = 0, lat = 0] = geometry.coordinates;
			return L.featureGroup([L.polyline([[lat, lon]], { opacity: 0, interactive: false })]);
		}
		const onClick = () => this.#choose(this.#withThoseBeside(feature));
		if (!isArea(geometry)) return border(this.#map, geometry, onClick);
		const className = properties.one_of ? "area is-oneof" : "area";
		return area(this.#map, geometry, { pane: "areas", className, hatch: hatchOf(properties.precision), onClick });
	}

	#tablet(feature: StopFeature): HTMLElement {
		const node = tablet(feature.properties, this.#strings);
		this.#write(node, [feature]);
		node.addEventListener("click", () => this.#choose(this.#stopsOf(node)));
		return node;
	}
}

/** A stop's label: a number, its name, and how precisely the source says where. */
function tablet({ title, precision, one_of, stop, lang }: StopProperties, strings: Strings): HTMLElement {
	const button = document.createElement("button");
	button.type = "button";
	button.className = `tablet${isSpot(precision) ? " is-spot" : ""}`;
	button.dataset.mapStop = stop;
	const number = document.createElement("span");
	number.className = "tablet-number";
	const name = document.createElement("span");
	name.className = "tablet-name";
	name.textContent = title;
	if (lang) name.lang = lang;
	const say = document.createElement("span");
	say.className = "tablet-precision";
	say.textContent = one_of ? strings.text("map.oneOf") : strings.term("precision", precision);
	const words = document.createElement("span");
	words.className = "tablet-words";
	words.append(name, " ", say);
	button.append(number, " ", words);
	return button;
}

/** A border as a cased line: it is reached, at no point that is meant. */
export function border(map: L.Map, geometry: Geometry, onClick: () => void): L.FeatureGroup {
	const base = { pane: "areas", renderer: rendererOf(map, "areas"), smoothFactor: 2.5 };
	const line = (className: string, interactive: boolean) =>
		L.geoJSON(geometry, { ...base, interactive, style: { className, fill: false } } as L.GeoJSONOptions);
	const casing = line("border-casing", true).on("click", onClick);
	return L.featureGroup([casing, line("border-core", false)]);
}

export function toggle(map: L.Map, layer: L.Layer, on: boolean): void {
	if (on) layer.addTo(map);
	else layer.remove();
}
