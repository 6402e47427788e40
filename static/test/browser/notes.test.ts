import assert from "node:assert/strict";
import { test } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import type { Kit } from "../../src/lesson/kit.ts";
import { at, kitOf, PRESENT, present as presentOn, press, ready } from "./presenting.ts";
import { startSite } from "./site.ts";

const site = await startSite();
const { id, steps } = (await kitOf(site)).lesson;
const present = (query: string, options = {}) => presentOn(site, query, options);

async function openNotes(page: Page, context: BrowserContext): Promise<Page> {
	const [notes] = await Promise.all([context.waitForEvent("page"), page.keyboard.press("s")]);
	await notes.locator("html[data-at]").waitFor({ state: "attached" });
	return notes;
}

async function inStep(page: Page, notes: Page): Promise<void> {
	const where = `${(await at(page)).get("step")} ${(await at(page)).get("screen") ?? "tell"}`;
	await notes.locator(`html[data-at="${where}"]`).waitFor({ state: "attached" });
}

test("the speaker's window keeps in step, leads, and finds a presenter that was loaded again", async () => {
	const { page, close } = await present("?lang=en&step=myanmar");
	const notes = await openNotes(page, page.context());
	await inStep(page, notes);
	await page.keyboard.press("ArrowRight");
	await inStep(page, notes);
	assert.ok((await notes.locator("[data-now-notes]").innerText()).length > 100);
	assert.equal(await notes.getByRole("heading", { level: 1 }).count(), 1);
	assert.equal(
		await notes.locator("[data-next-title]").innerText(),
		steps.find(({ id }) => id === "thailand")?.title.en,
	);
	await notes.locator("[data-ask=next]").click();
	await page.waitForURL(/screen=protect|screen=ask/);
	await inStep(page, notes);
	await page.reload();
	await page.locator("html[data-ready]").waitFor({ state: "attached" });
	await page.keyboard.press("ArrowDown");
	await inStep(page, notes);
	await page.keyboard.press("b");
	await notes.locator("[data-ask=blank][aria-pressed=true]").waitFor();
	await notes.keyboard.press("PageDown");
	await page.waitForURL(/step=thailand&screen=/);
	await close();
});

test("the speaker's window has the presenter's keys, scrolls, and leads alone where the presenter's shows something else", async () => {
	const { page, close } = await present("?lang=en&step=myanmar");
	const notes = await openNotes(page, page.context());
	await inStep(page, notes);
	const card = page.locator("dialog[open]");
	await press(notes, "g");
	await card.waitFor();
	await press(notes, "Escape");
	await card.waitFor({ state: "detached" });
	await press(notes, "r");
	await card.waitFor();
	await press(notes, "ArrowDown");
	await page.waitForURL(/step=thailand/);
	await card.waitFor({ state: "detached" });
	await press(notes, "5");
	await page.waitForURL(/step=myanmar/);
	for (const state of ["true", "false"]) {
		await notes.locator("body").dispatchEvent("keydown", { key: "ิ", code: "KeyB", bubbles: true, cancelable: true });
		await notes.locator(`[data-ask=blank][aria-pressed=${state}]`).waitFor(); // a Thai keyboard's place of B
	}

	await notes.setViewportSize({ width: 900, height: 420 });
	const now = notes.locator(".speaker-now");
	await press(notes, " ");
	assert.ok((await now.evaluate((node) => node.scrollTop)) > 0, "Space scrolls first");
	await now.evaluate((node) => node.scrollTo(0, node.scrollHeight));
	await press(notes, " ");
	await page.waitForURL(/screen=notice/);
	await press(notes, "ArrowDown");
	await inStep(page, notes);
	assert.equal(await now.evaluate((node) => node.scrollTop), 0, "the notes of a step begin at their top");

	await press(page, "?");
	await page.locator("[data-letters]").uncheck();
	await press(page, "Escape", "ArrowRight");
	await inStep(page, notes);
	await press(notes, "p", "ArrowDown");
	await inStep(page, notes);
	assert.ok(await page.locator("[data-spotlight]").isHidden(), "letters that are off are off here too");

	await page.goto("about:blank");
	await notes.evaluate(() => {
		const clock = Date.now;
		Date.now = () => clock() + 10_000; // so long has nobody answered
	});
	for (const [key, step] of [
		["Home", "opening"],
		["ArrowDown", "quiz-before"],
		["End", "closing"],
		["ArrowUp", "quiz-after"],
	] as const) {
		await press(notes, key);
		await notes.locator(`html[data-at^="${step} "]`).waitFor({ state: "attached" });
	}
	await close();
});

