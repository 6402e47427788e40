import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { VectorTile, type VectorTileFeature } from "@mapbox/vector-tile";
import Pbf from "pbf";
import { ROUTE, ready, startSite, type Visit } from "./site.ts";

const site = await startSite();
const EXTENT = 4096;
const BUFFER = 64;
/** Positions at an edge may differ by the rounding of the pieces that are cut in the buffer. */
const ROUNDING = 3;

interface Info {
	maxzoom: number;
	tiles: string[];
	vector_layers: { id: string; fields: Record<string, string> }[];
}

interface Read {
	packed: number;
	raw: number;
	tile: VectorTile;
}

const info = (await (await fetch(`${site.address}/tiles/basemap.json`)).json()) as Info;
const tiles = await readAll();

/** Reads every tile of the file as it is stored. */
async function readAll(): Promise<Map<string, Read>> {
	const all = new Map<string, Read>();
	for (let z = 0; z <= info.maxzoom; z++) {
		for (let x = 0; x < 2 ** z; x++) {
			await Promise.all(Array.from({ length: 2 ** z }, (_, y) => read(z, x, y, all)));
		}
	}
	return all;
}

async function read(z: number, x: number, y: number, into: Map<string, Read>): Promise<void> {
	const response = await fetch(`${site.address}/tiles/basemap/${z}/${x}/${y}.mvt`, {
		headers: { "Accept-Encoding": "identity" },
	});
	assert.ok(response.status === 200 || response.status === 204, `${z}/${x}/${y}: ${response.status}`);
	if (response.status === 204) return;
	const raw = Buffer.from(await response.arrayBuffer());
	const packed = gzipLength(raw);
	into.set(`${z}/${x}/${y}`, { packed, raw: raw.length, tile: new VectorTile(new Pbf(raw)) });
}

function gzipLength(raw: Buffer): number {
	return gzipSync(raw, { level: 9 }).length;
}

function* features(tile: VectorTile): Generator<[layer: string, feature: VectorTileFeature]> {
	for (const [name, layer] of Object.entries(tile.layers)) {
		for (let i = 0; i < layer.length; i++) yield [name, layer.feature(i)];
	}
}

test("every tile decodes, keeps to the schema and stays in range", () => {
	const schema = new Map(info.vector_layers.map(({ id, fields }) => [id, fields]));
	let seen = 0;
	for (const [at, { tile }] of tiles) {
		for (const [layer, feature] of features(tile)) {
			const fields = schema.get(layer);
			assert.ok(fields, `${at} has a layer ${layer}`);
			for (const key of Object.keys(feature.properties)) assert.ok(fields[key], `${at} ${layer} has a field ${key}`);
			const [least, most] = feature.type === 1 ? [0, EXTENT - 1] : [-BUFFER, EXTENT + BUFFER];
			const rings = feature.loadGeometry();
			assert.ok(rings.length > 0, `${at} ${layer} has a feature without a geometry`);
			for (const { x, y } of rings.flat()) {
				assert.ok(x >= least && y >= least && x <= most && y <= most, `${at} ${layer}: ${x} ${y}`);
			}
			if (feature.type === 3) assert.ok(area(rings[0] ?? []) > 0, `${at} ${layer}: an outer ring runs the wrong way`);
			seen++;
		}
	}
	assert.ok(tiles.size > 3000 && seen > tiles.size);
});

function area(ring: { x: number; y: number }[]): number {
	let sum = 0;
	for (let i = 1; i < ring.length; i++) {
		const [a, b] = [ring[i - 1], ring[i]];
		if (a && b) sum += a.x * b.y - b.x * a.y;
	}
	return sum / 2;
}

test("tiles are small", () => {
	const land = [...tiles.values()].filter(({ tile }) => tile.layers.earth).map(({ packed }) => packed);
	land.sort((a, b) => a - b);
	const median = land[Math.floor(land.length / 2)] ?? 0;
	assert.ok(median < 10 * 1024, `the median over tiles with land is ${median} bytes`);
	for (const [at, { raw }] of tiles) assert.ok(raw <= 100 * 1024, `${at} has ${raw} bytes`);
});

