import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { passagesOf } from "../../src/lesson/citations.ts";
import { at, kitOf, PRESENT, present as presentOn, press, ready, SIZE } from "./presenting.ts";
import { startSite, violations } from "./site.ts";

const site = await startSite();
const kit = await kitOf(site);
const { steps } = kit.lesson;

const title = (page: Page) => page.locator(".panel-title").first().innerText();
const shownStops = (page: Page) =>
	page
		.locator("[data-map-stop]")
		.evaluateAll((nodes) => nodes.map((node) => (node as HTMLElement).dataset.mapStop ?? ""));

const present = (query: string, options = {}) => presentOn(site, query, options);
const isDark = (page: Page) => page.locator("[data-blank]").isVisible();

test("a whole lesson is told by the arrow keys alone, and the map shows nothing before its time", async () => {
	const { page, foreign, problems, close } = await present("?lang=en");
	const told: string[] = [];
	for (let before = ""; before !== (await at(page)).toString(); ) {
		const step = (await at(page)).get("step") ?? "";
		if (told.at(-1) !== step) told.push(step);
		const { stop } = steps.find(({ id }) => id === step) ?? {};
		if (stop) {
			const order = kit.route.stops;
			const allowed = order.slice(0, order.indexOf(stop) + 1);
			assert.deepEqual(await shownStops(page), allowed, `the stops at ${step}`);
		}
		before = (await at(page)).toString();
		await page.keyboard.press("ArrowRight");
	}
	const [opening, ...rest] = steps.map(({ id }) => id);
	const closing = rest.pop();
	assert.deepEqual(told, [opening, "quiz-before", ...rest, "quiz-after", closing]);
	assert.deepEqual([foreign, problems], [[], []]);
	await close();
});

test("a clicker leads on and back and makes the screen dark; keys work after a click on the map", async () => {
	const { page, close } = await present("?lang=en&step=myanmar");
	const first = await title(page);
	await page.mouse.click(300, 300);
	await page.keyboard.press("PageDown");
	assert.notEqual(await title(page), first);
	await page.keyboard.press("PageUp");
	assert.equal(await title(page), first);
	for (const key of [".", "b"]) {
		await page.keyboard.press(key);
		assert.ok(await page.locator("[data-blank]").isVisible(), `${key} makes it dark`);
		await page.keyboard.press(key);
		assert.ok(await page.locator("[data-blank]").isHidden(), `${key} lights it`);
	}
	await press(page, "b", "PageDown");
	assert.ok(await page.locator("[data-blank]").isHidden(), "leading on lights it too");
	await close();
});

test("a dark screen stays so over a reload, and every way to a screen lights it and says so", async () => {
	const { page, close } = await present("?lang=en&step=myanmar");
	const lit = async (how: string) => {
		assert.ok(!(await isDark(page)), `${how} lights it`);
		assert.equal(await page.locator("[data-command=blank]").getAttribute("aria-pressed"), "false", how);
	};
	await press(page, "b");
	await page.reload();
	await ready(page);
	assert.ok(await isDark(page), "a reload keeps it dark");
	await press(page, "g", "5", "Enter");
	await lit("a number in the card");
	await press(page, "b", "6");
	await page.waitForURL(/step=thailand/);
	await lit("a digit");
	await press(page, "b");
	await page.goBack();
	await page.waitForURL(/step=myanmar/);
	await lit("the way back");
	await press(page, "End", "b", "ArrowRight");
	await lit("next at the end");
	await close();
});

test("Home, End, digits, g and the arrows up and down lead to steps", async () => {
	const { page, close } = await present("?lang=en");
	await page.keyboard.press("End");
	assert.equal((await at(page)).get("step"), steps.at(-1)?.id);
	await page.keyboard.press("Home");
	assert.equal((await at(page)).get("step"), steps[0]?.id);
	await page.keyboard.press("4");
	await page.waitForURL(/step=xishuangbanna/);
	await page.keyboard.press("ArrowDown");
	assert.equal((await at(page)).get("step"), "myanmar", "past the questions of the step");
	await page.keyboard.press("ArrowUp");
	assert.equal((await at(page)).get("step"), "xishuangbanna");
	await press(page, "8", "ArrowDown", "ArrowUp", "1", "g");
	assert.equal((await page.locator("[data-toast]").innerText()).trim(), "1", "what came between ends a number");
	assert.equal(await page.locator("[data-goto-list] li").count(), steps.length + 2);
	assert.ok(!(await page.locator("[data-goto-list]").innerText()).includes("Coming home"), "what comes stays hidden");
	await page.keyboard.type("6");
	await page.keyboard.press("Enter");
	assert.equal((await at(page)).get("step"), "thailand");
	await close();
});

