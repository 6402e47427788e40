import * as L from "leaflet";
import { type Feature, GeomType, type PreparedTile } from "protomaps-leaflet";
import type { ManySource } from "./page.ts";
import { Painting } from "./painting.ts";
import type { Layer } from "./state.ts";
import type { Load } from "./status.ts";
import { type Known, loadAll, VectorTiles, type View } from "./tiles.ts";

/** From below upwards; each with the layer of the legend that it belongs to. */
const COLLECTIONS = { stops: "route", sites: "sites", movements: "movements", legs: "route" } as const;
export type ManyCollection = keyof typeof COLLECTIONS;

/** How far from a sign a choice may be, in pixels. */
const REACH = 9;
/** The widest line and the largest disc, in pixels. */
const WIDEST = 11;
const LARGEST = 13;

/** A sign on the map: all features that are alike on one tile, and what tiles say of them. */
export interface Sign {
	readonly collection: ManyCollection;
	/** Is the same on every tile that shows it. */
	readonly key: string;
	readonly title: string;
	readonly fid: string | undefined;
	count: number;
	nearby: number;
	readonly kind: string;
	readonly schematic: boolean;
	readonly type: GeomType;
	/** In pixels of the map's zoom. */
	readonly parts: L.Point[][];
	readonly tile: Square;
}

/** A tile's square, in pixels of the map's zoom. */
interface Square {
	readonly x: number;
	readonly y: number;
	readonly size: number;
}

/** The data as tiles, where there are too many features to draw one by one: the wider a line, the more it stands for. */
export class Many extends Painting {
	readonly #tiles: Map<ManyCollection, VectorTiles>;
	readonly #run: (load: Load) => void;
	readonly #settled: (count: number, collections: readonly ManyCollection[]) => void;
	#layers: ReadonlySet<Layer> = new Set();
	#signs: Sign[] = [];
	#loading = false;
	#concealed = false;

