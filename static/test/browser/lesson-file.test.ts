import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { startSite } from "./site.ts";

const site = await startSite();
const file = path.join(site.folder, "lesson with a space.html");
site.run("export", "--format", "lesson", "--db", site.db, "yunnan", "-o", file);

/** Opens the lesson from the disk, with all network refused; gives what it asked for besides itself. */
async function fromDisk(place = "", locale = "en-US") {
	const { page, context, asked, problems } = await visitor(locale);
	await context.setOffline(true);
	await page.goto(pathToFileURL(file).href + place);
	await page.locator("html[data-ready]").waitFor({ state: "attached" });
	return { page, context, asked, problems };
}

async function visitor(locale: string) {
	const context = await site.browser.newContext({
		viewport: { width: 1366, height: 768 },
		reducedMotion: "reduce",
		locale,
	});
	context.setDefaultTimeout(30_000);
	const asked: string[] = [];
	context.on("request", (request) => {
		const { protocol } = new URL(request.url());
		if (protocol !== "data:" && protocol !== "blob:" && !request.isNavigationRequest()) asked.push(request.url());
	});
	const problems: string[] = [];
	const page = await context.newPage();
	page.on("pageerror", (error) => problems.push(String(error)));
	page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
	return { page, context, asked, problems };
}

test("it opens in the language of who opens it, where it has that", async () => {
	for (const [locale, lang] of [
		["my-MM", "my"],
		["zh-CN", "zh-Hans"],
		["fr-FR", "en"],
	] as const) {
		const { page, context } = await fromDisk("", locale);
		assert.equal(await page.locator("html").getAttribute("lang"), lang);
		await context.close();
	}
});

const step = (page: Page) => page.evaluate(() => new URLSearchParams(location.hash.slice(1)).get("step"));

test("a lesson is one file of less than 3 MB", () => {
	assert.ok(statSync(file).size < 3_000_000, `${statSync(file).size}`);
});

test("it is told from a disk with the same keys, with its map, and asks nothing of anyone", async () => {
	const { page, context, asked, problems } = await fromDisk();
	const told = new Set<string | null>();
	for (let i = 0; i < 12; i++) {
		told.add(await step(page));
		await page.keyboard.press("ArrowDown");
	}
	assert.equal(told.size, 12);
	assert.equal(await step(page), "closing");
	await page.keyboard.press("ArrowUp");
	await page.reload();
	await page.locator("html[data-ready]").waitFor({ state: "attached" });
	assert.equal(await step(page), "quiz-after");
	const colours = await page.waitForFunction(() => {
		const canvas = document.querySelector<HTMLCanvasElement>("canvas.basemap");
		const pixels = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
		const seen = new Set<number>();
		for (let i = 0; i < pixels.length; i += 4 * 97) seen.add((pixels[i] ?? 0) * 65536 + (pixels[i + 1] ?? 0) * 256);
		return seen.size > 3 && seen.size;
	});
	assert.ok(await colours.jsonValue(), "land, sea and lines are drawn");
	assert.deepEqual([asked, problems], [[], []]);
	await context.close();
});

test("it has every language and brings the fonts that a device may lack", async () => {
	const { page, context, problems } = await fromDisk("#step=thailand&lang=my");
	assert.equal(await page.locator("html").getAttribute("lang"), "my");
	const fonts = await page.evaluate(() => [...document.fonts].filter(({ status }) => status === "loaded").length);
	assert.ok(fonts > 0 || (await page.evaluate(() => document.fonts.check('16px "Corridor Myanmar"', "မြန်မာ"))));
	await page.keyboard.press("l");
	assert.equal(await page.locator("[data-language-list] li").count(), 4);
	assert.deepEqual(problems, []);
	await context.close();
});

test("the speaker's window opens from the same file and keeps in step", async () => {
	const { page, context } = await fromDisk("#step=myanmar&lang=en");
	const [notes] = await Promise.all([context.waitForEvent("page"), page.keyboard.press("s")]);
	await notes.locator('html[data-at="myanmar tell"]').waitFor({ state: "attached" });
	await page.keyboard.press("ArrowDown");
	await notes.locator('html[data-at="thailand tell"]').waitFor({ state: "attached" });
	await notes.locator("[data-ask=next]").click();
	await page.waitForFunction(() => location.hash.includes("screen=notice"));
	await page.reload();
	await page.locator("html[data-ready]").waitFor({ state: "attached" });
	await page.keyboard.press("ArrowUp");
	await notes.locator('html[data-at="thailand tell"]').waitFor({ state: "attached" });
	await context.close();
});

test("laid on a web server it is told in the language of who opens it, with the speaker's window beside it", async () => {
	const { page, context, problems } = await visitor("th-TH");
	await context.route("http://school.test/**", (route) => route.fulfill({ path: file, contentType: "text/html" }));
	await page.goto("http://school.test/lesson.html?download=0");
	await page.locator("html[lang=th][data-ready]").waitFor({ state: "attached" });
	await page.keyboard.press("ArrowDown");
	const [notes] = await Promise.all([context.waitForEvent("page"), page.keyboard.press("s")]);
	await notes.locator('html[data-at="quiz-before promise"]').waitFor({ state: "attached" });
	await notes.locator("[data-ask=previous]").click();
	await page.waitForFunction(() => location.hash.includes("step=opening"));
	assert.equal(await step(page), "opening");
	assert.match(page.url(), /lesson\.html\?download=0#/);
	assert.deepEqual(problems, []);
	await context.close();
});

test("opened out of what a phone has downloaded, whose address has no origin, it keeps its place", async () => {
	const { page, context, problems } = await visitor("en-US");
	await page.goto("about:blank");
	const address = await page.evaluate(
		(html) => URL.createObjectURL(new Blob([html], { type: "text/html" })),
		readFileSync(file, "utf8"),
	);
	await page.goto(address);
	await page.locator("html[data-ready]").waitFor({ state: "attached" });
	await page.keyboard.press("ArrowDown");
	assert.equal(await step(page), "quiz-before");
	await page.evaluate(() => history.back());
	await page.waitForFunction(() => location.hash.includes("step=opening"));
	assert.deepEqual(problems, []);
	await context.close();
});