test("there is one card at a time: it has the keys, its letter or a clicker puts it away, and its focus stays in it", async () => {
	const { page, close } = await present("?lang=en&step=myanmar");
	const cards = () => page.locator("dialog[open]").evaluateAll((list) => list.map((card) => card.dataset.card).join());
	for (const [keys, open] of [
		[["l"], "language"],
		[["?"], "keys"],
		[["g"], "goto"],
		[["g"], ""],
		[["?", "?"], ""],
		[["r"], "follow"],
	] as const) {
		await press(page, ...keys);
		assert.equal(await cards(), open, `after ${keys}`);
	}
	await page.locator("[data-follow-open]").focus();
	await press(page, "Enter");
	await page.locator("[data-follow-running]").waitFor();
	assert.equal(await page.evaluate(() => document.activeElement?.closest("dialog")?.dataset.card), "follow");
	await page.evaluate(() => (document.activeElement as HTMLElement).blur());
	await press(page, " ", "ArrowDown", "3");
	assert.equal((await at(page)).get("step"), "myanmar", "the card has the keys, wherever the focus is");
	assert.equal(await cards(), "follow");
	await press(page, "PageDown");
	assert.deepEqual([await cards(), (await at(page)).get("screen")], ["", "notice"]);
	await close();
});

test("single letters can be switched off, arrows cannot", async () => {
	const { page, close } = await present("?lang=en&step=myanmar");
	await page.keyboard.press("?");
	await page.locator("[data-letters]").uncheck();
	await page.keyboard.press("Escape");
	assert.equal((await at(page)).get("letters"), "0");
	await page.keyboard.press("b");
	assert.ok(await page.locator("[data-blank]").isHidden());
	await page.keyboard.press("ArrowRight");
	assert.equal((await at(page)).get("screen"), "notice");
	await close();
});

test("a Thai, Lao, Burmese or Khmer keyboard asks for the same as a Latin one, and so does a clicker under it", async () => {
	const { page, close } = await present("?lang=th&step=myanmar");
	const type = (key: string, code: string, on = "body") =>
		page.locator(on).dispatchEvent("keydown", { key, code, bubbles: true, cancelable: true });
	for (const key of ["ิ", "ຶ", "ဘ", "ប"]) {
		await type(key, "KeyB");
		assert.ok(await isDark(page), `${key} makes it dark`);
		await type(key, "KeyB");
		assert.ok(!(await isDark(page)), `${key} lights it`);
	}
	await type("ື", "KeyN");
	await page.locator("[data-drawer]").waitFor();
	await type("เ", "KeyG");
	await page.locator("[data-goto-number]").fill("๖");
	await page.keyboard.press("Enter");
	await page.waitForURL(/step=thailand/);
	await type("เ", "KeyG");
	await type("๕", "Digit8", "[data-goto-number]");
	assert.equal(await page.locator("[data-toast]").innerText(), "", "digits are the card's");
	await type("เ", "KeyG", "[data-goto-number]");
	assert.ok(await page.locator("dialog[open]").isHidden(), "its letter puts the card away");
	await close();
});

test("a reload keeps the screen, and back leads to the step before", async () => {
	const { page, close } = await present("?lang=en&step=thailand");
	await page.keyboard.press("ArrowRight");
	await page.reload();
	await page.locator("html[data-ready]").waitFor({ state: "attached" });
	assert.deepEqual([(await at(page)).get("step"), (await at(page)).get("screen")], ["thailand", "notice"]);
	await press(page, "ArrowDown");
	assert.equal((await at(page)).get("step"), "malaysian-border");
	await press(page, "a");
	await page.goBack();
	await page.waitForURL(/step=thailand.*ahead=1/);
	assert.equal(await page.locator(".room").getAttribute("data-face"), "notice");
	assert.deepEqual(await shownStops(page), [...kit.route.stops], "what was set meanwhile stays set");
	await close();
});

test("whoever moves the map is shown the way back, by buttons too, and the lesson's own flights are no such move", async () => {
	const { page, close } = await present("?lang=en&step=myanmar", { reducedMotion: "no-preference" });
	const zoom = () => page.locator("#map").getAttribute("data-zoom");
	const [back, before] = [page.locator("[data-come-back]"), await zoom()];
	await press(page, "ArrowDown");
	await page.waitForFunction((former) => document.querySelector<HTMLElement>("#map")?.dataset.zoom !== former, before);
	assert.ok(await back.isHidden(), "after a flight");
	const framed = await zoom();
	await page.locator(".leaflet-control-zoom-in").click();
	await back.click();
	await page.locator(`#map[data-zoom="${framed}"]`).waitFor();
	assert.ok(await back.isHidden(), "after the way back");
	await close();
});

