import type { Geometry, LineString, MultiLineString } from "geojson";
import * as L from "leaflet";
import { band, type Fade, fade, length, project, unproject } from "./curve.ts";
import type { Arrow, Fading } from "./lanes.ts";
import { joined } from "./longitudes.ts";
import { type Pane, pointerOnly, rendererOf } from "./map.ts";

const SVG = "http://www.w3.org/2000/svg";

/** How many gradients were made: each has a name of its own on the page. */
let gradients = 0;

/** Lifts arrowheads over the lines of their pane, wherever on the map they are. */
const OVER = 100_000;

/** How a band fades from its start on. */
export const BAND: readonly Fade[] = [
	[0, 0],
	[0.12, 0.16],
	[0.34, 0.3],
	[0.62, 0.12],
];

export interface Flow {
	readonly id: string;
	readonly pane: Pane;
	/** Class of the line and of what belongs to it. */
	readonly kind: string;
	readonly geometry: LineString | MultiLineString;
	readonly hollow: boolean;
	readonly fadeStart: boolean;
	readonly fadeEnd: boolean;
	/** The line starts in one or another of many areas: it begins as a broad band. */
	readonly broad: boolean;
	readonly tooltip: () => HTMLElement;
	readonly onClick?: () => void;
}

/** The line of a flow. */
export interface Course {
	readonly flow: Flow;
	/** The curve as it is told, before it makes way for others. */
	readonly told: readonly L.LatLng[];
	readonly fading: Fading;
}

/** The line of a flow on the map: a generalised curve with its direction; never a path. */
export class FlowLine {
	readonly flow: Flow;
	readonly told: readonly L.LatLng[];
	readonly group = L.featureGroup();
	readonly #map: L.Map;
	readonly #lines: L.Polyline[];
	readonly #gradients: SVGLinearGradientElement[] = [];
	readonly #arrows = L.layerGroup();

	constructor(map: L.Map, { flow, told, fading }: Course) {
		this.#map = map;
		this.flow = flow;
		this.told = told;
		const stops = fade(fading.start, fading.end);
		const base = { pane: flow.pane, renderer: rendererOf(map, flow.pane), smoothFactor: 0, noClip: true };
		const draw = (className: string, color: string) =>
			L.polyline([...this.told], { ...base, interactive: false, className, color });
		const hit = L.polyline([...this.told], { ...base, className: "flow-hit", weight: 18, opacity: 0 });
		hit.bindTooltip(flow.tooltip, { sticky: true, className: "map-tip", opacity: 1 });
		hit.on("add", () => pointerOnly(hit));
		if (flow.onClick) hit.on("click", flow.onClick);
		this.#lines = [
			draw(`flow-casing is-${flow.kind}`, this.#gradient("fade-casing", stops)),
			draw(`flow is-${flow.kind}`, this.#gradient(`fade-${flow.kind}`, stops)),
			hit,
		];
		if (flow.broad) this.group.addLayer(this.#band());
		for (const layer of [...this.#lines, this.#arrows]) this.group.addLayer(layer);
	}

	/** Draws the line where it is to run. */
	lay(path: readonly L.LatLng[]): void {
		for (const line of this.#lines) line.setLatLngs([...path]);
	}

	/** Follows the map: gradients are in its own pixels, so that straight lines have them too. */
	fadeAlong(): void {
		const [first, last] = [this.told[0], this.told.at(-1)];
		if (!first || !last) return;
		const [from, to] = [this.#map.latLngToLayerPoint(first), this.#map.latLngToLayerPoint(last)];
		const vector = { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
		for (const node of this.#gradients) {
			for (const [key, value] of Object.entries(vector)) node.setAttribute(key, String(value));
		}
	}

	/** Shows arrowheads at pixels of the map's zoom. */
	point(arrows: readonly Arrow[]): void {
		this.#arrows.clearLayers();
		for (const arrow of arrows) {
			const icon = L.divIcon({
				html: arrowhead(this.flow, arrow) as unknown as HTMLElement,
				className: `map-chevron is-${this.flow.kind}`,
				iconSize: [0, 0],
			});
			const spot = this.#map.unproject([arrow.at.x, arrow.at.y]);
			const still = { interactive: false, keyboard: false, zIndexOffset: OVER };
			this.#arrows.addLayer(L.marker(spot, { icon, pane: this.flow.pane, ...still }));
		}
	}

	/** Takes the line from the map for good, and what it made elsewhere on the page. */
	dispose(): void {
		this.group.remove();
		for (const node of this.#gradients) node.remove();
	}

	#band(): L.Polygon {
		const paint = this.#gradient(`fade-${this.flow.kind}`, BAND);
		const { pane } = this.flow;
		const fill = { stroke: false, fillColor: paint, fillOpacity: 1, className: "flow-band" };
		return L.polygon(bandOf(this.told), {
			pane,
			renderer: rendererOf(this.#map, pane),
			interactive: false,
			noClip: true,
			...fill,
		});
	}

	/** Makes a gradient along the line and gives the paint that names it. */
	#gradient(className: string, stops: readonly Fade[]): string {
		const name = `gradient-${++gradients}`;
		const node = document.createElementNS(SVG, "linearGradient");
		node.id = name;
		node.setAttribute("gradientUnits", "userSpaceOnUse");
		for (const [offset, opacity] of stops) {
			const stop = document.createElementNS(SVG, "stop");
			stop.setAttribute("offset", String(offset));
			stop.setAttribute("stop-opacity", String(opacity));
			stop.setAttribute("class", className);
			node.append(stop);
		}
		document.querySelector(".patterns defs")?.append(node);
		this.#gradients.push(node);
		return `url(#${name})`;
	}
}

export function courseOf(flow: Flow): Course {
	const { type, coordinates } = flow.geometry;
	const line = joined(type === "LineString" ? [coordinates] : coordinates);
	const told = line.map(([lon = 0, lat = 0]) => L.latLng(lat, lon));
	return { flow, told, fading: { start: flow.fadeStart, end: flow.fadeEnd } };
}

/** The outline of the broad band that a line begins with. */
export function bandOf(told: readonly L.LatLng[]): L.LatLng[] {
	const planar = told.map(({ lng, lat }) => project([lng, lat]));
	return band(planar, length(planar) * 0.34, 0.62).map((point) => {
		const [lon, lat] = unproject(point);
		return L.latLng(lat, lon);
	});
}

function arrowhead({ kind, hollow }: Flow, { degrees, size }: Arrow): SVGElement {
	const svg = document.createElementNS(SVG, "svg");
	svg.setAttribute("viewBox", "-8 -8 16 16");
	svg.setAttribute("aria-hidden", "true");
	for (const className of ["chevron-halo", `chevron is-${kind}`]) {
		const path = document.createElementNS(SVG, "path");
		path.setAttribute("class", className);
		path.setAttribute("d", headOf(hollow));
		path.setAttribute("transform", `rotate(${degrees.toFixed(1)}) scale(${size.toFixed(2)})`);
		svg.append(path);
	}
	return svg;
}

/** The form of an arrowhead that points along the x axis. */
export function headOf(hollow: boolean): string {
	return hollow ? "M-5-5.5 5.5 0-5 5.5Z" : "M-5-5.5 5.5 0-5 5.5-2.5 0Z";
}

export function isLine(geometry: Geometry | null): geometry is LineString | MultiLineString {
	return geometry?.type === "LineString" || geometry?.type === "MultiLineString";
}