test("neighbours meet at the edges of tiles", () => {
	let compared = 0;
	for (const [at, { tile }] of tiles) {
		const [z = 0, x = 0, y = 0] = at.split("/").map(Number);
		const east = tiles.get(`${z}/${x + 1}/${y}`);
		if (!east) continue;
		for (const layer of ["boundaries", "water"]) {
			const leaving = crossings(tile, layer, EXTENT);
			const arriving = crossings(east.tile, layer, 0);
			for (const place of leaving) {
				assert.ok(
					arriving.some((other) => Math.abs(other - place) <= ROUNDING),
					`${at} ${layer}: a line leaves at ${place} and does not arrive`,
				);
				compared++;
			}
		}
	}
	assert.ok(compared > 2000, `${compared}`);
});

/** Where the lines of a layer cross a meridian of the tile well inside of it. */
function crossings(tile: VectorTile, name: string, edge: number): number[] {
	const found: number[] = [];
	const layer = tile.layers[name];
	for (let i = 0; layer && i < layer.length; i++) {
		const feature = layer.feature(i);
		if (feature.type !== 2) continue;
		for (const line of feature.loadGeometry()) {
			for (let j = 1; j < line.length; j++) {
				const [a, b] = [line[j - 1], line[j]];
				// What runs along the edge crosses it nowhere in particular.
				if (!a || !b || a.x < edge === b.x < edge || Math.abs(b.y - a.y) > 4 * Math.abs(b.x - a.x)) continue;
				const y = a.y + ((b.y - a.y) * (edge - a.x)) / (b.x - a.x);
				if (y > 0 && y < EXTENT) found.push(y);
			}
		}
	}
	return found;
}

test("places have their names in the languages of the region", () => {
	const languages = ["en", "zh-Hans", "th", "my", "vi", "lo", "km", "ms"];
	const places = tiles.get("2/3/1")?.tile.layers.places;
	assert.ok(places);
	const countries = Array.from({ length: places.length }, (_, i) => places.feature(i).properties);
	const thailand = countries.find(({ iso }) => iso === "TH");
	assert.deepEqual(
		languages.map((language) => typeof thailand?.[`name:${language}`]),
		languages.map(() => "string"),
	);
});