test("each control is in view on narrow projectors, on a phone on its side and at a large zoom, where names are long", async () => {
	const { page, close } = await present("");
	for (const lang of ["my", "ms"]) {
		await page.goto(`${PRESENT}?lang=${lang}`);
		await ready(page);
		for (const [width, height] of [
			[683, 384],
			[844, 390],
			[1024, 768],
			[1366, 768],
		] as const) {
			await page.setViewportSize({ width, height });
			const cut = await page.locator("[data-bar] button").evaluateAll((list) =>
				list.flatMap((button) => {
					const { left, right, top, bottom, width } = button.getBoundingClientRect();
					const seen = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight + 1 && width >= 24;
					return seen ? [] : [(button as HTMLElement).dataset.command];
				}),
			);
			assert.deepEqual(cut, [], `${lang} ${width}×${height}`);
		}
	}
	await close();
});

test("in every language the bar of a laptop and a projector shows the step, the way on and back, and how far the lesson is", async () => {
	const { page, close } = await present("");
	for (const lang of Object.keys(kit.strings)) {
		await page.goto(`${PRESENT}?lang=${lang}&step=thailand`);
		await ready(page);
		for (const [width, height] of [
			[390, 844],
			[1024, 768],
			[1366, 768],
			[1920, 1080],
		] as const) {
			await page.setViewportSize({ width, height });
			const at = `${lang} ${width}×${height}`;
			const steps = await page.locator("[data-progress] span").evaluateAll((list) =>
				list.map((node) => {
					const { left, right, width, height } = node.getBoundingClientRect();
					return left >= 0 && right <= innerWidth && height >= 4 ? width : 0;
				}),
			);
			assert.ok(Math.min(...steps) >= (width < 1024 ? 4 : 8), `${at}: ${Math.min(...steps)} pixels for a step`);
			const cut = await page.locator("[data-bar] :is([data-at], button)").evaluateAll((list) =>
				list.flatMap((node) => {
					const { left, right, width } = node.getBoundingClientRect();
					return left >= 0 && right <= innerWidth && width >= 24 ? [] : [node.textContent];
				}),
			);
			assert.deepEqual(cut, [], at);
			for (const tool of await page.locator("[data-bar] button").all()) assert.ok(await tool.getAttribute("title"), at);
		}
	}
	await close();
});

test("words that no source is cited for are the lesson's, and what the map shows is the source's", async () => {
	const { page, close } = await present("?lang=en&step=thailand");
	const says = () => page.locator("[data-says]").innerText();
	const source = "Told by Save the Children UK · as of 2008 · historical account · 08BEIJING4697";
	assert.equal((await says()).split("\n")[0], `${source} ¶4, ¶5`, "each source once, on a line of its own");
	await page.route("**/lesson.json*", async (route) => {
		const kit = await (await route.fetch()).json();
		for (const step of kit.lesson.steps) delete step.citations;
		await route.fulfill({ json: kit });
	});
	await page.reload();
	await page.locator("html[data-ready]").waitFor({ state: "attached" });
	assert.ok((await says()).startsWith(`Words of the lesson, not of a source\nMap: ${source}`), await says());
	await press(page, "Home");
	await page.locator("[data-says]", { hasNotText: "08BEIJING4697" }).waitFor();
	await close();
});

test("the screen is kept awake, and again when the page comes back", async () => {
	const { page, close } = await present("?lang=en");
	await page.addInitScript(() => {
		const { request } = navigator.wakeLock;
		navigator.wakeLock.request = function (type) {
			document.documentElement.dataset.asked = `${document.documentElement.dataset.asked ?? ""}${type} `;
			return request.call(this, type);
		};
	});
	await page.reload();
	await page.locator('html[data-asked="screen "]').waitFor({ state: "attached" });
	await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
	await page.locator('html[data-asked="screen screen "]').waitFor({ state: "attached" });
	await close();
});

test("a language without the content says so and can be come back to; a lesson that does not load can be asked for again", async () => {
	const { page, close } = await present("?lang=ms&step=thailand");
	const marks = page.locator("[data-panel] .mark");
	assert.deepEqual(await marks.allInnerTexts(), ["belum ada dalam bahasa ini"], "beside the words that it is about");
	await press(page, "l");
	assert.equal(await page.locator("[data-languages] [aria-current]").innerText(), "Bahasa Melayu");
	await page.route("**/lesson.json*", (route) => route.abort());
	await page.reload();
	await page.locator("[data-failed]", { hasText: "Tidak dapat memuatkan" }).waitFor();
	await page.unroute("**/lesson.json*");
	await page.getByRole("button", { name: "Cuba lagi" }).click();
	await ready(page);
	assert.ok(await page.locator("[data-failed]").isHidden());
	await close();
});

