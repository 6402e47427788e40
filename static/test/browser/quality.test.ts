import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { makeUpTwin } from "./made-up.ts";
import { ROUTE, ready, startSite, violations } from "./site.ts";

const require = createRequire(import.meta.url);
const hint = require("@mapbox/geojsonhint") as { hint(data: unknown): { message: string; line?: number }[] };
const COLLECTIONS = ["stops", "legs", "movements", "sites", "places"];
const site = await startSite();

test("nothing is asked of anyone else, and nothing is kept", async () => {
	for (const where of ["/?lang=en", `${ROUTE}?lang=my&layers=route,movements,sites`]) {
		const { page, foreign, close } = await site.open(where);
		await ready(page);
		assert.deepEqual(foreign, []);
		assert.deepEqual(await page.context().cookies(), []);
		assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
		await close();
	}
});

for (const part of ["basemap", ...COLLECTIONS]) {
	test(`where ${part} fails once the page says so and trying again helps`, async () => {
		const { page, close } = await site.open("about:blank");
		let failures = 1;
		const address = part === "basemap" ? "**/tiles/basemap/**" : `**/api/collections/${part}/items*`;
		await page.route(address, (route) => (failures-- > 0 ? route.fulfill({ status: 503 }) : route.continue()));
		await page.goto(`${site.address}${ROUTE}?lang=en&layers=route,movements,sites`);
		const failure = page.locator(`[data-failed=${part}]`);
		await failure.waitFor();
		await failure.getByRole("button").press("Enter");
		await failure.waitFor({ state: "detached" });
		await ready(page);
		assert.equal(await page.locator("[data-status] *").count(), 0);
		assert.equal(await page.evaluate(() => document.activeElement?.id), "map", "the focus is not lost");
		assert.equal(await page.locator("[data-map-stop]").count(), 6);
		await close();
	});
}

test("who leaves while the map loads and comes back to the page that the browser has kept finds the map", async () => {
	const { page, close } = await site.open("about:blank");
	let asked = 0;
	await page.route("**/api/collections/{stops,legs}/items*", (route) => (asked++ < 2 ? undefined : route.continue()));
	await page.goto(`${site.address}${ROUTE}?lang=en&layers=route`);
	await page.mouse.move(3, 3);
	while (asked < 2) await page.waitForRequest("**/api/collections/{stops,legs}/items*");
	await page.evaluate(() => {
		for (const type of ["pagehide", "pageshow"]) dispatchEvent(new PageTransitionEvent(type, { persisted: true }));
	});
	await page.locator("[data-map-stop]").nth(5).waitFor();
	await page.locator("path.flow").nth(4).waitFor({ state: "attached" });
	await ready(page);
	await close();
});

for (const colorScheme of ["light", "dark"] as const) {
	for (const where of [
		"/?lang=en",
		`${ROUTE}?lang=en&layers=route,movements,sites`,
		`${ROUTE}?lang=my`,
		"/no-such-page",
	]) {
		test(`axe finds nothing on ${where} in ${colorScheme}`, async () => {
			const { page, close } = await site.open(where, { colorScheme });
			if (where !== "/no-such-page") await ready(page);
			assert.deepEqual(await violations(page), []);
			await close();
		});
	}
}

test("no page shows the key of a text in place of the text", async () => {
	const everything = "layers=route,movements,sites";
	for (const where of [
		`/?lang=en&${everything}`,
		`${ROUTE}?lang=en&${everything}`,
		`${ROUTE}/present?lang=en&step=return`,
	]) {
		const { page, close } = await site.open(where);
		await page.locator("[data-frame][aria-busy=false], html[data-ready]").first().waitFor({ state: "attached" });
		for (const button of await page.locator("[data-map-stop], .site-tablet").all()) await button.hover({ trial: true });
		const shown = await page.evaluate(() => document.body.innerText);
		const keys = shown.match(/\b(?:map|legend|term|claim|fact|card|steps|mark|present|lesson|quiz|live)\.[a-z_.]+\b/gi);
		assert.deepEqual(keys, null, where);
		await close();
	}
});

