import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { ROUTE, startSite } from "./site.ts";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const site = await startSite();

/** Steps of the lesson whose pages have a map: the stages, the topics and the closing. */
const MAPS = 9;

async function picturesAreThere(page: Page): Promise<number> {
	const images = page.locator("main img");
	for (const image of await images.all()) {
		await image.evaluate((node: HTMLImageElement) => node.decode());
	}
	return images.count();
}

test("the handout prints by itself: in Thai each stage begins a page and nothing runs over its edge", async () => {
	const { page, foreign, problems, close } = await site.open(`${ROUTE}/handout?lang=th`, {
		javaScriptEnabled: true,
		viewport: { width: 690, height: 1000 }, // what A4 leaves between the margins
	});
	assert.equal(await picturesAreThere(page), MAPS + 1); // and the empty map
	await page.emulateMedia({ media: "print" });
	const stages = page.locator("section.is-stage");
	assert.equal(await stages.count(), 5);
	for (const stage of await stages.all()) {
		assert.equal(await stage.evaluate((node) => getComputedStyle(node).breakBefore), "page");
		const split = stage.locator(".ask > li, div.ask");
		for (const question of await split.all()) {
			assert.equal(await question.evaluate((node) => getComputedStyle(node).breakInside), "avoid");
			assert.ok((await question.locator(".rules span").count()) >= 2, "a question has lines to write on");
		}
	}
	assert.equal(await page.locator(".handout-tools").isVisible(), false);
	assert.equal(await page.locator(".masthead").isVisible(), false);
	const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	assert.equal(over, 0);
	const printed = await page.pdf({ format: "A4" });
	const pages = printed.toString("latin1").match(/\/Type \/Page\b/g)?.length ?? 0;
	assert.ok(pages >= 13, `${pages} pages for a cover, ten steps, an empty map and the quiz`);
	assert.deepEqual(foreign, []);
	assert.deepEqual(problems, []);
	await close();
});

for (const lang of ["en", "my", "th", "km"]) {
	test(`the short edition prints as one sheet in ${lang}`, async () => {
		const { page, problems, close } = await site.open(`${ROUTE}/handout?lang=${lang}&edition=short`, {
			javaScriptEnabled: true,
			viewport: { width: 390, height: 800 },
		});
		assert.equal(await picturesAreThere(page), 1);
		assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
		for (const format of ["A4", "Letter"]) {
			const printed = await page.pdf({ format });
			assert.equal(printed.toString("latin1").match(/\/Type \/Page\b/g)?.length, 2, format);
		}
		assert.deepEqual(problems, []);
		await close();
	});
}

for (const [lang, width, edition] of [
	["th", 1366, "trainer"],
	["my", 390, "trainer"],
	["my", 390, "short"],
	["km", 1366, "short"],
] as const) {
	test(`axe finds nothing on the ${edition} handout in ${lang} at ${width} pixels`, async () => {
		const { page, problems, close } = await site.open(`${ROUTE}/handout?lang=${lang}&edition=${edition}`, {
			viewport: { width, height: 900 },
		});
		assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
		const cdp = await page.context().newCDPSession(page);
		await cdp.send("Runtime.evaluate", { expression: axe });
		const found = await page.evaluate(async () => {
			const { axe } = window as unknown as { axe: { run(o: object): Promise<{ violations: object[] }> } };
			const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
			return (await axe.run({ runOnly: { type: "tag", values } })).violations;
		});
		assert.deepEqual(found, []);
		assert.deepEqual(problems, []);
		await close();
	});
}

test("without JavaScript the page of the route leads to the handout, and that to its PDFs and the other edition", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en`, { javaScriptEnabled: false });
	await page.getByRole("link", { name: "Handout on paper" }).click();
	assert.equal(
		await page.getByRole("heading", { level: 1 }).innerText(),
		"A promise of work: one route, as told in 2008",
	);
	assert.equal(await page.getByText("Speaker notes").count(), 0);
	await page.getByRole("link", { name: "Trainer’s edition" }).click();
	assert.equal(await page.getByRole("heading", { name: /^Speaker notes/ }).count(), 10);
	await page.locator(".languages summary").click();
	await page.getByRole("link", { name: "ไทย" }).click();
	assert.equal(await page.locator("html").getAttribute("lang"), "th");
	assert.ok(page.url().includes("edition=trainer"), "the edition stays with another language");
	const pdf = await page.getByRole("link", { name: "PDF ขนาด Letter" }).getAttribute("href");
	const answer = await page.request.get(pdf ?? "");
	assert.equal(answer.status(), 200);
	assert.equal((await answer.body()).subarray(0, 5).toString(), "%PDF-");
	await close();
});
