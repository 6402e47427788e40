import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { ROUTE, ready, startSite, violations } from "./site.ts";

const site = await startSite();
const box = (page: Page) => page.locator("[data-find] [name=q]");
const options = (page: Page) => page.getByRole("option");

/** Writes into the box, letter by letter, until results are offered. */
async function write(page: Page, text: string): Promise<void> {
	await box(page).click();
	await box(page).pressSequentially(text);
	await options(page).first().waitFor();
}

test("a stop is found by typing and chosen by keys, and the map goes there", async () => {
	const { page, problems, foreign, close } = await site.open(`${ROUTE}?lang=en`);
	await ready(page);
	await write(page, "bangk");
	assert.equal(await box(page).getAttribute("role"), "combobox");
	assert.equal(await box(page).getAttribute("aria-expanded"), "true");
	assert.equal(await options(page).first().locator("mark").first().innerText(), "Bangkok");
	await page.keyboard.press("ArrowDown");
	const active = await box(page).getAttribute("aria-activedescendant");
	assert.equal(await page.locator(`#${active}`).getAttribute("aria-selected"), "true");
	await page.keyboard.press("Enter");
	await page.waitForURL((url) => url.searchParams.get("stop") === "bangkok");
	assert.equal(await page.locator("[data-stop=bangkok]").getAttribute("aria-current"), "true");
	assert.equal(await options(page).count(), 0);
	assert.equal(await box(page).getAttribute("aria-expanded"), "false");
	assert.deepEqual([problems, foreign], [[], []]);
	await close();
});

test("a stop that is chosen before the map is there is shown when the map comes", async () => {
	const { page, close } = await site.open("about:blank");
	let release = () => {};
	const held = new Promise<void>((done) => {
		release = done;
	});
	await page.route("**/assets/viewer-map-*.js", async (route) => {
		await held;
		await route.continue();
	});
	await page.goto(`${site.address}${ROUTE}?lang=en`);
	await write(page, "bangk");
	await options(page).first().click();
	release();
	await page.waitForURL((url) => url.searchParams.get("stop") === "bangkok");
	await close();
});

test("from the map of everything a choice opens the page, in the reader's language", async () => {
	const { page, close } = await site.open("/?lang=th");
	await write(page, "曼谷");
	await page.keyboard.press("ArrowUp"); // the last
	await page.keyboard.press("ArrowDown"); // none
	await page.keyboard.press("ArrowDown"); // the first
	await page.keyboard.press("Enter");
	await page.waitForURL(`**${ROUTE}?lang=th&stop=bangkok`);
	assert.equal(await page.locator("html").getAttribute("lang"), "th");
	await close();
});

test("a result says as of when it tells, that this is long ago, and that its words are a draft", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=th`);
	await ready(page);
	await write(page, "กรุงเทพ");
	const about = (await page.locator(".find-about").allInnerTexts()).filter((text) => text.includes("2008"));
	assert.ok(about.length > 0);
	const { "claim.historical": historical = "", "mark.draft": draft = "" } = JSON.parse(
		readFileSync("static/lang/th.json", "utf8"),
	) as Record<string, string>;
	assert.ok(historical && draft);
	for (const text of about) assert.ok(text.includes(historical), text);
	assert.ok(
		about.some((text) => text.includes(draft)),
		about.join("\n"),
	);
	await close();
});

test("what stands on the page itself is shown there", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en`);
	await write(page, "08beijing");
	await options(page).first().click();
	await page.waitForURL((url) => url.hash === "#source-08BEIJING4697");
	await page.evaluate(() => scrollTo(0, 0));
	await box(page).fill("");
	await write(page, "08beijing");
	await options(page).first().click();
	await page.waitForFunction(() => scrollY > 0); // a second time too
	await close();
});

test("Escape closes the list, and Enter without a choice shows every result", async () => {
	const { page, close } = await site.open("/?lang=en");
	await write(page, "yunnan");
	await page.keyboard.press("Escape");
	await options(page).first().waitFor({ state: "detached" });
	assert.equal(await box(page).inputValue(), "yunnan");
	await page.keyboard.press("ArrowDown");
	await options(page).first().waitFor();
	await page.keyboard.press("ArrowDown");
	await page.route("**/api/search?*", () => {}); // an answer that is long in coming
	await box(page).press("Backspace");
	await page.keyboard.press("Enter"); // what was active answered something else
	await page.waitForURL("**/search?lang=en&q=yunna");
	assert.ok((await page.locator(".result").count()) > 8);
	await close();
});

test("what is being composed is no word yet, and a search that fails is said", async () => {
	const { page, close } = await site.open("/?lang=en");
	const asked: string[] = [];
	await page.route("**/api/search?*", (route) => {
		asked.push(new URL(route.request().url()).searchParams.get("q") ?? "");
		return route.fulfill({ status: 503 });
	});
	await box(page).click();
	await box(page).and(page.getByRole("combobox")).waitFor();
	const cdp = await page.context().newCDPSession(page);
	await cdp.send("Input.imeSetComposition", { text: "man gu", selectionStart: 6, selectionEnd: 6 });
	await cdp.send("Input.insertText", { text: "曼谷" });
	await page.getByText("The search did not answer.").waitFor();
	assert.deepEqual(asked, ["曼谷"]);
	await close();
});

test("the search works without scripts", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=my`, { javaScriptEnabled: false });
	await box(page).fill("ဘန်ကောက်");
	await page.locator("[data-find] button").click();
	await page.waitForURL("**/search?*");
	assert.equal(await page.locator(".result mark").first().innerText(), "ဘန်ကောက်");
	await page.locator(".result a").first().click();
	await page.waitForURL(`**${ROUTE}?lang=my&stop=bangkok`);
	await close();
});

test("the script comes only to those who go to the box", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en`);
	await ready(page);
	const scripts = page.locator("script[src*='/assets/find-']");
	assert.equal(await scripts.count(), 0);
	await box(page).click();
	await scripts.waitFor({ state: "attached" });
	await close();
});

for (const lang of ["th", "my"]) {
	for (const colorScheme of ["light", "dark"] as const) {
		test(`axe finds nothing in ${lang} in ${colorScheme}, with the list open and on the page of results`, async () => {
			const { page, close } = await site.open(`${ROUTE}?lang=${lang}`, { colorScheme });
			await ready(page);
			await write(page, "bangkok");
			await page.keyboard.press("ArrowDown");
			assert.deepEqual(await violations(page), []);
			await page.goto(`${site.address}/search?lang=${lang}&q=bangkok`);
			assert.ok((await page.locator(".result").count()) > 0);
			assert.deepEqual(await violations(page), []);
			await close();
		});
	}
}

for (const width of [320, 390]) {
	test(`nothing scrolls sideways at ${width} pixels while one searches`, async () => {
		for (const lang of ["en", "my"]) {
			const { page, close } = await site.open(`${ROUTE}?lang=${lang}`, { viewport: { width, height: 640 } });
			await write(page, "bangkok");
			assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, lang);
			await page.goto(`${site.address}/search?lang=${lang}&q=bangkok`);
			assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, lang);
			await close();
		}
	});
}
