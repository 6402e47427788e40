import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
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

test("before a group, who tells has letters also where there is no name in the room's language", async () => {
	const pack = path.join(site.folder, "burmese");
	site.run("new", "burmese", pack);
	for (const name of readdirSync(pack, { recursive: true, encoding: "utf8" }).filter((file) =>
		file.endsWith(".yaml"),
	)) {
		const file = path.join(pack, name);
		const text = readFileSync(file, "utf8").replace(/^( +)en: .*$/gm, "$1my: မြန်မာ");
		writeFileSync(file, text.replace("code: en", "code: my"));
	}
	site.run("import", "--db", site.db, pack);
	const { page, close } = await site.open("/routes/burmese/present?lang=en&step=start");
	await page.locator("html[data-ready]").waitFor({ state: "attached" });
	await page.locator("[data-says] strong").filter({ hasText: "Told by မြန်မာ" }).waitFor();
	await page.evaluate(() => document.fonts.ready);
	const tools = await page.context().newCDPSession(page);
	await tools.send("DOM.enable");
	await tools.send("CSS.enable");
	const { root } = await tools.send("DOM.getDocument");
	const { nodeId } = await tools.send("DOM.querySelector", { nodeId: root.nodeId, selector: "[data-says] strong" });
	const { fonts } = await tools.send("CSS.getPlatformFontsForNode", { nodeId });
	assert.ok(
		fonts.some(({ familyName, isCustomFont }) => isCustomFont && /Myanmar/.test(familyName)),
		JSON.stringify(fonts),
	);
	await close();
});