test("script and style stay within their budgets", () => {
	const dist = new URL("../../dist/", import.meta.url);
	const size = (form: RegExp) =>
		readdirSync(dist)
			.filter((name) => form.test(name))
			.reduce((sum, name) => sum + readFileSync(new URL(name, dist)).length, 0);
	assert.ok(
		size(/^viewer-.*\.js\.gz$/) > 0 && size(/^viewer-.*\.js\.gz$/) <= 110 * 1024,
		`${size(/^viewer-.*\.js\.gz$/)}`,
	);
	assert.ok(
		size(/^style-.*\.css\.gz$/) > 0 && size(/^style-.*\.css\.gz$/) <= 12 * 1024,
		`${size(/^style-.*\.css\.gz$/)}`,
	);
});

for (const width of [320, 390]) {
	test(`nothing scrolls sideways at ${width} pixels`, async () => {
		for (const where of ["/?lang=my", `${ROUTE}?lang=en`, `${ROUTE}?lang=my`]) {
			const { page, close } = await site.open(where, { viewport: { width, height: 640 } });
			await ready(page);
			assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, where);
			await close();
		}
	});
}

for (const collection of COLLECTIONS) {
	test(`every feature of ${collection} is GeoJSON by RFC 7946`, async () => {
		const response = await fetch(`${site.address}/api/collections/${collection}/items?limit=1000&lang=en`);
		assert.equal(response.status, 200);
		const data = (await response.json()) as { features: object[] };
		assert.ok(data.features.length > 0);
		for (const feature of data.features) assert.deepEqual(hint.hint(feature), []);
	});
}

for (const [lang, family, script] of [
	["my", "Corridor Myanmar", "\\p{Script=Myanmar}"],
	["th", "Corridor Thai", "\\p{Script=Thai}"],
] as const) {
	test(`every text in ${lang} asks for a font that has its script`, async () => {
		const visit = await site.open(`${ROUTE}?lang=${lang}&layers=route,movements,sites`);
		await ready(visit.page);
		const without = await visit.page.evaluate(
			({ family, script }) => {
				const letters = new RegExp(script, "u");
				const found = new Set<string>();
				const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
				while (walk.nextNode()) {
					const { textContent: text, parentElement: parent } = walk.currentNode;
					if (!text || !parent || parent.closest("script") || !letters.test(text)) continue;
					if (!getComputedStyle(parent).fontFamily.includes(family)) found.add(text.trim().slice(0, 40));
				}
				return [...found];
			},
			{ family, script },
		);
		await visit.close();
		assert.deepEqual(without, []);
	});
}

test("on paper the text is black on white and the controls are gone", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en`, { colorScheme: "dark" });
	await ready(page);
	await page.emulateMedia({ media: "print" });
	assert.ok(await page.locator(".steps").isHidden());
	assert.ok(await page.locator(".languages").isHidden());
	const colour = (name: "color" | "backgroundColor") =>
		page.evaluate((key) => getComputedStyle(document.documentElement)[key], name);
	assert.equal(await colour("color"), "rgb(0, 0, 0)");
	assert.equal(await colour("backgroundColor"), "rgb(255, 255, 255)");
	assert.ok(await page.locator(".map-caption").isVisible());
	const action = await page.locator("[data-present]").evaluate((node) => getComputedStyle(node).color);
	assert.equal(action, "rgb(0, 0, 0)", "what loses its ground on paper is not white");
	await close();
});

for (const where of [`${ROUTE}?lang=en&stop=bangkok`, "/?lang=en"]) {
	test(`on paper the still map stands for the one that moves, whole and black on white: ${where}`, async () => {
		const { page, close } = await site.open(where);
		await ready(page);
		const [still, map] = [page.locator("[data-still] img"), page.locator("#map")];
		await still.waitFor({ state: "hidden" });
		const asked = await still.evaluate((node: HTMLImageElement) => node.currentSrc);
		assert.doesNotMatch(asked, /theme=print/, "who does not print does not load what is printed");
		await page.emulateMedia({ media: "print" });
		assert.equal(await map.isHidden(), true, "the map that moves is away");
		assert.ok(await still.isVisible(), "what is on the screen is there while the other is not");
		await page.waitForFunction(() => {
			const node = document.querySelector<HTMLImageElement>("[data-still] img");
			return node?.complete && /theme=print/.test(node.currentSrc);
		});
		const [image, frame] = [await still.boundingBox(), await page.locator("[data-frame]").boundingBox()];
		assert.ok(image && frame && image.height > 300 && image.height <= frame.height + 1, JSON.stringify([image, frame]));
		assert.deepEqual(await page.locator(".legend .layer:visible").count(), 0, "its legend offers no layers");
		await page.emulateMedia({ media: "screen" });
		assert.deepEqual([await map.isVisible(), await still.isHidden()], [true, true]);
		await close();
	});
}

test("who reads in the dark has the still map for paper before they print", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en`, { colorScheme: "dark" });
	const still = page.locator("[data-still] img");
	const asked = () => still.evaluate((node: HTMLImageElement) => node.currentSrc);
	assert.match(await asked(), /theme=dark/);
	await ready(page);
	await page.waitForFunction(() => {
		const node = document.querySelector<HTMLImageElement>("[data-still] img");
		return node?.complete && /theme=print/.test(node.currentSrc);
	});
	assert.ok(await still.isHidden(), "it is not seen");
	const later: string[] = [];
	page.on("request", (request) => later.push(request.url()));
	await page.emulateMedia({ media: "print" });
	assert.ok(await still.isVisible());
	assert.match(await asked(), /theme=print/);
	assert.deepEqual(later, [], "nothing is asked for when it is printed");
	await close();
});