test("a finger swipes over the words, and each command has a control that can be seen", async () => {
	const { page, close } = await present("?lang=en&step=myanmar", {
		hasTouch: true,
		viewport: { width: 390, height: 844 },
	});
	const box = await page.locator("[data-panel]").boundingBox();
	assert.ok(box);
	await page.locator("[data-map-stop=myanmar][style*=translate]").waitFor();
	const words = await page.locator("[data-says]").boundingBox();
	for (const tablet of await page.locator("[data-map-stop]").all()) {
		const bounds = await tablet.boundingBox();
		assert.ok(bounds && words && bounds.y + bounds.height <= words.y, "no label lies under the words");
		assert.ok(await tablet.evaluate((node) => node.scrollWidth <= node.clientWidth), await tablet.innerText());
	}
	const cdp = await page.context().newCDPSession(page);
	const swipe = async (from: number, to: number) => {
		const y = (box?.y ?? 0) + 60;
		await cdp.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x: from, y }] });
		for (const x of [(2 * from + to) / 3, (from + 2 * to) / 3, to]) {
			await cdp.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [{ x, y: y + 2 }] });
		}
		await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
	};
	await swipe(320, 80);
	await page.waitForFunction(() => location.search.includes("screen=notice"));
	await swipe(80, 320);
	await page.waitForFunction(() => !location.search.includes("screen="));
	for (const button of await page.locator("[data-bar] button").all()) {
		const bounds = await button.boundingBox();
		assert.ok(bounds && bounds.width >= 24 && bounds.height >= 24, await button.innerText());
		assert.ok(bounds.x >= 0 && bounds.x + bounds.width <= 390, `${await button.innerText()} is in view`);
	}
	await close();
});

test("the words are large enough for the last row at 1920×1080, in every language and step, and none is cut off", async () => {
	for (const { code } of kit.content) {
		const { page, close } = await present(`?lang=${code}`, { viewport: { width: 1920, height: 1080 } });
		for (const step of steps) {
			await page.evaluate((id) => {
				history.pushState(null, "", `?step=${id}`);
				dispatchEvent(new PopStateEvent("popstate"));
			}, step.id);
			const size = await page
				.locator(".panel-words")
				.evaluate((node) => Number.parseFloat(getComputedStyle(node).fontSize));
			assert.ok(size >= 36, `${code} ${step.id}: ${size} px`);
			const cut = await page.locator("[data-panel]").evaluate((node) => node.scrollHeight - node.clientHeight);
			assert.ok(cut <= 1, `${code} ${step.id}: ${cut} px are cut off`);
		}
		await close();
	}
});

test("in a small or enlarged window the words are no smaller than a reader's letters, and all can be scrolled to", async () => {
	for (const [width, height] of [
		[320, 256],
		[640, 360],
		[360, 640],
		[960, 540],
	] as const) {
		const { page, close } = await present("?lang=my&step=thailand", { viewport: { width, height } });
		const root = await page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
		const sizes = await page
			.locator("[data-panel] *")
			.evaluateAll((nodes) => nodes.map((node) => Number.parseFloat(getComputedStyle(node).fontSize)));
		assert.ok(Math.min(...sizes) >= 0.85 * root - 0.01, `${width}×${height}: ${Math.min(...sizes)} px`);
		const words = page.locator(".panel-words");
		assert.ok((await words.evaluate((node) => Number.parseFloat(getComputedStyle(node).fontSize))) >= root);
		for (const part of [".panel-facts", "[data-command=next]", "[data-command=keys]", "[data-says]"]) {
			const node = page.locator(part).first();
			await node.scrollIntoViewIfNeeded();
			const box = await node.boundingBox();
			assert.ok(
				box && box.x >= 0 && box.x + box.width <= width + 1 && box.y < height && box.y + box.height > 0,
				`${width}×${height} ${part}: ${JSON.stringify(box)}`,
			);
		}
		const map = await page.locator("#map").boundingBox();
		assert.ok(map && map.width > 150 && map.height > 100, JSON.stringify(map));
		await close();
	}
});

