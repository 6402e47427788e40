import Point from "@mapbox/point-geometry";
import { VectorTile } from "@mapbox/vector-tile";
import Pbf from "pbf";
import type { Feature, PreparedTile } from "protomaps-leaflet";
import { tile } from "./api.ts";
import type { TileSource } from "./page.ts";
import { COARSER, hasTilesWithin, tileWithin } from "./tiles-within.ts";

/** The width of a tile, in pixels, at the zoom that it is made for. */
const SIZE = 512;
/** How many tiles are kept, or twice what a view needs where that is more: a large screen needs more than these. */
const KEPT = 96;
/** A map between two zooms takes the tiles of the lower one unless it is this near to the next. */
const NEARLY = 0.25;

type Layers = Map<string, Feature[]>;

/** A feature of a tile with its id, where tiles give one. */
export interface Known extends Feature {
	readonly id?: number;
}

interface Address {
	readonly z: number;
	readonly x: number;
	readonly y: number;
}

/** A part of the world at a zoom, in pixels from its north-western corner. */
export interface View {
	readonly zoom: number;
	readonly minX: number;
	readonly minY: number;
	readonly maxX: number;
	readonly maxY: number;
}

/** Vector tiles of a source, the basemap or the data: what a view needs, what of it is missing, and what there is to draw. */
export class VectorTiles {
	readonly #source: TileSource;
	/** None for a tile of which only a coarser one is to be had. */
	readonly #kept = new Map<string, Layers | undefined>();
	readonly #coming = new Map<string, Promise<void>>();

	constructor(source: TileSource) {
		this.#source = source;
	}

	isMissing(view: View): boolean {
		return this.#needed(view).some((address) => !this.#has(address));
	}

