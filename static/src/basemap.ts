import Point from "@mapbox/point-geometry";
import * as L from "leaflet";
import { Labeler, type PreparedTile, paint } from "protomaps-leaflet";
import { onAppearance } from "./appearance.ts";
import { areaRules, type Look, labelRules, lineRules, lookOf } from "./basemap-style.ts";
import type { Box } from "./boxes.ts";
import type { BasemapSource } from "./page.ts";
import type { Load } from "./status.ts";
import { loadAll, VectorTiles, type View } from "./tiles.ts";

/** How far beyond the view the canvas reaches, as a share of the view, so that a short move shows no edge. */
const PADDING = 0.12;
/** How far names stay from what they must keep clear, in pixels. */
const GAP = 3;
/** How many tiles' labels are kept at once: those of a view. */
const LABELLED = 64;

/**
 * The vector map under the routes: painted and lettered by protomaps-leaflet, at the map's own zoom, so that it is sharp
 * between whole zooms too. Its names have a canvas of their own over the areas, whose hatches would cross them out; they
 * keep off the stops' labels and off the lines.
 */
export class Basemap extends L.Layer {
	readonly #ground = canvas("basemap");
	readonly #names = canvas("basemap-names");
	readonly #tiles: VectorTiles;
	readonly #lang: string;
	#run: (load: Load) => void = () => {};
	#look: Look | undefined;
	#clear: readonly Box[] = [];
	#told: ReadonlySet<string> = new Set();
	#corner = L.latLng(0, 0);
	#zoom = 0;
	#pending = 0;
	#leave = () => {};
	#loading = false;
	#gone = new AbortController();

	constructor(source: BasemapSource, lang: string) {
		super();
		this.#tiles = new VectorTiles(source);
		this.#lang = lang;
		this.#names.lang = lang;
	}

	/** Says who runs the loading of tiles. */
	start(run: (load: Load) => void): this {
		this.#run = run;
		return this;
	}

