import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { makeUp, makeUpLong, makeUpPacific, makeUpRoutes } from "./made-up.ts";
import { ready, startSite } from "./site.ts";

/** So many that each feature is drawn, and their labels have no room. */
const ROUTES = 30;
/** How many labels a map places. */
const MOST = 120;
const site = await startSite();
makeUp(site, ROUTES);

/** How many labels of stops there are, and how many of them can be seen and chosen. */
function labels(page: Page): Promise<{ all: number; visible: number }> {
	return page.locator("[data-map-stop]").evaluateAll((nodes) => ({
		all: nodes.length,
		visible: nodes.filter((node) => getComputedStyle(node).visibility === "visible").length,
	}));
}

test("where labels have no room, some are shown, and all on a map that shows less", async () => {
	const { page, problems, close } = await site.open("/?lang=en", { viewport: { width: 1366, height: 800 } });
	await ready(page);
	await page.waitForFunction(() => document.querySelector("[data-map-stop]"));
	await page.locator("canvas.crowd[data-spots]:not([data-spots='0'])").waitFor();
	const wide = await labels(page);
	assert.ok(wide.visible > 0 && wide.all <= MOST, `${wide.visible} of ${wide.all} labels are visible`);
	const stops = await (await fetch(`${site.address}/api/collections/stops/items?limit=1`)).json();
	const canvas = await page.locator("canvas.crowd").evaluate((node) => ({ ...(node as HTMLElement).dataset }));
	const placed = await page.locator("[data-map-stop], .site-tablet").count();
	assert.ok(stops.numberMatched > MOST, `${stops.numberMatched} stops`);
	assert.ok(Number(canvas.spots) + placed >= stops.numberMatched, `${placed} labels and ${canvas.spots} rings`);
	await close();

	const route = await site.open("/routes/yunnan?lang=en");
	await ready(route.page);
	const few = await labels(route.page);
	assert.deepEqual([few, problems, route.problems], [{ all: 6, visible: 6 }, [], []]);
	await route.close();
});

test("on a phone no label of a page of many stops covers another or is cut, and each stop is there", async () => {
	const limit = 100;
	const { page, problems, close } = await site.open(`/api/collections/stops/items?f=html&lang=en&limit=${limit}`, {
		viewport: { width: 390, height: 844 },
	});
	await page.locator("[data-frame][aria-busy=false]").waitFor();
	await page.locator("canvas.crowd[data-spots]:not([data-spots='0'])").waitFor();
	const boxes = await page
		.locator("[data-map-stop]")
		.evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().toJSON() as DOMRect));
	const covering = boxes.flatMap((a, i) =>
		boxes.slice(i + 1).filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom),
	);
	const frame = await page.locator("#map").evaluate((node) => node.getBoundingClientRect().toJSON() as DOMRect);
	const cut = boxes.filter(
		(a) => a.left < frame.left || a.right > frame.right || a.top < frame.top || a.bottom > frame.bottom,
	);
	const rings = Number(await page.locator("canvas.crowd").getAttribute("data-spots"));
	assert.deepEqual([covering.length, cut.length, problems], [0, 0, []]);
	assert.ok(boxes.length > 5 && boxes.length + rings === limit, `${boxes.length} labels and ${rings} rings`);
	await close();
});

test("on a route of many stops the chosen one's label stays, where others find no room", async () => {
	const stops = 45;
	const id = makeUpLong(site, stops);
	const { page, problems, close } = await site.open(`/routes/${id}?lang=en`, {
		viewport: { width: 390, height: 844 },
	});
	const shown = async () => (await labels(page)).all;
	for (const stop of [1, 15, 30, stops]) {
		await page.goto(`${site.address}/routes/${id}?lang=en&stop=stop-${stop}`);
		await ready(page);
		const chosen = page.locator(`[data-map-stop="stop-${stop}"][aria-current=true]`);
		await chosen.waitFor({ timeout: 5000 });
		// From far away, where there is room for the fewest.
		for (let i = 0; i < 4; i++) {
			const before = await page.locator("#map").getAttribute("data-zoom");
			await page.locator(".leaflet-control-zoom-out").click();
			await page.locator(`#map:not([data-zoom="${before}"])`).waitFor();
		}
		await ready(page);
		assert.ok((await shown()) < stops / 2, `${await shown()} labels are there`);
		await chosen.waitFor({ timeout: 5000 });
	}
	assert.deepEqual(problems, []);
	await close();
});

