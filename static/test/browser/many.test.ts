import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { makeUp } from "./made-up.ts";
import { startSite, violations } from "./site.ts";

const ROUTES = 1200;
const site = await startSite();
makeUp(site, ROUTES); // more than can be drawn one by one

/** Waits until the map has drawn its tiles and gives the sums of what they stand for. */
async function drawn(page: Page): Promise<{ signs: number; count: number }> {
	await page.locator("canvas.many[data-signs]:not([data-signs='0'])").waitFor();
	await page.locator("[data-frame][aria-busy=false]").waitFor();
	const { signs, count } = await page.locator("canvas.many").evaluate((node) => ({ ...(node as HTMLElement).dataset }));
	return { signs: Number(signs), count: Number(count) };
}

for (const [device, viewport] of [
	["laptop", { width: 1366, height: 800 }],
	["phone", { width: 390, height: 844 }],
] as const) {
	test(`on a ${device} the map of everything stands for more features than it draws, and its legend says so`, async () => {
		const { page, foreign, problems, close } = await site.open("/?lang=en", { viewport });
		const { signs, count } = await drawn(page);
		const extents = await Promise.all(
			["stops", "legs"].map(async (c) => (await fetch(`${site.address}/api/collections/${c}/items?limit=1`)).json()),
		);
		const [stops, legs] = extents.map(({ numberMatched }) => Number(numberMatched));
		assert.ok(stops && legs && signs < (stops + legs) / 2, `${signs} signs for ${stops} stops and ${legs} legs`);
		assert.ok(count >= stops, `${count} of ${stops} stops and ${legs} legs`);
		await page.locator("[data-legend] summary").click();
		const legend = await page.locator("[data-many]").innerText();
		const grouped = (n: number) => n.toLocaleString("en");
		assert.ok(legend.includes(`${grouped(legs)} legs and ${grouped(stops)} stops`), legend);
		assert.match(legend, /not a path[\s\S]*the wider, the more[\s\S]*Inferred/);
		assert.equal(await page.locator("[data-map-stop], path.flow").count(), 0);
		assert.equal(await page.locator(".route-card").count(), 101);
		assert.match(await page.locator(".more-routes").innerText(), /1,100 more routes/);
		assert.deepEqual([foreign, problems, await violations(page)], [[], [], []]);
		await close();
	});
}

test("a sign tells for how many it stands, and which routes tell of them", async () => {
	const { page, close } = await site.open("/?lang=en", { viewport: { width: 1366, height: 800 } });
	await drawn(page);
	const map = await page.locator("#map").boundingBox();
	assert.ok(map);
	const card = page.locator("[data-card] [data-sign]");
	for (let step = 0; step < 60 && (await card.count()) === 0; step++) {
		await page.mouse.click(map.x + map.width * 0.6 + step, map.y + map.height * 0.5 + step * 2);
	}
	assert.match(await card.locator(".card-figure").innerText(), /^[\d,]+ (legs?|stops?)$/);
	await card.locator("li a").first().waitFor();
	assert.match((await card.locator("li a").first().getAttribute("href")) ?? "", /\/routes\/generated-\d+\?lang=en/);
	await card.locator(":scope > a").click();
	await page.waitForURL(/\/api\/collections\/(legs|stops)\/items\?.*bbox=/);
	assert.ok((await page.locator("tbody tr").count()) > 0);
	await close();
});

test("the painted map follows its reader's system: the dark, and a screen with more pixels", async () => {
	const viewport = { width: 1366, height: 800 };
	const { page, close } = await site.open("/?lang=en&layers=route", { viewport, colorScheme: "light" });
	await drawn(page);
	/** The colours of the signs, once they are others. */
	const colours = async (formerly = "") => {
		const found = await page.waitForFunction((former) => {
			const node = document.querySelector<HTMLCanvasElement>("canvas.many");
			const drawing =
				node?.getContext("2d")?.getImageData(0, 0, node.width, node.height).data ?? new Uint8ClampedArray();
			const all = new Set<string>();
			for (let i = 0; i < drawing.length; i += 4) if (drawing[i + 3] === 255) all.add(drawing.slice(i, i + 3).join());
			const text = [...all].join(" ");
			return text !== former && text;
		}, formerly);
		return String(await found.jsonValue());
	};
	const light = await colours();
	await page.emulateMedia({ colorScheme: "dark" });
	await colours(light);
	const cdp = await page.context().newCDPSession(page);
	await cdp.send("Emulation.setDeviceMetricsOverride", { ...viewport, deviceScaleFactor: 2, mobile: false });
	await page.emulateMedia({ reducedMotion: "no-preference" }); // Chromium tells of an emulated screen with the next change
	await page.waitForFunction(() =>
		[...document.querySelectorAll<HTMLCanvasElement>("#map canvas:not([hidden])")].every(
			(node) => Math.abs(node.width / Number.parseFloat(node.style.width) - 2) < 0.1,
		),
	);
	await close();
});

test("switching a layer off takes it from the map; an import that changes nothing leaves the addresses of tiles", async () => {
	const { page, close } = await site.open("/?lang=en", { viewport: { width: 1366, height: 800 } });
	await drawn(page);
	await page.locator("[data-legend] summary").click();
	await page.locator("[data-layer=route]").uncheck();
	await page.waitForFunction("Number(document.querySelector('canvas.many').dataset.count) < 100");
	const tiles = async () => /"tiles":"(\/tiles\/\{collection\}[^"]+)"/.exec(await page.content())?.[1];
	const before = await tiles();
	site.run("import", "--db", site.db, "data/content/mekong");
	await page.reload();
	assert.equal(await tiles(), before, "an import that changes nothing");
	assert.ok(before);
	await close();
});

test("a view that holds few features draws them one by one, and a wider one shows signs again", async () => {
	const { page, foreign, problems, close } = await site.open("/?lang=en", { viewport: { width: 1366, height: 800 } });
	await drawn(page);
	await page.locator("[data-legend] summary").click();
	const map = await page.locator("#map").boundingBox();
	assert.ok(map);
	const few = page.locator("#map.is-few");
	const zoom = async (by: number) => {
		await page.mouse.move(map.x + map.width * 0.4, map.y + map.height * 0.3);
		const settled = page.evaluate(
			"new Promise((done) => new MutationObserver((_, o) => (o.disconnect(), done(0))).observe(document.querySelector('canvas.many'), { attributes: true }))",
		);
		await page.mouse.wheel(0, by);
		await settled;
		await page.locator("[data-frame][aria-busy=false]").waitFor();
	};
	for (let step = 0; step < 12 && (await few.count()) === 0; step++) await zoom(-200);
	await few.waitFor();
	await page.locator("path.parts").first().waitFor({ state: "attached" });
	assert.ok(await page.locator("canvas.many").isHidden());
	assert.ok((await page.locator("[data-map-stop]").count()) > 0 && (await page.locator("path.flow").count()) > 0);
	assert.ok((await page.locator("[data-few]").isVisible()) && (await page.locator("[data-many]").isHidden()));
	assert.deepEqual([foreign, problems, await violations(page)], [[], [], []]);
	for (let step = 0; step < 12 && (await few.count()) > 0; step++) await zoom(200);
	await page.locator("#map:not(.is-few)").waitFor();
	assert.ok(await page.locator("canvas.many").isVisible());
	assert.equal(await page.locator("[data-map-stop], path.flow, path.parts, .patterns linearGradient").count(), 0);
	assert.ok((await page.locator("[data-few]").isHidden()) && (await page.locator("[data-many]").isVisible()));
	await close();
});
