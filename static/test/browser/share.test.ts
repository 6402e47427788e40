import assert from "node:assert/strict";
import { test } from "node:test";
import { ROUTE, ready, startSite } from "./site.ts";

const site = await startSite();

test("the dialog names the stop that is chosen, copies, and closes", async () => {
	const { page, close, problems } = await site.open(`${ROUTE}?lang=en`);
	await ready(page);
	await page.locator("[data-choose=bangkok]").click();
	await page.locator("[data-share] summary").click();
	const dialog = page.getByRole("dialog", { name: "Share this route" });
	await dialog.waitFor();
	assert.match(await page.locator("[data-share-link]").inputValue(), /\/routes\/yunnan\?lang=en&stop=bangkok$/);
	const frame = await page.locator("[data-share-frame]").inputValue();
	assert.match(frame, /^<iframe src="http[^"]+\/embed\/yunnan\?lang=en&amp;stop=bangkok" title="[^"]+"/);
	await page.locator("[data-copy=share-link]").click();
	await page.locator("[data-copied]", { hasText: /./ }).waitFor();
	const field = await page.locator("[data-share-link]").boundingBox();
	assert.ok(field);
	await page.mouse.move(field.x + field.width / 2, field.y + 8);
	await page.mouse.down();
	await page.mouse.move(8, field.y + 8);
	await page.mouse.up();
	assert.ok(await dialog.isVisible(), "a text is marked up to beside the dialog");
	await page.mouse.click(8, field.y + 8);
	await dialog.waitFor({ state: "hidden" });
	await page.evaluate(() => {
		location.hash = "text";
	});
	await page.locator("[data-step=next]").click();
	await page.goBack();
	await page.locator("#stop-bangkok[aria-current=true]").waitFor();
	assert.match((await page.locator("[data-language][lang=th]").getAttribute("href")) ?? "", /stop=bangkok/);
	assert.deepEqual(problems, []);
	await close();
});

test("where a browser lets nothing be copied the text is selected and words say what to press", async () => {
	const { page, close } = await site.open("about:blank");
	await page.addInitScript(() => {
		Object.defineProperty(navigator, "clipboard", { value: undefined });
		document.execCommand = () => false;
	});
	await page.goto(`${site.address}${ROUTE}?lang=en&stop=nowhere`);
	await ready(page);
	await page.locator("[data-share] summary").click();
	assert.match(await page.locator("[data-share-frame]").inputValue(), /\/embed\/yunnan\?lang=en"/);
	await page.locator("[data-copy=share-frame]").click();
	await page.locator("[data-copied]", { hasText: "Ctrl+C" }).waitFor();
	assert.match(await page.evaluate(() => getSelection()?.toString() ?? ""), /^<iframe /);
	await close();
});

test("without JavaScript the same stands in the page", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en`, { javaScriptEnabled: false });
	await page.locator("[data-share] summary").click();
	assert.ok(await page.locator("#share-frame").isVisible());
	assert.ok(await page.locator("[data-copy=share-frame]").isHidden());
	assert.equal(await page.locator(".share-files a").count(), 5 + 6);
	await close();
});

for (const how of ["button", "key"] as const) {
	test(`the quick exit leaves at once and "back" does not lead here (${how})`, async () => {
		const { page, close } = await site.open("/privacy?lang=en");
		await page.route("https://www.wikipedia.org/", (route) =>
			route.fulfill({ contentType: "text/html", body: "away" }),
		);
		await page.goto(`${site.address}${ROUTE}?lang=en`);
		await ready(page);
		if (how === "button") await page.locator("[data-leave]").click();
		else for (let i = 0; i < 3; i++) await page.keyboard.press("Shift");
		await page.waitForURL("https://www.wikipedia.org/");
		assert.equal(await page.evaluate(() => document.referrer), "");
		await page.goBack();
		assert.match(page.url(), /\/privacy/);
		await close();
	});
}

test("no page for viewers keeps anything or asks anybody else", async () => {
	for (const where of [
		"/?lang=en",
		`${ROUTE}?lang=th`,
		"/privacy?lang=my",
		"/embed/yunnan?lang=my",
		"/embed/all?lang=en",
	]) {
		const { page, foreign, close } = await site.open(where);
		if (where.startsWith("/embed")) {
			await page.locator("[data-start]").click();
			await page.locator("[data-embed][data-moving]").waitFor();
		} else if (!where.startsWith("/privacy")) await ready(page);
		assert.deepEqual(foreign, [], where);
		assert.deepEqual(await page.context().cookies(), [], where);
		const kept = await page.evaluate(async () => {
			const databases = await indexedDB.databases();
			const caches = await window.caches?.keys();
			const workers = await navigator.serviceWorker?.getRegistrations();
			return [localStorage.length, sessionStorage.length, databases.length, caches?.length ?? 0, workers?.length ?? 0];
		});
		assert.deepEqual(kept, [0, 0, 0, 0, 0], where);
		await close();
	}
});
