import assert from "node:assert/strict";
import { test } from "node:test";
import { startSite, violations } from "./site.ts";

const site = await startSite();
const ITEMS = (collection: string, more = "") => `/api/collections/${collection}/items?f=html&lang=en${more}`;

/** What stands on the map for the features of each collection. */
const DRAWN: Record<string, { selector: string; least: number }> = {
	stops: { selector: "[data-map-stop]", least: 6 },
	legs: { selector: "path.flow", least: 5 },
	sites: { selector: ".site-tablet", least: 2 },
	movements: { selector: "path.flow", least: 6 },
	places: { selector: "path.area.hatched", least: 50 },
};

for (const [collection, { selector, least }] of Object.entries(DRAWN)) {
	test(`the page of ${collection} draws the features of its table, and asks nobody else`, async () => {
		const { page, foreign, problems, close } = await site.open(ITEMS(collection));
		await page.locator("[data-frame][aria-busy=false]").waitFor();
		assert.ok((await page.locator(selector).count()) >= least, `${await page.locator(selector).count()} ${selector}`);
		assert.ok((await page.locator("tbody tr").count()) >= 5);
		assert.deepEqual([foreign, problems], [[], []]);
		await close();
	});
}

test("from the landing page one comes to a feature, without a script", async () => {
	const { page, close } = await site.open("/api?f=html&lang=en", { javaScriptEnabled: false });
	await page.getByRole("link", { name: "Show the entries: Stops" }).click();
	await page.waitForURL(/\/stops\/items/); // and its styles
	assert.equal(await page.locator("#map-figure").isVisible(), false);
	await page.locator("th[aria-sort] a", { hasText: "seq" }).click();
	await page.locator("th[aria-sort=ascending] a").click();
	assert.equal(await page.locator("tbody th").first().innerText(), "Thai-Malaysian border");
	await page.getByRole("link", { name: "Bangkok" }).click();
	assert.match(await page.locator("table").innerText(), /citation[\s\S]*08BEIJING4697 ¶5/);
	assert.match(await page.locator(".kicker").innerText(), /2008[\s\S]*historical account/);
	assert.equal(await page.locator(".crumbs [aria-current=page]").innerText(), "Bangkok");
	await close();
});

test("the form narrows the page down, by an address that can be passed on", async () => {
	const { page, close } = await site.open(ITEMS("sites", "&sortby=title"));
	await page.getByText("Narrow down").click();
	await page.getByLabel("What kind it is").selectOption("training");
	await page.getByRole("button", { name: "Show" }).click();
	await page.waitForURL(/kind=training/);
	assert.equal(new URL(page.url()).search, "?f=html&kind=training&lang=en&sortby=title");
	assert.equal(await page.locator("tbody tr").count(), 1);
	assert.equal(await page.locator(".shown").innerText(), "Shown: 1 of 1");
	await close();
});

test("a feature without a place has no map and says why", async () => {
	const { page, close } = await site.open(ITEMS("movements"));
	const rows = await (await fetch(`${site.address}/api/collections/movements/items`)).json();
	const { id } = rows.features.find((f: { geometry: unknown }) => !f.geometry);
	await page.goto(`/api/collections/movements/items/${id}?f=html&lang=en`);
	assert.equal(await page.locator("#map").count(), 0);
	assert.match(await page.locator(".banner").innerText(), /no place/);
	await close();
});

for (const colorScheme of ["light", "dark"] as const) {
	for (const where of [
		"/api?f=html&lang=th",
		ITEMS("sites"),
		"/api/collections/stops/items/yunnan.bangkok?f=html&lang=my",
	]) {
		test(`axe finds nothing on ${where} in ${colorScheme}`, async () => {
			const { page, close } = await site.open(where, { colorScheme, viewport: { width: 390, height: 844 } });
			await page.waitForLoadState("networkidle");
			assert.deepEqual(await violations(page), []);
			assert.equal(
				await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
				true,
				"it scrolls sideways",
			);
			await close();
		});
	}
}