test("another language is spoken at once, without asking the server again", async () => {
	const { page, close } = await present("?lang=en&step=thailand");
	const asked: string[] = [];
	page.on("request", (request) => asked.push(request.url()));
	await page.keyboard.press("l");
	await page.getByRole("button", { name: "ไทย", exact: true }).click();
	assert.equal(await page.locator("html").getAttribute("lang"), "th");
	assert.equal(await title(page), steps.find(({ id }) => id === "thailand")?.title.th);
	assert.ok((await page.locator("[data-map-stop=thailand]").innerText()).includes("ประเทศไทย"));
	assert.deepEqual(
		asked.filter((url) => !url.includes("/tiles/") && !url.includes(".woff2")),
		[],
	);
	const cdp = await page.context().newCDPSession(page);
	const { result } = await cdp.send("Runtime.evaluate", { expression: "HTMLCanvasElement.prototype" });
	const kept = async () => {
		const { objects } = await cdp.send("Runtime.queryObjects", { prototypeObjectId: result.objectId ?? "" });
		const { result: list } = await cdp.send("Runtime.callFunctionOn", {
			functionDeclaration: "function () { return this.length; }",
			objectId: objects.objectId ?? "",
		});
		return list.value as number;
	};
	const before = await kept();
	for (const name of ["English", "ไทย", "English", "ไทย"]) {
		await page.keyboard.press("l");
		await page.getByRole("button", { name, exact: true }).click();
	}
	const after = await kept();
	assert.ok(after <= before + 2, `${after} canvases are kept, ${before} before`);
	await close();
});

test("the whole route is shown to those who ask for it", async () => {
	const { page, close } = await present("?lang=en&step=interior-provinces");
	assert.deepEqual(await shownStops(page), ["interior-provinces"]);
	await page.keyboard.press("a");
	assert.deepEqual(await shownStops(page), [...kit.route.stops]);
	assert.equal(await page.locator("[data-command=ahead]").getAttribute("aria-pressed"), "true");
	await close();
});

test("where programmes are in several areas, a lesson draws the outline of each, as the route's page does", async () => {
	const wholes = kit.features.flatMap(({ collection, texts }) =>
		collection === "sites" && texts.en?.parts ? [texts.en.place_id] : [],
	);
	const parts = kit.features.filter(
		({ collection, texts }) => collection === "places" && wholes.includes(texts.en?.part_of),
	);
	assert.ok(parts.length > 0);
	const route = await site.open("/routes/yunnan?lang=en&layers=route,sites", { viewport: SIZE });
	await route.page.mouse.move(3, 3);
	const outlines = (page: Page) => page.locator("path.parts.is-site");
	await outlines(route.page)
		.nth(parts.length - 1)
		.waitFor({ state: "attached" });
	await route.close();
	const { page, close } = await present("?lang=en&step=prevention");
	assert.equal(await outlines(page).count(), parts.length);
	await press(page, "Home");
	assert.equal(await outlines(page).count(), 0, "where no programme is told of, none is drawn");
	await close();
});

test("a lesson's texts are shown as pages show them: links open beside the lesson, and what is escaped is no mark", async () => {
	const visit = await site.open("about:blank", { viewport: SIZE });
	const { page, close } = visit;
	await page.route("**/lesson.json*", async (route) => {
		const response = await route.fetch();
		const told = (await response.json()) as { lesson: { steps: Record<string, unknown>[] } };
		const step = told.lesson.steps.find(({ id }) => id === "myanmar") ?? {};
		step.title = { en: "Over the *border* & on" };
		step.narration = {
			en: "See [*the* report](https://example.org/a?b=1&amp;c) \\<here\\>.\n\n- one\n- [no](javascript:x)",
		};
		await route.fulfill({ response, json: told });
	});
	await page.goto(`${PRESENT}?lang=en&step=myanmar&motion=less`);
	await ready(page);
	assert.equal(await title(page), "Over the border & on");
	const words = page.locator(".panel-words");
	assert.equal(await words.innerText(), "See the report <here>.\n\none\nno");
	const link = words.locator("a");
	assert.deepEqual(
		await link.evaluateAll((all) => (all as HTMLAnchorElement[]).map((a) => [a.href, a.target, a.rel, a.innerHTML])),
		[["https://example.org/a?b=1&c", "_blank", "nofollow noreferrer", "<em>the</em> report"]],
	);
	assert.deepEqual(await violations(page), []);
	const [opened] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
	await opened.close();
	assert.equal((await at(page)).get("step"), "myanmar", "the lesson stays");
	await close();
});

test("F5 on the route's page starts the presenter", async () => {
	const { page, close } = await site.open("/routes/yunnan?lang=th", { viewport: SIZE });
	await page.locator("[data-frame][aria-busy=false]").waitFor();
	await page.keyboard.press("F5");
	await page.waitForURL(/\/routes\/yunnan\/present\?/);
	await page.locator("html[data-ready]").waitFor({ state: "attached" });
	assert.equal(await page.locator("html").getAttribute("lang"), "th");
	await close();
});

for (const [name, where] of [
	["presenter", `${PRESENT}?lang=en&step=thailand&motion=less`],
	["presenter's questions", `${PRESENT}?lang=th&step=thailand&screen=ask`],
	["speaker's view", "/routes/yunnan/notes?lang=my&step=thailand"],
] as const) {
	test(`the ${name} is accessible`, async () => {
		const { page, close } = await site.open(where, { viewport: SIZE });
		await page.locator("html[data-ready], html[data-at]").waitFor({ state: "attached" });
		assert.deepEqual(await violations(page), []);
		await close();
	});
}

