import assert from "node:assert/strict";
import { test } from "node:test";
import type { LatLngBounds, Map as LeafletMap } from "leaflet";
import { Few, type FewFeatures } from "../../src/few.ts";

/** A view of so many degrees from the equator and Greenwich. */
function view(degrees: number): LatLngBounds & { degrees: number } {
	const [least, most] = [() => -degrees, () => degrees];
	return {
		...{
			degrees,
			getWest: least,
			getSouth: least,
			getEast: most,
			getNorth: most,
			getCenter: () => ({ lng: 0, lat: 0 }),
		},
		pad: () => view(degrees * 1.4),
		contains: (other: { degrees: number }) => other.degrees <= degrees,
	} as unknown as LatLngBounds & { degrees: number };
}

/** A map at whose view one can look, with a network that fails or answers; status holds the loadings as they end. */
function looking() {
	const about = {
		offline: false,
		degrees: 10,
		asked: [] as string[],
		drawn: [] as (FewFeatures | undefined)[],
		retry: async () => {},
	};
	Object.assign(globalThis, {
		location: { href: "http://localhost/" },
		fetch: async (address: string) => {
			about.asked.push(new URL(address, "http://localhost").searchParams.get("bbox") ?? "");
			if (about.offline) throw new Error("offline");
			return Response.json({ features: [] });
		},
	});
	let ended: Promise<string> = Promise.resolve("");
	const few = new Few(
		{ getBounds: () => view(about.degrees) } as unknown as LeafletMap,
		"/{collection}?f=json",
		(load) => {
			about.retry = async () => {
				ended = load(new AbortController().signal).then(
					() => "done",
					() => "failed",
				);
				await ended;
			};
			void about.retry();
		},
		(features) => about.drawn.push(features),
	);
	const look = (degrees: number, count: number) => {
		about.degrees = degrees;
		few.look(count, ["stops"]);
		return ended;
	};
	return { about, look, again: () => about.retry().then(() => ended) };
}

test("what failed is tried again for the view that is seen then, and is no failure where none wants it", async () => {
	const { about, look, again } = looking();
	about.offline = true;
	assert.equal(await look(10, 100), "failed");
	assert.equal(await look(80, 50_000), "done", "nothing is missing from a view of many");
	about.offline = false;
	await again();
	assert.deepEqual(about.drawn, [], "tiles stay where nobody wants what failed");

	about.offline = true;
	assert.equal(await look(10, 100), "failed");
	about.degrees = 40; // and the map has not looked yet
	about.offline = false;
	assert.equal(await again(), "done");
	assert.deepEqual(about.drawn, []);
	assert.equal(await look(10, 100), "done");
	assert.equal(about.drawn.length, 1);
	assert.equal(about.asked.at(-1), "-14.0000,-14.0000,14.0000,14.0000");
	const { length } = about.asked;
	await look(9, 90);
	assert.equal(about.asked.length, length, "a view within it needs nothing new");
});

test("up to two thousand features are drawn one by one, and tiles stand for more", async () => {
	const { about, look } = looking();
	await look(10, 2000);
	assert.equal(about.drawn.length, 1);
	await look(10, 2001);
	assert.deepEqual(about.drawn.slice(1), [undefined]);
	assert.equal(about.asked.length, 1, "what tiles stand for is not loaded");
});

test("who leaves while a view loads has it loaded when they come back", async () => {
	const { about } = looking();
	const leaving = new AbortController();
	Object.assign(globalThis, {
		fetch: (_: string, { signal }: { signal: AbortSignal }) =>
			new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("left")))),
	});
	let ended: Promise<void> = Promise.resolve();
	const run = (load: (signal: AbortSignal) => Promise<void>) => {
		ended = load(leaving.signal);
	};
	const map = { getBounds: () => view(about.degrees) } as unknown as LeafletMap;
	new Few(map, "/{collection}?f=json", run, () => {}).look(10, ["stops"]);
	leaving.abort();
	await assert.rejects(ended, "what was broken off has not been done");
});