test("on paper a map in whose place there is no still one fits its frame, and a reader has their view again", async () => {
	const { page, close } = await site.open("/api/collections/stops/items?f=html&lang=en");
	await ready(page);
	const map = page.locator("#map");
	const framed = await map.getAttribute("data-zoom");
	await page.locator(".leaflet-control-zoom-in").click();
	await page.locator(`#map:not([data-zoom="${framed}"])`).waitFor();
	const near = await map.getAttribute("data-zoom");
	await page.emulateMedia({ media: "print" });
	await page.locator(`#map:not([data-zoom="${near}"])`).waitFor({ state: "attached" });
	assert.ok(await map.isVisible());
	await page.emulateMedia({ media: "screen" });
	await page.locator(`#map[data-zoom="${near}"]`).waitFor();
	await close();
});

test("programmes of two packs stand each at its place, say what their source says, and do not move a reader's view", async () => {
	makeUpTwin(site);
	const { page, problems, close } = await site.open("/?lang=ms&layers=route,movements");
	await ready(page);
	const strokes = await page
		.locator("path.flow:is(.is-return, .is-movement)")
		.evaluateAll((nodes) => nodes.map((node) => node.getAttribute("stroke")));
	assert.ok(strokes.length > 8 && new Set(strokes).size === strokes.length, "each line has a gradient of its own");
	const map = page.locator("#map");
	const framed = await map.getAttribute("data-zoom");
	await page.locator(".leaflet-control-zoom-in").click();
	await page.locator(`#map:not([data-zoom="${framed}"])`).waitFor();
	const zoom = await map.getAttribute("data-zoom");
	await page.locator("[data-legend] summary").click();
	await page.locator("[data-layer=sites]").check();
	const towns = page.locator('.site-tablet[data-sites="pingxiang-centre"]');
	await towns.first().waitFor();
	assert.equal(await towns.count(), 2, "places of the same id in different towns are no one place");
	await ready(page);
	assert.equal(await map.getAttribute("data-zoom"), zoom, "the view stays where its reader has moved it");
	const rough = page.locator(".site-tablet", { hasText: "kira-kira 1,600 " });
	await rough.first().focus();
	await page.keyboard.press("Enter");
	const unmarked = await page.locator("[data-card]").evaluate((card) => {
		const walk = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
		const found: string[] = [];
		while (walk.nextNode()) {
			const { textContent, parentElement } = walk.currentNode;
			if (parentElement?.closest("[lang]")?.getAttribute("lang") === "ms") found.push(textContent ?? "");
		}
		return found.join("");
	});
	assert.match(unmarked, /kira-kira 1,600 /);
	assert.doesNotMatch(unmarked, /centre|Women|children|Yunnan/i, "what is in English is marked as such");
	assert.deepEqual(problems, []);
	await close();
});