/** Whether a position is in an area of a layer, by the parity of the edges west of it. */
function covers(name: string, lon: number, lat: number, zoom: number): boolean {
	const size = 2 ** zoom;
	const column = ((lon + 180) / 360) * size;
	const row = ((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * size;
	const layer = tiles.get(`${zoom}/${Math.floor(column)}/${Math.floor(row)}`)?.tile.layers[name];
	const [x, y] = [(column % 1) * EXTENT, (row % 1) * EXTENT];
	let edges = 0;
	for (let i = 0; layer && i < layer.length; i++) {
		const feature = layer.feature(i);
		if (feature.type !== 3) continue;
		for (const ring of feature.loadGeometry()) {
			for (let j = 1; j < ring.length; j++) {
				const [a, b] = [ring[j - 1], ring[j]];
				if (a && b && a.y > y !== b.y > y && a.x + ((b.x - a.x) * (y - a.y)) / (b.y - a.y) < x) edges++;
			}
		}
	}
	return edges % 2 === 1;
}

test("cities are built up and the country around them is not", () => {
	for (const [name, lon, lat] of [
		["Bangkok", 100.52, 13.75],
		["Kunming", 102.72, 25.04],
	] as const) {
		assert.ok(covers("landcover", lon, lat, 6), name);
	}
	assert.ok(!covers("landcover", 99.2, 15.2, 6), "a forest in the west of Thailand");
	assert.ok(covers("earth", 99.2, 15.2, 6));
});

/** The pixels of the basemap's canvas by colour. */
async function colours({ page }: Visit): Promise<Map<string, number>> {
	const pairs = await page.locator("canvas.basemap").evaluate((node) => {
		const { data } = (node as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, 400, 300) ?? { data: [] };
		const counts: Record<string, number> = {};
		for (let i = 0; i < data.length; i += 4) {
			const colour = data[i + 3] === 0 ? "none" : `${data[i]},${data[i + 1]},${data[i + 2]}`;
			counts[colour] = (counts[colour] ?? 0) + 1;
		}
		return Object.entries(counts);
	});
	return new Map(pairs as [string, number][]);
}

test("the map is repainted when the colour scheme changes and for paper", async () => {
	const visit = await site.open(`${ROUTE}?lang=en`, { colorScheme: "light" });
	await ready(visit.page);
	const main = async () => {
		const all = [...(await colours(visit))].filter(([colour]) => colour !== "none");
		return all.sort((a, b) => b[1] - a[1])[0]?.[0];
	};
	const light = await main();
	await visit.page.emulateMedia({ colorScheme: "dark" });
	const dark = await main();
	await visit.page.emulateMedia({ colorScheme: "dark", media: "print" });
	await ready(visit.page);
	const paper = await main();
	await visit.close();
	assert.equal(new Set([light, dark, paper]).size, 3, `${light} ${dark} ${paper}`);
	assert.equal(paper, "244,244,244");
});

test("the canvas is as sharp as the screen", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en`, { deviceScaleFactor: 2 });
	await ready(page);
	const ratio = await page.locator("canvas.basemap").evaluate((node) => {
		const canvas = node as HTMLCanvasElement;
		return canvas.width / canvas.getBoundingClientRect().width;
	});
	await close();
	assert.ok(Math.abs(ratio - 2) < 0.01, `${ratio}`);
});

/** Notes each text that is written on a canvas, with its font. */
async function lettering(
	where: string,
	options = {},
): Promise<{ visit: Visit; texts: [text: string, font: string][] }> {
	const visit = await site.open("about:blank", options);
	await visit.page.addInitScript(() => {
		const noted: [string, string][] = [];
		Object.assign(window, { noted });
		const write = CanvasRenderingContext2D.prototype.fillText;
		CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
			noted.push([text, this.font]);
			write.call(this, text, ...rest);
		};
	});
	await visit.page.goto(`${site.address}${where}`);
	await ready(visit.page);
	const texts = await visit.page.evaluate(() => (window as unknown as { noted: [string, string][] }).noted);
	return { visit, texts };
}

for (const [lang, script, family] of [
	["my", /\p{Script=Myanmar}/u, "Corridor Myanmar"],
	["th", /\p{Script=Thai}/u, "Corridor Thai"],
] as const) {
	test(`the map is lettered in ${lang}, by a font that has the script`, async () => {
		const { visit, texts } = await lettering(`${ROUTE}?lang=${lang}`);
		const own = texts.filter(([text]) => script.test(text));
		assert.ok(own.length > 0);
		for (const [text, font] of own) assert.ok(font.includes(family), `${text}: ${font}`);
		await visit.page.waitForFunction((name) => {
			const faces = [...document.fonts].filter(({ family }) => family.replaceAll('"', "") === name);
			return faces.some(({ status }) => status === "loaded");
		}, family);
		await visit.close();
	});
}

test("the map does not name again what a stop's label names", async () => {
	const { visit } = await lettering(`${ROUTE}?lang=th`);
	const written = await latest(visit);
	await visit.close();
	assert.ok(written.includes("ลาว"), "neighbours are named");
	for (const told of ["ไทย", "ประเทศไทย", "กรุงเทพมหานคร"]) assert.ok(!written.includes(told), told);
});

/** What is written when the map is drawn once more. */
async function latest({ page }: Visit): Promise<string[]> {
	await page.evaluate(() => {
		(window as unknown as { noted: unknown[] }).noted.length = 0;
	});
	await page.emulateMedia({ colorScheme: "dark" });
	const noted = await page.waitForFunction(() => {
		const { noted } = window as unknown as { noted: [string, string][] };
		return noted.length > 0 && noted.map(([text]) => text);
	});
	return (await noted.jsonValue()) as string[];
}

for (const viewport of [
	{ width: 1366, height: 768 },
	{ width: 390, height: 844 },
]) {
	test(`the first view of the route keeps to its budget at ${viewport.width}×${viewport.height}`, async () => {
		const { page, close } = await site.open("about:blank", { viewport });
		const cdp = await page.context().newCDPSession(page);
		await cdp.send("Network.enable");
		let [requests, bytes] = [0, 0];
		cdp.on("Network.loadingFinished", ({ encodedDataLength }) => {
			requests++;
			bytes += encodedDataLength;
		});
		await page.goto(`${site.address}${ROUTE}?lang=en`);
		await ready(page);
		await page.evaluate(() => document.fonts.ready);
		await close();
		assert.ok(requests > 8 && requests <= 24, `${requests} requests`);
		assert.ok(bytes <= 300 * 1024, `${(bytes / 1024).toFixed(1)} KB`);
	});
}