	/** Loads what a view is missing; where some of it fails, the rest is there all the same. */
	async load(view: View, signal: AbortSignal): Promise<void> {
		const missing = new Map<string, Address>();
		for (const address of this.#needed(view)) {
			if (!this.#has(address)) missing.set(keyOf(address), wrapped(address));
		}
		const loading = [...missing.values()].map((address) => this.#get(address, signal));
		const failed = (await Promise.allSettled(loading)).find((result) => result.status === "rejected");
		this.#forget(view);
		if (failed) throw failed.reason;
	}

	/** The tiles of a view as they are drawn; where one is missing, the part of a coarser one that is there. */
	prepared(view: View): PreparedTile[] {
		const coarse = new Map<string, PreparedTile>();
		const fine: PreparedTile[] = [];
		for (const address of this.#needed(view)) {
			const found = this.#kept.get(keyOf(address));
			if (found) {
				fine.push(this.#prepare(address, found, view.zoom));
				continue;
			}
			for (const up of this.#above(address)) {
				const parent = this.#kept.get(keyOf(up));
				if (parent) {
					coarse.set(`${up.z}/${up.x}/${up.y}`, this.#prepare(up, parent, view.zoom));
					break;
				}
			}
		}
		return [...coarse.values(), ...fine];
	}

	/** Whether a tile is there, or the coarser one that stands for it. */
	#has(address: Address): boolean {
		const key = keyOf(address);
		if (!this.#kept.has(key)) return false;
		const [up] = this.#above(address);
		return this.#kept.get(key) !== undefined || !up || this.#has(up);
	}

	/** The coarser tiles of the same place, the nearest zoom first. */
	#above({ z, x, y }: Address): Address[] {
		const coarser = Array.from({ length: Math.max(0, z - this.#source.minzoom) }, (_, i) => i + 1);
		return coarser.map((by) => ({ z: z - by, x: Math.floor(x / 2 ** by), y: y >> by }));
	}

	#prepare(address: Address, data: Layers, zoom: number): PreparedTile {
		const dim = widthOf(address.z, zoom);
		const origin = new Point(address.x * dim, address.y * dim);
		return { z: zoom, origin, data, scale: dim / SIZE, dim, dataTile: address } as PreparedTile;
	}

	#needed({ zoom, minX, minY, maxX, maxY }: View): Address[] {
		const { minzoom, maxzoom, nearly = NEARLY } = this.#source;
		const z = Math.max(minzoom, Math.min(maxzoom, Math.floor(zoom + nearly) - 1));
		const width = widthOf(z, zoom);
		const list: Address[] = [];
		for (let y = Math.max(0, Math.floor(minY / width)); y < Math.min(2 ** z, maxY / width); y++) {
			for (let x = Math.floor(minX / width); x < maxX / width; x++) list.push({ z, x, y });
		}
		return list;
	}

	/** Gets a tile; where only a coarser one is to be had, that one, for which several may ask at once. */
	#get(address: Address, signal: AbortSignal): Promise<void> {
		const key = keyOf(address);
		const coming = this.#coming.get(key) ?? this.#bring(address, signal).finally(() => this.#coming.delete(key));
		this.#coming.set(key, coming);
		return coming;
	}

	async #bring(address: Address, signal: AbortSignal): Promise<void> {
		const data = await this.#data(address, signal);
		if (data !== COARSER) {
			this.#kept.set(keyOf(address), data ? decode(data) : new Map());
			return;
		}
		this.#kept.set(keyOf(address), undefined);
		const [up] = this.#above(address);
		if (up && !this.#has(up)) await this.#get(up, signal);
	}

	async #data(address: Address, signal: AbortSignal): Promise<ArrayBuffer | typeof COARSER | undefined> {
		if (hasTilesWithin(this.#source)) return tileWithin(address.z, address.x, address.y);
		return this.#isInSource(address) ? this.#fetch(address, signal) : COARSER;
	}

	/** Whether the source has a tile: one of files has those around what is told of. */
	#isInSource({ z, x, y }: Address): boolean {
		const { boxes, minzoom } = this.#source;
		if (!boxes) return true;
		const [west, north, east, south] = boxes[z - minzoom] ?? [1, 1, 0, 0];
		return x >= west && x <= east && y >= north && y <= south;
	}

	async #fetch({ z, x, y }: Address, signal: AbortSignal): Promise<ArrayBuffer | undefined> {
		const address = this.#source.tiles.replace("{z}", `${z}`).replace("{x}", `${x}`).replace("{y}", `${y}`);
		return tile(address, signal);
	}

	/** Forgets the oldest tiles beyond those that are kept, but none that a view needs: it would be loaded again at once. */
	#forget(view: View): void {
		const needed = new Set(
			this.#needed(view)
				.flatMap((address) => [address, ...this.#above(address)])
				.map(keyOf),
		);
		const most = Math.max(KEPT, 2 * needed.size);
		for (const oldest of this.#kept.keys()) {
			if (this.#kept.size <= most) break;
			if (!needed.has(oldest)) this.#kept.delete(oldest);
		}
	}
}

/** Loads until nothing is missing from any of these: the view may move meanwhile, and others may be shown. */
export async function loadAll(shown: () => VectorTiles[], view: () => View, signal: AbortSignal): Promise<void> {
	const missing = () => shown().filter((tiles) => tiles.isMissing(view()));
	for (let tiles = missing(); tiles.length > 0; tiles = missing()) {
		await Promise.all(tiles.map((one) => one.load(view(), signal)));
	}
}

function widthOf(z: number, zoom: number): number {
	return SIZE * 2 ** (zoom - 1 - z);
}

/** The same tile in the one world that has tiles. */
function wrapped({ z, x, y }: Address): Address {
	return { z, x: ((x % 2 ** z) + 2 ** z) % 2 ** z, y };
}

function keyOf(address: Address): string {
	const { z, x, y } = wrapped(address);
	return `${z}/${x}/${y}`;
}

function decode(data: ArrayBuffer): Layers {
	const layers: Layers = new Map();
	for (const [name, layer] of Object.entries(new VectorTile(new Pbf(data)).layers)) {
		const features: Feature[] = [];
		for (let i = 0; i < layer.length; i++) {
			const feature = layer.feature(i);
			const rest = { id: feature.id, geomType: feature.type, props: feature.properties };
			features.push(scaled(feature.loadGeometry(), SIZE / layer.extent, rest));
		}
		layers.set(name, features);
	}
	return layers;
}

function scaled(geom: Point[][], scale: number, rest: object): Feature {
	let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
	let numVertices = 0;
	for (const point of geom.flat()) {
		point.x *= scale;
		point.y *= scale;
		minX = Math.min(minX, point.x);
		minY = Math.min(minY, point.y);
		maxX = Math.max(maxX, point.x);
		maxY = Math.max(maxY, point.y);
		numVertices++;
	}
	return { ...rest, geom, numVertices, bbox: { minX, minY, maxX, maxY } } as unknown as Feature;
}