test("without JavaScript the steps stand on the page as text", async () => {
	const { page, close } = await site.open(`${PRESENT}?lang=en`, { javaScriptEnabled: false });
	assert.equal(await page.locator(".told > ol > li").count(), steps.length);
	await page.locator("noscript .told").hover();
	// A browser that has only just painted may pass over a turn of the wheel; a hand turns it again.
	for (let turn = 0; turn < 100 && (await page.evaluate(() => scrollY)) <= 500; turn++) await page.mouse.wheel(0, 300);
	await page.waitForFunction(() => scrollY > 500);
	await close();
});

for (const width of [390, 1366]) {
	test(`without JavaScript the lesson's text is set as a page, step by step, at ${width} pixels`, async () => {
		const { page, close } = await site.open(`${PRESENT}?lang=en`, {
			javaScriptEnabled: false,
			viewport: { width, height: 800 },
		});
		const looks = await page.evaluate(() => {
			const [ground, step, list] = ["body", ".told > ol > li + li", ".told li ul"].map((of) =>
				getComputedStyle(document.querySelector(of) ?? document.documentElement),
			);
			const gaps = [...document.querySelectorAll(".told h3")].map(
				(node) => node.getBoundingClientRect().top - (node.previousElementSibling?.getBoundingClientRect().bottom ?? 0),
			);
			return {
				ground: ground?.backgroundColor === getComputedStyle(document.documentElement).backgroundColor,
				width: document.querySelector(".told > ol")?.getBoundingClientRect().width ?? 0,
				rule: step?.borderTopWidth,
				signs: list?.listStyleType,
				gap: Math.min(...gaps),
			};
		});
		assert.ok(looks.width > 300 && looks.width <= 42 * 17, `${looks.width}`);
		assert.ok(looks.gap >= 12, `${looks.gap} before a heading`);
		assert.deepEqual([looks.ground, looks.rule, looks.signs], [true, "1px", "disc"]);
		await page.locator(".told-languages").getByRole("link", { name: "ไทย" }).click();
		await page.locator("html[lang=th] .told h1[lang=th]").waitFor();
		await close();
	});
}

test("each language of the card is written in its own font", async () => {
	const { page, close } = await present("?lang=en");
	await press(page, "l");
	for (const [name, font] of [
		["ไทย", "Corridor Thai"],
		["မြန်မာ", "Corridor Myanmar"],
	] as const) {
		const asked = await page
			.locator("[data-languages]")
			.getByText(name, { exact: true })
			.evaluate((node) => getComputedStyle(node).fontFamily);
		assert.ok(asked.includes(font), `${name}: ${asked}`);
	}
	await close();
});

test("on cards nothing touches what stands before it, nor does the ring around what has the focus", async () => {
	const { page, close } = await present("?lang=en");
	for (const [key, card] of [
		["r", "[data-follow]"],
		["?", "[data-keys]"],
		["g", "[data-goto]"],
		["l", "[data-languages]"],
	] as const) {
		await press(page, key);
		await page.locator(`dialog${card}[open]`).waitFor();
		const near = await page.locator(`dialog${card}`).evaluate((node) => {
			const parts = [...node.querySelectorAll("h2, p, label > *, button, li, dl")]
				.map((part) => ({ part, box: part.getBoundingClientRect() }))
				.filter(({ box }) => box.height > 0);
			return parts.flatMap((one, i) =>
				parts.slice(i + 1).flatMap((other) => {
					if (one.part.contains(other.part)) return [];
					const x = Math.max(other.box.left - one.box.right, one.box.left - other.box.right);
					const y = Math.max(other.box.top - one.box.bottom, one.box.top - other.box.bottom);
					return Math.max(x, y) < 5 ? [`${one.part.textContent} – ${other.part.textContent}`] : [];
				}),
			);
		});
		assert.deepEqual(near, [], card);
		await press(page, "Escape");
	}
	await close();
});

test("the map's buttons stand apart from the edge of the screen", async () => {
	const { page, close } = await present("?lang=en");
	assert.ok(((await page.locator(".leaflet-control-zoom").boundingBox())?.x ?? 0) >= 10, "10 pixels");
	await close();
});