test("a route across the antimeridian is drawn in one piece, and all of it is in view", async () => {
	const id = makeUpPacific(site);
	const { page, problems, close } = await site.open(`/routes/${id}?lang=en&layers=route`);
	await ready(page);
	assert.ok(Number(await page.locator("#map").getAttribute("data-zoom")) > 3, "the map shows less than the world");
	const rings = await page
		.locator(".leader circle")
		.evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().toJSON() as DOMRect));
	const map = await page.locator("#map").boundingBox();
	assert.ok(map && rings.length === 4);
	for (const { left, right } of rings) assert.ok(left >= map.x && right <= map.x + map.width, `${left}-${right}`);
	assert.ok(
		rings.every(({ left }) => left < (rings[2]?.left ?? 0) + 1),
		"Honolulu lies east of the others",
	);
	assert.equal(await page.locator(".flow.is-documented").count(), 3, "one line for each leg");
	assert.deepEqual(problems, []);
	await close();
});

test("the map of a short route fills its frame, and comes no nearer than towns are known", async () => {
	const folder = path.join(site.folder, "short");
	site.run("new", "short", folder);
	const places = path.join(folder, "places.yaml");
	const written = readFileSync(places, "utf8");
	writeFileSync(places, written.replace("city of Bangkok, Thailand", "city of Mae Sai, Thailand"));
	site.run("import", "--db", site.db, folder);
	const { page, close } = await site.open("/routes/short?lang=en", { viewport: { width: 1366, height: 768 } });
	await ready(page);
	const zoom = Number(await page.locator("#map").getAttribute("data-zoom"));
	assert.ok(zoom > 7 && zoom <= 9, `zoom ${zoom}`);
	await close();
});

test("on a phone a label that many routes share holds all their numbers", async () => {
	const ids = Array.from({ length: 12 }, (_, i) => `by-way-of-${i}`);
	const town = (title: string) => ({ title, query: `city of ${title}, Thailand` });
	makeUpRoutes(site, "by-way-of", Object.fromEntries(ids.map((id) => [id, [town("Chiang Rai"), town("Bangkok")]])));
	const where = `/embed/all?lang=en&${ids.map((id) => `route=${id}`).join("&")}`;
	const { page, problems, close } = await site.open(where, { viewport: { width: 390, height: 844 } });
	await page.locator("[data-start]").click();
	await page.locator("[data-embed][data-moving]").waitFor();
	const map = await page.locator("#map").boundingBox();
	for (const [seq, name] of ["Chiang Rai", "Bangkok"].entries()) {
		const label = page.locator("[data-map-stop]").filter({ hasText: name });
		const number = label.locator(".tablet-number");
		assert.equal(await number.textContent(), [..."ABCDEFGHIJKL"].map((letter) => `${letter}${seq + 1}`).join(" "));
		const [around, within] = [await label.boundingBox(), await number.boundingBox()];
		assert.ok(map && around && within);
		assert.ok(around.x >= map.x && around.x + around.width <= map.x + map.width, `${name} is cut`);
		assert.ok(within.x + within.width <= around.x + around.width, `the numbers of ${name} leave their label`);
		assert.ok(await number.evaluate((node) => node.scrollWidth <= node.clientWidth), `the numbers of ${name} are cut`);
	}
	assert.deepEqual(problems, []);
	await close();
});
