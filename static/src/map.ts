import * as L from "leaflet";
import type { Motion } from "./motion.ts";
import type { Strings } from "./strings.ts";
import { keepTipsWithin } from "./tips.ts";

/** Panes from the bottom up; each has a renderer of its own, so that its order stays. */
export const PANES = {
	basemap: 210,
	areas: 320,
	sites: 340,
	names: 350,
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

/** How far from what covers the map a spot is brought, in pixels. */
const MARGIN = 48;
/** How long the map moves to a new view, in seconds. */
const MOVING = 0.4;

/** How long the scale is at most, in pixels: at half of that, the shortest, it still has room for "1000 km". */
const SCALE = 140;

/** A map that moves only for those who want it to: all ways to another view lead through these two. */
class CalmMap extends L.Map {
	readonly #motion: Motion;

	constructor(node: HTMLElement, motion: Motion, options: L.MapOptions) {
		super(node, options);
		this.#motion = motion;
	}

	override setView(center: L.LatLngExpression, zoom?: number, options?: L.ZoomPanOptions): this {
		return super.setView(center, zoom, this.#motion.less ? { ...options, animate: false } : options);
	}

	override panBy(offset: L.PointExpression, options?: L.PanOptions): this {
		return super.panBy(offset, this.#motion.less ? { ...options, animate: false } : options);
	}
}

/** Makes the empty map: panes, zoom buttons, scale and a sea that the style colours. */
export function createMap(node: HTMLElement, strings: Strings, motion: Motion): L.Map {
	const map = new CalmMap(node, motion, {
		zoomControl: false,
		attributionControl: false,
		zoomSnap: 0.25,
		zoomDelta: 0.75,
		minZoom: 2,
		maxZoom: 10,
		maxBounds: boundsFrom(-180),
		maxBoundsViscosity: 0.6,
		fadeAnimation: false,
		inertia: false,
	});
	for (const [name, level] of Object.entries(PANES)) map.createPane(name).style.zIndex = String(level);
	L.control
		.zoom({ position: "topright", zoomInTitle: strings.text("map.zoomIn"), zoomOutTitle: strings.text("map.zoomOut") })
		.addTo(map);
	L.control.scale({ imperial: false, maxWidth: SCALE, position: "bottomright" }).addTo(map);
	map.on("zoomend", () => {
		node.dataset.zoom = String(map.getZoom());
	});
	keepTipsWithin(map);
	map.fitBounds(FIRST_VIEW);
	return map;
}

/** Lets the map be moved about a world that begins in its west at a longitude. */
export function beginAt(map: L.Map, west: number): void {
	map.options.maxBounds = boundsFrom(west); // not with setMaxBounds, which moves the map there at once
}

function boundsFrom(west: number): L.LatLngBounds {
	return L.latLngBounds([-75, west - 10], [84, west + 410]);
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

/**
 * Takes a shape that is on the map out of the way of keys and screen readers. Leaflet lets a shape with a tooltip have the
 * focus, without a name and with nothing to be done there; the text says what the tooltip says.
 */
export function pointerOnly(shape: L.Path): void {
	const node = shape.getElement();
	node?.setAttribute("tabindex", "-1");
	node?.setAttribute("aria-hidden", "true");
}

/** How near the map comes to a stop of a route through countries. */
export const OVERVIEW = 5.75;
/** At this zoom the hundredth of a degree to which towns are known is four pixels: nearer would be more than is told. */
const NEAREST = 9;

/**
 * How near the map comes to a part of what is told: as near as to a part of a route through countries, or, where the whole is small, as
 * to the whole.
 */
export function nearest(map: L.Map, whole: L.LatLngBounds, least: number): number {
	return whole.isValid() ? Math.min(NEAREST, Math.max(least, map.getBoundsZoom(whole))) : least;
}

/** Brings a part of the world into view, with room for the legend. */
export function show(map: L.Map, bounds: L.LatLngBounds, { animate = true, maxZoom = OVERVIEW } = {}): void {
	if (!bounds.isValid()) return;
	const wide = map.getSize().x > 700;
	const { left, below } = covered(map);
	map.fitBounds(bounds, {
		paddingTopLeft: [wide ? left + 24 : 16, 28],
		paddingBottomRight: [wide ? 40 : 16, Math.max(24, below + 8)],
		maxZoom,
		animate,
		duration: MOVING,
	});
}

/** Moves the map just so far that a spot lies beside the legend and the open card, or above a card that is wide. */
export function reveal(map: L.Map, at: L.LatLng, card: HTMLElement): void {
	const { x, y } = map.getSize();
	const left = x > 700 ? covered(map).left : 0;
	const beside = x - left - card.offsetWidth > 4 * MARGIN;
	const below = Math.min(card.offsetHeight + MARGIN, y - 2 * MARGIN);
	map.panInside(at, {
		paddingTopLeft: [left + MARGIN, MARGIN],
		paddingBottomRight: beside ? [card.offsetWidth + MARGIN, MARGIN] : [MARGIN, below],
	});
}

/** How much of the map the legend covers, in pixels: open its left, closed its lower end; on a narrow page it stands below the map. */
function covered(map: L.Map): { left: number; below: number } {
	const frame = map.getContainer();
	const legend = frame.closest(".stage")?.querySelector<HTMLDetailsElement>("[data-legend]");
	const { left, bottom } = frame.getBoundingClientRect();
	if (!legend || getComputedStyle(legend).position !== "absolute") return { left: 0, below: 0 };
	const box = legend.getBoundingClientRect();
	return legend.open ? { left: box.right - left, below: 0 } : { left: 0, below: bottom - box.top };
}