test("in full screen the tools go while nobody touches anything, and any hand brings them back", async () => {
	const { page, close } = await present("?lang=en&step=thailand", { hasTouch: true });
	const tool = page.locator("[data-command=goto]");
	const look = () => tool.evaluate((node) => getComputedStyle(node).opacity);
	const still = () => page.clock.runFor(20_000);
	await page.clock.install();
	await page.reload();
	await ready(page);
	await page.mouse.move(300, 300);
	await still();
	assert.equal(await look(), "1", "outside full screen they stay");
	await press(page, "f");
	await page.waitForFunction(() => document.fullscreenElement);
	await page.clock.runFor(2000);
	assert.equal(await look(), "1", "not at once");
	await still();
	assert.deepEqual([await look(), await page.locator("[data-bar]").getAttribute("data-resting")], ["0", ""]);
	for (const kept of ["[data-at]", "[data-progress]", "[data-says]"]) {
		assert.equal(await page.locator(kept).evaluate((node) => getComputedStyle(node).opacity), "1", kept);
	}
	const { x, y, width, height } = (await tool.boundingBox()) as { x: number; y: number; width: number; height: number };
	await page.touchscreen.tap(x + width / 2, y + height / 2);
	assert.deepEqual(
		[await look(), await page.locator("dialog[open]").count()],
		["1", 0],
		"a touch shows and does no more",
	);
	for (const hand of [() => page.mouse.move(301, 300), () => press(page, "Shift")]) {
		await still();
		assert.equal(await look(), "0");
		await hand();
		assert.equal(await look(), "1");
	}
	await press(page, "l");
	await still();
	assert.equal(await look(), "1", "not while a card is open");
	await press(page, "l");
	await tool.focus();
	await still();
	assert.equal(await look(), "1", "not while one has the focus");
	await tool.blur();
	await still();
	assert.equal(await look(), "0");
	await page.evaluate(() => document.exitFullscreen());
	await page.locator("[data-bar]:not([data-resting])").waitFor();
	assert.equal(await look(), "1", "and outside they are there again");
	await close();
});

test("tools fade where things move, and are gone at once where less motion is wanted", async () => {
	for (const [motion, takes] of [
		["less", "0s"],
		["full", "0.6s"],
	]) {
		const { page, close } = await present(`?lang=en&motion=${motion}`);
		await page.locator("[data-bar]").evaluate((bar) => {
			bar.dataset.resting = "";
		});
		const tool = page.locator("[data-command=goto]");
		assert.equal(await tool.evaluate((node) => getComputedStyle(node).transitionDuration), takes, motion);
		await close();
	}
});

test("a group sees from the last row how much time it has, of what the step plans, and is told once when it is over", async () => {
	const { page, problems, close } = await present("?lang=en&step=thailand", {
		viewport: { width: 1920, height: 1080 },
	});
	await page.clock.install();
	await page.reload();
	await ready(page);
	const box = page.locator("[data-countdown]");
	const left = () => page.locator("[data-countdown-left]").innerText();
	const planned = steps.find(({ id }) => id === "thailand")?.minutes ?? 0;
	assert.ok(planned > 2 && (await box.isHidden()));
	await press(page, "t");
	assert.equal(await left(), `${planned}:00`);
	const size = await page.locator("[data-countdown-left]").evaluate((node) => getComputedStyle(node).fontSize);
	assert.ok(Number.parseFloat(size) >= 150, `${size} is seen from the last row`);
	const [time, words, bar] = await Promise.all(
		[box, page.locator("[data-panel]"), page.locator("[data-bar]")].map((n) => n.boundingBox()),
	);
	assert.ok(
		time && words && bar && time.x + time.width <= words.x && time.y + time.height <= bar.y,
		"the words stay in view",
	);
	await page.setViewportSize(SIZE);
	await press(page, "n");
	const [between, notes, beside] = await Promise.all(
		[box, page.locator("[data-drawer]"), page.locator("[data-panel]")].map((node) => node.boundingBox()),
	);
	assert.ok(between && notes && between.x >= notes.x + notes.width, "beside the notes");
	assert.ok(beside && between.x + between.width <= beside.x, "and beside the words");
	await press(page, "n");
	assert.equal(await page.locator("[data-command=countdown]").getAttribute("aria-pressed"), "true");
	assert.deepEqual(await violations(page), []);

	await page.clock.runFor(61_000);
	const [minutes, seconds] = (await left()).split(":");
	assert.ok(Number(minutes) === planned - 2 && Number(seconds) > 50, `${minutes}:${seconds}`);
	await press(page, "ArrowUp");
	assert.match(await left(), new RegExp(`^${planned - 1}:`));
	await press(page, "ArrowDown", "ArrowDown");
	assert.match(await left(), new RegExp(`^${planned - 3}:`));
	await page.locator("[data-countdown-more]").click();
	await page.locator("[data-countdown-more]").click();
	await page.locator("[data-countdown-less]").click();
	assert.match(await left(), new RegExp(`^${planned - 2}:`));
	assert.equal((await at(page)).get("step"), "thailand");
	await press(page, "ArrowRight");
	assert.equal((await at(page)).get("screen"), "notice", "what leads on still does");
	await press(page, "l", "Escape");
	assert.ok(await box.isVisible(), "Escape puts away the card before it");

	const over = page.locator("[data-countdown-over]");
	assert.equal(await over.innerText(), "");
	await page.clock.runFor(planned * 60_000);
	assert.deepEqual(
		[await left(), await over.innerText(), await over.getAttribute("role")],
		["0:00", "Time is up", "status"],
	);
	await press(page, "ArrowUp");
	assert.deepEqual([await left(), await over.innerText()], ["1:00", ""]);
	await page.clock.runFor(61_000);
	await press(page, "ArrowDown");
	assert.ok(await box.isHidden(), "whoever leads on has seen that it is over");
	assert.notEqual((await at(page)).get("step"), "thailand");
	assert.deepEqual(problems, []);
	await close();
});

