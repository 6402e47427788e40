import assert from "node:assert/strict";
import { test } from "node:test";
import { ROUTE, startSite, watchShifts } from "./site.ts";

const site = await startSite();
const PHONE = { viewport: { width: 412, height: 823 } };

for (const lang of ["en", "my", "th", "lo", "km"]) {
	test(`fonts that come late move nothing in ${lang}`, async () => {
		const { page, close } = await site.open("about:blank", PHONE);
		const shift = await watchShifts(page);
		const parsed = page.waitForEvent("domcontentloaded");
		await page.route("**/*.woff2", async (route) => {
			await parsed;
			await route.continue();
		});
		await page.goto(`${site.address}${ROUTE}?lang=${lang}`);
		await page.evaluate(async () => {
			await document.fonts.ready;
			for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
		});
		assert.ok(await page.locator("h1").isVisible());
		assert.ok((await shift()) < 0.001, `moved by ${await shift()}`);
		await close();
	});
}

test("a page whose fonts do not come is shown without them", async () => {
	const { page, close } = await site.open("about:blank", PHONE);
	await page.route("**/*.woff2", () => {}); // no answer
	await page.goto(`${site.address}${ROUTE}?lang=my`, { waitUntil: "domcontentloaded" });
	await page.locator("h1").waitFor({ state: "visible" });
	await close();
});
