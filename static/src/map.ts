import * as L from "leaflet";
import type { Strings } from "./strings.ts";

/** Panes from the bottom up; each has a renderer of its own, so that its order stays. */
export const PANES = {
	basemap: 210,
	areas: 320,
	sites: 340,
	movements: 360,
	legs: 380,
	leaders: 610,
	labels: 620,
} as const;
export type Pane = keyof typeof PANES;

const FIRST_VIEW: L.LatLngBoundsLiteral = [
	[4, 88],
	[36, 118],
];

const quiet = matchMedia("(prefers-reduced-motion: reduce)");

/** Makes the empty map: panes, zoom buttons, scale and a sea that the style colours. */
export function createMap(node: HTMLElement, strings: Strings): L.Map {
	const map = L.map(node, {
		zoomControl: false,
		attributionControl: false,
		zoomSnap: 0.25,
		zoomDelta: 0.75,
		minZoom: 2,
		maxZoom: 10,
		maxBounds: [
			[-75, -190],
			[84, 230],
		],
		maxBoundsViscosity: 0.6,
		zoomAnimation: !quiet.matches,
		fadeAnimation: !quiet.matches,
		markerZoomAnimation: !quiet.matches,
	});
	for (const [name, level] of Object.entries(PANES)) map.createPane(name).style.zIndex = String(level);
	L.control
		.zoom({ position: "topright", zoomInTitle: strings.text("map.zoomIn"), zoomOutTitle: strings.text("map.zoomOut") })
		.addTo(map);
	L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
	map.fitBounds(FIRST_VIEW);
	return map;
}

const renderers = new WeakMap<L.Map, Map<Pane, L.SVG>>();

/** The SVG renderer of a pane. */
export function rendererOf(map: L.Map, pane: Pane): L.SVG {
	const own = renderers.get(map) ?? new Map<Pane, L.SVG>();
	renderers.set(map, own);
	const renderer = own.get(pane) ?? L.svg({ pane, padding: 0.3 });
	own.set(pane, renderer);
	return renderer;
}

/** Brings a part of the world into view, with room for the legend. */
export function show(map: L.Map, bounds: L.LatLngBounds, { animate = true, maxZoom = 5.75 } = {}): void {
	if (!bounds.isValid()) return;
	const wide = map.getSize().x > 700;
	map.fitBounds(bounds, {
		paddingTopLeft: [wide ? coveredLeft(map) + 24 : 16, 28],
		paddingBottomRight: [wide ? 40 : 16, 24],
		maxZoom,
		animate: animate && !quiet.matches,
		duration: 0.5,
	});
}

/** How much of the map's left the legend covers, in pixels; on a narrow page it stands below the map. */
function coveredLeft(map: L.Map): number {
	const frame = map.getContainer();
	const legend = frame.closest(".stage")?.querySelector("[data-legend]")?.getBoundingClientRect();
	const { left, bottom } = frame.getBoundingClientRect();
	return legend && legend.top < bottom - 1 ? legend.right - left : 0;
}