test("the timer ends by its key, by Escape and by its button, and takes five minutes where none are planned", async () => {
	const { page, close } = await site.open(PRESENT, { viewport: SIZE, javaScriptEnabled: true });
	await page.route("**/lesson.json*", async (route) => {
		const told = (await (await route.fetch()).json()) as { lesson: { quiz_minutes?: number } };
		delete told.lesson.quiz_minutes;
		await route.fulfill({ json: told });
	});
	await page.goto(`${PRESENT}?lang=th&step=quiz-before&letters=1`);
	await ready(page);
	const box = page.locator("[data-countdown]");
	for (const end of [
		() => press(page, "t"),
		() => press(page, "Escape"),
		() => page.locator("[data-countdown-end]").click(),
	]) {
		await page.locator("[data-command=countdown]").click();
		assert.match(await page.locator("[data-countdown-left]").innerText(), /^(5:00|4:5\d)$/);
		await end();
		assert.ok(await box.isHidden());
	}
	await press(page, "t", "ArrowUp", "ArrowUp");
	await page.reload();
	await ready(page);
	assert.match(
		await page.locator("[data-countdown-left]").innerText(),
		/^(7:00|6:[345]\d)$/,
		"a reload goes on with it",
	);
	await press(page, "t", "ArrowDown");
	assert.notEqual((await at(page)).get("step"), "quiz-before", "the arrows are the lesson's again");
	await close();
});

const pagesOf = (printed: Buffer) => printed.toString("latin1").match(/\/Type \/Page\b/g)?.length ?? 0;

test("printed is the whole lesson as text, in the language that is spoken, and the screen stays as it was", async () => {
	const { page, close } = await present("?lang=en&step=thailand");
	const zoom = await page.locator("#map").getAttribute("data-zoom");
	await page.keyboard.press("l");
	await page.locator("[data-code=th]").click();
	await page.emulateMedia({ media: "print" });
	await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
	const paper = page.locator(".paper");
	assert.deepEqual(
		[await paper.isVisible(), await page.locator("[data-bar]").isVisible(), await page.locator("#map").isVisible()],
		[true, false, false],
	);
	const words = (await paper.innerText()).replace(/\s+/g, " ");
	const has = (text: string | undefined, what: string) => {
		assert.ok(text && words.includes(plainText(text)), `${what}: ${text}`);
	};
	for (const { id, title, narration, notes, decision, questions, citations } of steps) {
		has(title.th, id);
		for (const text of [narration, notes, ...(decision ? [decision] : []), ...(questions ?? [])]) has(text.th, id);
		for (const passages of passagesOf(citations ?? [])) has(passages, id);
	}
	for (const { question, answers, explanation } of kit.lesson.quiz ?? []) {
		for (const text of [question, explanation, ...answers.map((answer) => answer.text)]) has(text.th, "the quiz");
	}
	for (const source of kit.sources) has(source.title, "a source");
	assert.equal(
		await page.locator(".paper-step").count(),
		steps.length + 2,
		"each step, and the quiz where it is asked",
	);
	assert.ok((await page.locator(".paper-step > .paper-from").count()) === steps.length, "each with its source line");
	assert.equal(words.split("ฉบับแปลร่าง").length - 1, steps.length + 2, "each says that it is a draft");
	await page.evaluate(() => dispatchEvent(new Event("afterprint")));
	await page.emulateMedia({ media: null });
	assert.ok(pagesOf(await page.pdf({ format: "A4" })) >= 6, "a browser's own print has all of it");
	assert.equal(await paper.locator("> *").count(), 0);
	assert.ok(await page.locator("[data-bar]").isVisible());
	assert.equal(await page.locator("#map").getAttribute("data-zoom"), zoom);
	await close();
});

/** A text of the content in one line and without its marks. */
function plainText(text: string): string {
	return text
		.replace(/[*_\\]/g, "")
		.replace(/\s+/g, " ")
		.trim();
}
