import type { Geometry, LineString, MultiLineString, Position } from "geojson";
import * as L from "leaflet";
import { along, band, fade, gradientVector, length, type Planar, project, unproject } from "./curve.ts";
import { type Pane, rendererOf } from "./map.ts";

const SVG = "http://www.w3.org/2000/svg";
/** Where along a line its direction is shown: away from the ends, which mean nothing in an area. */
const CHEVRONS = [0.4, 0.64];
/** Lines shorter than this, in degrees, show it once. */
const SHORT = 7;

export interface Flow {
	readonly id: string;
	readonly pane: Pane;
	/** Class of the line and of what belongs to it. */
	readonly kind: string;
	readonly hollow: boolean;
	readonly fadeStart: boolean;
	readonly fadeEnd: boolean;
	/** The line starts in one or another of many areas: it begins as a broad band. */
	readonly broad: boolean;
	readonly tooltip: HTMLElement;
	readonly onClick?: () => void;
}

/** Draws a generalised curve with its direction; never a path. */
export function drawFlow(map: L.Map, geometry: LineString | MultiLineString, flow: Flow): L.FeatureGroup {
	const group = L.featureGroup();
	const lines = geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates;
	for (const [i, line] of lines.entries()) {
		const planar = line.map(project);
		const ends = { start: flow.fadeStart && i === 0, end: flow.fadeEnd && i === lines.length - 1 };
		if (flow.broad && i === 0) group.addLayer(broadStart(map, planar, flow));
		addLine(map, group, line, planar, flow, ends, `${flow.id}-${i}`);
		for (const fraction of length(planar) < SHORT ? [0.5] : CHEVRONS) group.addLayer(chevron(planar, fraction, flow));
	}
	return group;
}

function addLine(
	map: L.Map,
	group: L.FeatureGroup,
	line: Position[],
	planar: Planar[],
	flow: Flow,
	ends: { start: boolean; end: boolean },
	id: string,
): void {
	const path = line.map(([lon = 0, lat = 0]) => L.latLng(lat, lon));
	const base = { pane: flow.pane, renderer: rendererOf(map, flow.pane), smoothFactor: 0, noClip: true };
	const stops = fade(ends.start, ends.end);
	const paint = gradient(`fade-${id}`, `fade-${flow.kind}`, gradientVector(planar), stops);
	const casing = gradient(`casing-${id}`, "fade-casing", gradientVector(planar), stops);
	group.addLayer(L.polyline(path, { ...base, interactive: false, className: `flow-casing`, color: casing }));
	group.addLayer(L.polyline(path, { ...base, interactive: false, className: `flow is-${flow.kind}`, color: paint }));
	const hit = L.polyline(path, { ...base, className: "flow-hit", weight: 18, opacity: 0 });
	hit.bindTooltip(flow.tooltip, { sticky: true, className: "map-tip", opacity: 1 });
	if (flow.onClick) hit.on("click", flow.onClick);
	group.addLayer(hit);
}

function broadStart(map: L.Map, planar: Planar[], flow: Flow): L.Polygon {
	const shape = band(planar, length(planar) * 0.34, 0.62);
	const outline = shape.map((p) => {
		const [lon, lat] = unproject(p);
		return L.latLng(lat, lon);
	});
	const paint = gradient(`band-${flow.id}`, `fade-${flow.kind}`, gradientVector(planar, shape), [
		[0, 0],
		[0.12, 0.16],
		[0.34, 0.3],
		[0.62, 0.12],
	]);
	return L.polygon(outline, {
		pane: flow.pane,
		renderer: rendererOf(map, flow.pane),
		interactive: false,
		noClip: true,
		stroke: false,
		fillColor: paint,
		fillOpacity: 1,
		className: "flow-band",
	});
}

/** Makes a gradient along a line and gives the paint that names it. */
function gradient(id: string, className: string, vector: object | undefined, stops: [number, number][]): string {
	const name = id.replace(/[^\w-]/g, "-");
	document.getElementById(name)?.remove();
	const node = document.createElementNS(SVG, "linearGradient");
	node.id = name;
	for (const [key, value] of Object.entries(vector ?? {})) node.setAttribute(key, String(value));
	for (const [offset, opacity] of stops) {
		const stop = document.createElementNS(SVG, "stop");
		stop.setAttribute("offset", String(offset));
		stop.setAttribute("stop-opacity", String(opacity));
		stop.setAttribute("class", className);
		node.append(stop);
	}
	document.querySelector(".patterns defs")?.append(node);
	return `url(#${name})`;
}

function chevron(planar: Planar[], fraction: number, { kind, hollow, pane }: Flow): L.Marker {
	const { at, degrees } = along(planar, fraction);
	const [lon, lat] = unproject(at);
	const svg = document.createElementNS(SVG, "svg");
	svg.setAttribute("viewBox", "-8 -8 16 16");
	svg.setAttribute("aria-hidden", "true");
	const path = document.createElementNS(SVG, "path");
	path.setAttribute("class", `chevron is-${kind}`);
	path.setAttribute("d", hollow ? "M-5-5.5 5.5 0-5 5.5Z" : "M-5-5.5 5.5 0-5 5.5-2.5 0Z");
	path.setAttribute("transform", `rotate(${degrees.toFixed(1)})`);
	svg.append(path);
	const icon = L.divIcon({ html: svg as unknown as HTMLElement, className: "map-chevron", iconSize: [16, 16] });
	return L.marker([lat, lon], { icon, pane, interactive: false, keyboard: false });
}

export function isLine(geometry: Geometry | null): geometry is LineString | MultiLineString {
	return geometry?.type === "LineString" || geometry?.type === "MultiLineString";
}

/** All positions of a line, for the labels to keep off. */
export function positions(geometry: LineString | MultiLineString): L.LatLng[] {
	const lines = geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates;
	return lines.flat().map(([lon = 0, lat = 0]) => L.latLng(lat, lon));
}