	override onAdd(map: L.Map): this {
		map.getPane("basemap")?.append(this.#ground);
		map.getPane("names")?.append(this.#names);
		this.#gone = new AbortController();
		this.#leave = onAppearance(() => this.#recolour());
		document.fonts.addEventListener("loadingdone", () => this.#later(), { signal: this.#gone.signal });
		this.#moved();
		return this;
	}

	override onRemove(): this {
		this.#leave();
		this.#gone.abort();
		cancelAnimationFrame(this.#pending);
		this.#ground.remove();
		this.#names.remove();
		return this;
	}

	override getEvents(): { [name: string]: L.LeafletEventHandlerFn } {
		const moved = () => this.#moved();
		const map = this._map;
		return {
			moveend: moved,
			resize: moved,
			zoomanim: (event) => this.#follow(event as L.ZoomAnimEvent),
			zoom: () => this.#follow({ center: map.getCenter(), zoom: map.getZoom() }),
		};
	}

	/** Keeps names out of boxes of the map's container, and leaves out those of places that are told of already. */
	keepClear(boxes: readonly Box[], told: ReadonlySet<string>): void {
		this.#clear = boxes;
		this.#told = told;
		this.#later();
	}

	#moved(): void {
		this.#later();
		if (!this.#loading && this.#tiles.isMissing(this.#view())) this.#run((signal) => this.#load(signal));
	}

	async #load(signal: AbortSignal): Promise<void> {
		this.#loading = true;
		try {
			await loadAll(
				() => [this.#tiles],
				() => this.#view(),
				signal,
			);
		} finally {
			this.#loading = false;
			this.#draw();
		}
	}

	#recolour(): void {
		this.#look = undefined;
		this.#draw();
	}

	#later(): void {
		cancelAnimationFrame(this.#pending);
		this.#pending = requestAnimationFrame(() => this.#draw());
	}

	/** How far the canvas reaches beyond the map's container, in pixels. */
	#pad(): L.Point {
		return this._map.getSize().multiplyBy(PADDING).round();
	}

	#view(): View {
		const pad = this.#pad();
		const { min, max } = this._map.getPixelBounds();
		const [low, high] = [(min ?? L.point(0, 0)).subtract(pad), (max ?? L.point(0, 0)).add(pad)];
		return { zoom: this._map.getZoom(), minX: low.x, minY: low.y, maxX: high.x, maxY: high.y };
	}

	#draw(): void {
		const map = this._map;
		if (!map) return;
		cancelAnimationFrame(this.#pending);
		this.#look ??= lookOf(map.getContainer(), this.#lang);
		const view = this.#view();
		const context = this.#place(this.#ground, view);
		const lettering = this.#place(this.#names, view);
		if (!context || !lettering) return;
		const tiles = new Map([["", this.#tiles.prepared(view)]]);
		const origin = new Point(view.minX, view.minY);
		// Areas overlap at the edges of tiles, so that no seam is seen there; lines and names end at them.
		paint(context, view.zoom, tiles, null, areaRules(this.#look), view, origin, false);
		paint(context, view.zoom, tiles, null, lineRules(this.#look), view, origin, true);
		paint(lettering, view.zoom, tiles, this.#labels(lettering, view, tiles), [], view, origin, true);
	}

	/** Lays a canvas over the view and gives it, empty. */
	#place(node: HTMLCanvasElement, { zoom, minX, minY, maxX, maxY }: View): CanvasRenderingContext2D | null {
		const map = this._map;
		const at = map.containerPointToLayerPoint(L.point(0, 0)).subtract(this.#pad());
		this.#zoom = zoom;
		this.#corner = map.layerPointToLatLng(at);
		const ratio = window.devicePixelRatio || 1;
		node.width = (maxX - minX) * ratio;
		node.height = (maxY - minY) * ratio;
		node.style.width = `${maxX - minX}px`;
		node.style.height = `${maxY - minY}px`;
		L.DomUtil.setTransform(node, at, 1);
		const context = node.getContext("2d");
		context?.scale(ratio, ratio);
		return context;
	}

	/** Places the names: first come the boxes that they must keep clear. */
	#labels(context: CanvasRenderingContext2D, view: View, tiles: Map<string, PreparedTile[]>) {
		const labeler = new Labeler(view.zoom, context, labelRules(this.#look as Look, this.#told), LABELLED);
		labeler.index.dim = 256 * 2 ** view.zoom; // its own is right for whole zooms only, and names come again that far
		const pad = this.#pad();
		const [x, y] = [view.minX + pad.x, view.minY + pad.y];
		for (const { left, top, right, bottom } of [...this.#clear, ...edges(this._map.getSize())]) {
			const box = { minX: x + left - GAP, minY: y + top - GAP, maxX: x + right + GAP, maxY: y + bottom + GAP };
			labeler.index.insert({ anchor: new Point(box.minX, box.minY), bboxes: [box], draw: () => {} }, -1, "clear");
		}
		labeler.add(tiles);
		return labeler.index;
	}

	/** Moves and scales the picture along while the map zooms; the drawing itself follows at the end. */
	#follow({ center, zoom }: { center: L.LatLng; zoom: number }): void {
		const map = this._map;
		const pane = map.getPane("mapPane");
		const moved = pane ? L.DomUtil.getPosition(pane) : L.point(0, 0);
		const origin = map.project(center, zoom).subtract(map.getSize().divideBy(2)).add(moved).round();
		const corner = map.project(this.#corner, zoom).subtract(origin);
		for (const node of [this.#ground, this.#names])
			L.DomUtil.setTransform(node, corner, map.getZoomScale(zoom, this.#zoom));
	}
}

function canvas(className: string): HTMLCanvasElement {
	const node = document.createElement("canvas");
	node.className = `leaflet-zoom-animated ${className}`;
	node.setAttribute("aria-hidden", "true");
	return node;
}

/** The edges of a map's container, which no name is to cross. */
function edges({ x, y }: L.Point): Box[] {
	return [
		{ left: -1, top: 0, right: 0, bottom: y },
		{ left: x, top: 0, right: x + 1, bottom: y },
		{ left: 0, top: -1, right: x, bottom: 0 },
		{ left: 0, top: y, right: x, bottom: y + 1 },
	];
}

/** A map of pictures that the operator brings; the browser loads them, and a failure of one is tried again with all. */
export function pictures({ tiles, minzoom, maxzoom }: BasemapSource, run: (load: Load) => void): L.TileLayer {
	const options = { pane: "basemap", minNativeZoom: minzoom, maxNativeZoom: maxzoom, keepBuffer: 1 };
	const layer = L.tileLayer(tiles, options);
	layer.once("tileerror", () => run(() => reload(layer)));
	return layer;
}

async function reload(layer: L.TileLayer): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		let failed = false;
		layer.on("tileerror", () => {
			failed = true;
		});
		layer.once("load", () => (failed ? reject(new Error("a tile failed")) : resolve()));
		layer.redraw();
	});
}
