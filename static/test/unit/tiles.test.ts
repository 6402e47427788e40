import assert from "node:assert/strict";
import { test } from "node:test";
import { loadAll, VectorTiles, type View } from "../../src/tiles.ts";

/** A view of so many pixels on the equator, so far east of Greenwich. */
function view(zoom: number, width: number, height: number, east: number): View {
	const middle = 128 * 2 ** zoom;
	const minX = middle + east;
	return { zoom, minX, maxX: minX + width, minY: middle - height / 2, maxY: middle + height / 2 };
}

/** A network that has every tile, empty, and gives up where it is asked without end. */
function network(): string[] {
	const asked: string[] = [];
	const fetch = async (address: string) => {
		asked.push(address);
		if (asked.length > 2000) throw new Error("asked without end");
		return new Response(null, { status: 204 });
	};
	Object.assign(globalThis, { fetch });
	return asked;
}

const { signal } = new AbortController();
const source = { tiles: "/{z}/{x}/{y}", minzoom: 0, maxzoom: 8 };
/** What the canvas of the data holds on a screen of 3840 by 2160. */
const large = view(5.75, 1.3 * 3840, 1.3 * 2160, 400);

test("a large screen loads each tile once, though it needs more than are kept of a small one", async () => {
	const asked = network();
	const tiles = new VectorTiles(source);
	await loadAll(
		() => [tiles],
		() => large,
		signal,
	);
	assert.ok(asked.length > 96, `${asked.length} tiles`);
	assert.equal(new Set(asked).size, asked.length);
	assert.equal(tiles.prepared(large).length, asked.length);
});

test("what a reader left is forgotten at last, and never what is shown now", async () => {
	const asked = network();
	const tiles = new VectorTiles(source);
	const shown = Array.from({ length: 100 }, (_, i) => view(8, 900, 600, 256 * i));
	for (const now of shown) {
		await tiles.load(now, signal);
		assert.equal(tiles.isMissing(now), false);
	}
	const before = asked.length;
	await tiles.load(shown[0] as View, signal);
	assert.ok(asked.length > before, "the first view was forgotten");
});

test("a coarser tile that stands for others is there as long as they are shown", async () => {
	const asked = network();
	const boxes = [[0, 0, 0, 0], ...Array.from({ length: 8 }, () => [1, 1, 0, 0])] as [number, number, number, number][];
	const tiles = new VectorTiles({ ...source, boxes });
	await loadAll(
		() => [tiles],
		() => large,
		signal,
	);
	assert.deepEqual(asked, ["/0/0/0"]);
	assert.equal(tiles.prepared(large).length, 1);
});