test("the speaker's window keeps the presenter that says something while it is loaded again", async () => {
	const { page, close } = await present("?lang=en&step=myanmar");
	const notes = await openNotes(page, page.context());
	await inStep(page, notes);
	const said = notes.evaluate(() => new Promise((heard) => addEventListener("message", heard, { once: true })));
	await page.evaluate((lesson) => {
		const { word } = JSON.parse(window.name.slice("corridor-presenter:".length)) as { word: string };
		const state = {
			kind: "state",
			step: "thailand",
			screen: "tell",
			blank: false,
			lang: "en",
			letters: true,
			since: 0,
		};
		addEventListener("pagehide", () => {
			window.open("", `corridor-notes-${word}`)?.postMessage({ corridor: word, lesson, message: state });
		});
	}, id);
	await page.reload();
	await said;
	await ready(page);
	await press(page, "ArrowDown");
	await inStep(page, notes);
	await notes.locator("[data-link]:not(.is-lost)").waitFor();
	await close();
});

test("a lesson's clock goes on over a reload, and begins anew with the next lesson in the same window", async () => {
	const { page, close } = await present("?lang=en&step=myanmar");
	const notes = await openNotes(page, page.context());
	const elapsed = (minutes: number) => notes.locator("[data-elapsed]", { hasText: new RegExp(`\\b${minutes} min`) });
	await page.evaluate(() => {
		const now = Date.now();
		Date.now = () => now - 30.5 * 60_000; // this long ago the lesson began, by the presenter's clock
	});
	await notes.locator("[data-restart]").click();
	await elapsed(30).waitFor();
	await page.reload();
	await ready(page);
	await press(page, "ArrowDown");
	await inStep(page, notes);
	await elapsed(30).waitFor();
	await page.goto(`${PRESENT}?lang=en&step=return`);
	await ready(page);
	await inStep(page, notes);
	await elapsed(0).waitFor();
	await close();
});

test("the notes of a lesson do not follow another one that is begun in the presenter's window, and make way for its own", async () => {
	const { page, close } = await present("?lang=en&step=myanmar");
	const notes = await openNotes(page, page.context());
	await inStep(page, notes);
	await page.route(/lesson\.json/, async (route) => {
		const kit = (await (await route.fetch()).json()) as Kit;
		await route.fulfill({ json: { ...kit, lesson: { ...kit.lesson, id: "another" } } });
	});
	await page.goto(`${PRESENT}?lang=en&step=thailand`);
	await ready(page);
	await notes.locator("[data-link].is-lost").waitFor();
	await notes.locator('html[data-at="myanmar tell"]').waitFor({ state: "attached" });
	await Promise.all([notes.waitForURL(/lesson=another/), page.keyboard.press("s")]);
	await close();
});

test("what is planned up to a step counts the quiz before it", async () => {
	const { page, close } = await present("?lang=en&step=interior-provinces");
	await page.context().route("**/lesson.json*", async (route) => {
		const kit = await (await route.fetch()).json();
		kit.lesson.quiz_minutes = 100;
		await route.fulfill({ json: kit });
	});
	const notes = await openNotes(page, page.context());
	await inStep(page, notes);
	const planned = async () => Number(/\d+/.exec(await notes.locator("[data-planned]").innerText())?.[0]);
	const here = await planned();
	assert.ok(here > 100 && here < 200, `${here} minutes at the first stage, after the quiz`);
	await press(page, "Home");
	await inStep(page, notes);
	assert.ok((await planned()) < 100, `${await planned()} minutes at the opening, before it`);
	await close();
});

test("notes beside the map cover neither the stop nor the source, and stand there where the browser opens no window", async () => {
	const { page, close } = await present("?lang=en&step=thailand");
	const box = async (what: string) => (await page.locator(what).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
	await press(page, "n");
	assert.ok((await page.locator("[data-drawer-why]").innerText()).startsWith("Everyone who sees this screen"));
	const drawer = await box("[data-drawer]");
	const [stop, says] = [await box("[data-map-stop=thailand]"), await box("[data-says]")];
	assert.ok(stop.x >= drawer.x + drawer.width, `the stop is at ${stop.x}`);
	assert.ok(says.y >= drawer.y + drawer.height, `the source is at ${says.y}`);
	await press(page, "n");
	assert.ok(await page.locator("[data-drawer]").isHidden());
	await page.evaluate(() => {
		window.open = () => null;
	});
	await page.keyboard.press("s");
	assert.ok((await page.locator("[data-drawer-why]").innerText()).includes("did not open a second window"));
	const words = await page.locator("[data-drawer-notes]").innerText();
	await page.keyboard.press("ArrowDown");
	assert.notEqual(await page.locator("[data-drawer-notes]").innerText(), words, "the notes follow");
	assert.equal(await page.locator("[data-drawer-notes] .mark").count(), 0, "the language they were written in");
	await page.keyboard.press("l");
	await page.locator("[data-code=th]").click();
	assert.equal(
		await page.locator("[data-drawer-notes] > .mark:first-child").innerText(),
		"ฉบับแปลร่าง",
		"they are read out",
	);
	await page.keyboard.press("s");
	assert.ok(await page.locator("[data-drawer]").isHidden());
	await close();
});