	/** run is told each time when tiles are to be loaded, and settled how many features a view has once all its tiles are there. */
	constructor(
		source: ManySource,
		run: (load: Load) => void,
		settled: (count: number, collections: readonly ManyCollection[]) => void,
	) {
		super("many", "legs", 0.15);
		const collections = Object.keys(COLLECTIONS) as ManyCollection[];
		this.#tiles = new Map(
			collections.map((collection) => {
				const tiles = source.tiles.replace("{collection}", collection);
				return [collection, new VectorTiles({ tiles, minzoom: 0, maxzoom: source.maxzoom })];
			}),
		);
		this.#run = run;
		this.#settled = settled;
	}

	/** Shows the layers. */
	show(layers: ReadonlySet<Layer>): void {
		this.#layers = layers;
		if (this._map) this._update();
	}

	get concealed(): boolean {
		return this.#concealed;
	}

	/** Takes the signs from view, or shows them again. */
	conceal(concealed: boolean): void {
		this.#concealed = concealed;
		this._container.hidden = concealed;
	}

	override _update(): void {
		super._update();
		this.repaint();
		const view = this.reach();
		if (!this.#loading && this.#shown().some(([, tiles]) => tiles.isMissing(view))) {
			this.#run((signal) => this.#load(signal));
		}
	}

	/** The sign nearest to a spot of the map's container, the uppermost of those that are as near. */
	at(spot: L.Point): Sign | undefined {
		if (this.#concealed) return undefined;
		const corner = this._map.getPixelBounds().min ?? L.point(0, 0);
		const point = spot.add(corner);
		const scale = scaleOf(this._map.getZoom(), this.#signs);
		let [found, nearest]: [Sign | undefined, number] = [undefined, REACH];
		for (const sign of this.#signs) {
			const distance = Math.max(0, distanceOf(sign, point) - sizeOf(sign, scale) / 2);
			if (distance <= nearest) [found, nearest] = [sign, distance];
		}
		return found;
	}

	/** Where to look for what a sign at a spot of the map's container stands for: as far around as a choice of it reaches. */
	around(spot: L.Point, sign: Sign): L.LatLngBounds {
		const reach = REACH + sizeOf(sign, scaleOf(this._map.getZoom(), this.#signs)) / 2;
		const corner = (x: number, y: number) => this._map.containerPointToLatLng(spot.add([x, y]));
		return L.latLngBounds(corner(-reach, reach), corner(reach, -reach));
	}

	#shown(): [ManyCollection, VectorTiles][] {
		return [...this.#tiles].filter(([collection]) => this.#layers.has(COLLECTIONS[collection]));
	}

	async #load(signal: AbortSignal): Promise<void> {
		this.#loading = true;
		try {
			await loadAll(
				() => this.#shown().map(([, tiles]) => tiles),
				() => this.reach(),
				signal,
			);
		} finally {
			this.#loading = false;
			this.repaint();
		}
	}

	protected override repaint(): void {
		if (!this._map) return;
		const node = this._container;
		const view = this.reach();
		const context = this.begin(view);
		if (!context) return;
		const found = this.#shown().flatMap(([collection, tiles]) =>
			tiles.prepared(view).flatMap((tile) => signsOf(collection, tile)),
		);
		this.#signs = found.sort((a, b) => order(a) - order(b) || a.count - b.count);
		const colour = colours(this._map.getContainer());
		const scale = scaleOf(view.zoom, found);
		for (const tile of new Set(found.map((sign) => sign.tile))) {
			context.save();
			context.beginPath();
			context.rect(tile.x, tile.y, tile.size, tile.size); // beyond its edge lies what the next one draws
			context.clip();
			for (const sign of found) if (sign.tile === tile) paint(context, sign, colour, scale);
			context.restore();
		}
		for (const sign of found) if (sign.type === GeomType.Point) disc(context, sign, colour, scale);
		node.dataset.signs = String(this.#signs.length);
		node.dataset.count = String(this.#signs.reduce((sum, { count }) => sum + count, 0));
		if (!this.#loading && !this.#shown().some(([, tiles]) => tiles.isMissing(view))) {
			const collections = this.#shown().map(([collection]) => collection);
			const count = countOf(this.#signs.filter((sign) => meets(sign, view)));
			node.dataset.inView = String(count);
			this.#settled(count, collections);
		}
	}
}

/** Whether what a sign shows has its box in a view; tiles reach beyond it. */
function meets({ parts }: Sign, view: View): boolean {
	const box = L.bounds(parts.flat());
	return box.isValid() && box.intersects(L.bounds([view.minX, view.minY], [view.maxX, view.maxY]));
}

/** How many features signs stand for; what lies on several tiles is counted once. */
function countOf(signs: readonly Sign[]): number {
	const counts = new Map<string, number>();
	for (const { key, count } of signs) counts.set(key, Math.max(counts.get(key) ?? 0, count));
	return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** Areas below, then lines, then discs. */
function order({ type }: Sign): number {
	return { [GeomType.Polygon]: 0, [GeomType.Line]: 1, [GeomType.Point]: 2 }[type];
}

/** The signs of a tile: features between the same places, or at the same, are one. */
function signsOf(collection: ManyCollection, tile: PreparedTile): Sign[] {
	const signs = new Map<string, Sign>();
	const square = { x: tile.origin.x, y: tile.origin.y, size: tile.dim };
	for (const feature of tile.data.get(collection) ?? []) {
		const { id, props }: Known = feature;
		const kind = String(props.evidence ?? props.kind ?? props.precision ?? "");
		const key = props.from ? `${props.from} ${props.to ?? ""} ${kind} ${feature.geomType}` : `#${id}`;
		const [count, nearby] = [Number(props.count), Number(props.nearby ?? 0)];
		const fid = props.fid === undefined ? undefined : String(props.fid);
		const known = signs.get(key);
		if (known) {
			known.count += count;
			known.nearby += nearby;
			continue;
		}
		const parts = placed(feature, tile);
		const rest = {
			key: `${collection} ${fid ?? key}`,
			kind,
			schematic: props.schematic === true,
			type: feature.geomType,
			parts,
			tile: square,
		};
		signs.set(key, { collection, title: String(props.title ?? ""), fid, count, nearby, ...rest });
	}
	return [...signs.values()];
}

function placed({ geom }: Feature, { origin, scale }: PreparedTile): L.Point[][] {
	return geom.map((line) => line.map(({ x, y }) => L.point(origin.x + x * scale, origin.y + y * scale)));
}

/** How much a sign stands for, from 0 to 1, on one scale for all lines and another for all that is at a place, a spot or an area. */
function shareOf({ type, count }: Sign, { lines, places }: Scale): number {
	return Math.log2(1 + count) / Math.log2(1 + (type === GeomType.Line ? lines : places));
}

/** A line's width or a disc's, in pixels, by what it stands for. */
function sizeOf(sign: Sign, scale: Scale): number {
	const share = shareOf(sign, scale);
	if (sign.type === GeomType.Point) return scale.size * (3 + (LARGEST - 3) * share ** 2);
	return sign.type === GeomType.Line ? scale.size * (0.7 + (WIDEST - 0.7) * share ** 3) : 0;
}

/** How large signs are: on a map that shows more of the world they are smaller, and the largest stand for most. */
interface Scale {
	readonly size: number;
	readonly lines: number;
	readonly places: number;
}

/** The least that the largest sign stands for, so that a few are not drawn as if they were many. */
const LEAST_MOST = 64;

function scaleOf(zoom: number, signs: readonly Sign[]): Scale {
	const most = (of: (type: GeomType) => boolean) =>
		signs.reduce((found, { type, count }) => (of(type) ? Math.max(found, count) : found), LEAST_MOST);
	return {
		size: Math.max(0.5, Math.min(1, zoom / 6)),
		lines: most((type) => type === GeomType.Line),
		places: most((type) => type !== GeomType.Line),
	};
}

interface Colours {
	readonly route: string;
	readonly movement: string;
	readonly ink: string;
	readonly halo: string;
	readonly site: string;
}

function colours(node: Element): Colours {
	const style = getComputedStyle(node);
	const of = (name: string) => style.getPropertyValue(name).trim();
	return {
		route: of("--route"),
		movement: of("--movement"),
		ink: of("--ink"),
		halo: of("--raised"),
		site: of("--site"),
	};
}

/** Draws a line or an area. */
function paint(context: CanvasRenderingContext2D, sign: Sign, colour: Colours, scale: Scale): void {
	if (sign.type === GeomType.Point) return;
	context.setLineDash([]);
	context.beginPath();
	for (const part of sign.parts) {
		for (const [i, { x, y }] of part.entries()) i ? context.lineTo(x, y) : context.moveTo(x, y);
	}
	context.strokeStyle = sign.collection === "movements" ? colour.movement : colour.route;
	if (sign.type === GeomType.Polygon) {
		context.fillStyle = context.strokeStyle;
		context.globalAlpha = 0.02 + 0.16 * shareOf(sign, scale) ** 2;
		context.fill("evenodd");
		context.globalAlpha = 0.5;
		context.lineWidth = 0.75;
		context.stroke();
		return;
	}
	const size = sizeOf(sign, scale);
	context.lineWidth = size;
	context.globalAlpha = 0.12 + 0.75 * shareOf(sign, scale) ** 2;
	if (sign.collection === "movements") context.setLineDash([2, 4]);
	else if (sign.kind === "inferred") context.setLineDash([Math.max(5, 1.5 * size), Math.max(4, size)]);
	context.stroke();
}

/** Draws a disc, or a ring where no spot is meant. */
function disc(context: CanvasRenderingContext2D, sign: Sign, colour: Colours, scale: Scale): void {
	const at = sign.parts[0]?.[0];
	if (!at) return;
	const ink = sign.collection === "sites" ? colour.site || colour.ink : colour.ink;
	context.beginPath();
	context.arc(at.x, at.y, sizeOf(sign, scale) / 2, 0, 2 * Math.PI);
	context.globalAlpha = 0.85;
	context.fillStyle = ink;
	context.strokeStyle = sign.schematic ? ink : colour.halo;
	context.lineWidth = sign.schematic ? 1 : 0.6;
	context.setLineDash(sign.schematic ? [3, 2] : []);
	if (!sign.schematic) context.fill();
	context.stroke();
}

function distanceOf(sign: Sign, point: L.Point): number {
	if (sign.type === GeomType.Polygon) return Number.POSITIVE_INFINITY;
	let nearest = Number.POSITIVE_INFINITY;
	for (const part of sign.parts) {
		if (sign.type === GeomType.Point && part[0]) nearest = Math.min(nearest, part[0].distanceTo(point));
		for (let i = 1; i < part.length; i++) {
			nearest = Math.min(nearest, L.LineUtil.pointToSegmentDistance(point, part[i - 1] as L.Point, part[i] as L.Point));
		}
	}
	return nearest;
}
