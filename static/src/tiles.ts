import Point from "@mapbox/point-geometry";
import { VectorTile } from "@mapbox/vector-tile";
import Pbf from "pbf";
import type { Feature, PreparedTile } from "protomaps-leaflet";
import { tile } from "./api.ts";
import type { TileSource } from "./page.ts";
import { COARSER, hasTilesWithin, tileWithin } from "./tiles-within.ts";

/** The width of a tile, in pixels, at the zoom that it is made for. */
const SIZE = 512;
/** How many tiles are kept. */
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

	constructor(source: TileSource) {
		this.#source = source;
	}

	isMissing(view: View): boolean {
		return this.#needed(view).some((address) => !this.#kept.has(keyOf(address)));
	}

	/** Loads what a view is missing; where some of it fails, the rest is there all the same. */
	async load(view: View, signal: AbortSignal): Promise<void> {
		const missing = new Map<string, Address>();
		for (const address of this.#needed(view)) {
			if (!this.#kept.has(keyOf(address))) missing.set(keyOf(address), wrapped(address));
		}
		const loading = [...missing.values()].map((address) => this.#get(address, signal));
		const failed = (await Promise.allSettled(loading)).find((result) => result.status === "rejected");
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
			for (let up = address; up.z > this.#source.minzoom; ) {
				up = { z: up.z - 1, x: Math.floor(up.x / 2), y: up.y >> 1 };
				const parent = this.#kept.get(keyOf(up));
				if (parent) {
					coarse.set(`${up.z}/${up.x}/${up.y}`, this.#prepare(up, parent, view.zoom));
					break;
				}
			}
		}
		return [...coarse.values(), ...fine];
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

	/** Gets a tile; where only a coarser one is to be had, that one. */
	async #get(address: Address, signal: AbortSignal): Promise<void> {
		const { z, x, y } = address;
		const data = await this.#data(address, signal);
		if (data !== COARSER) {
			this.#keep(keyOf(address), data ? decode(data) : new Map());
			return;
		}
		this.#keep(keyOf(address), undefined);
		const up = { z: z - 1, x: x >> 1, y: y >> 1 };
		if (up.z >= this.#source.minzoom && !this.#kept.has(keyOf(up))) await this.#get(up, signal);
	}

	async #data(address: Address, signal: AbortSignal): Promise<ArrayBuffer | typeof COARSER | undefined> {
		if (hasTilesWithin(this.#source)) return tileWithin(address.z, address.x, address.y);
		return this.#has(address) ? this.#fetch(address, signal) : COARSER;
	}

	/** Whether the source has a tile: one of files has those around what is told of. */
	#has({ z, x, y }: Address): boolean {
		const { boxes, minzoom } = this.#source;
		if (!boxes) return true;
		const [west, north, east, south] = boxes[z - minzoom] ?? [1, 1, 0, 0];
		return x >= west && x <= east && y >= north && y <= south;
	}

	async #fetch({ z, x, y }: Address, signal: AbortSignal): Promise<ArrayBuffer | undefined> {
		const address = this.#source.tiles.replace("{z}", `${z}`).replace("{x}", `${x}`).replace("{y}", `${y}`);
		return tile(address, signal);
	}

	#keep(key: string, layers: Layers | undefined): void {
		this.#kept.set(key, layers);
		for (const oldest of this.#kept.keys()) {
			if (this.#kept.size <= KEPT) break;
			this.#kept.delete(oldest);
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
