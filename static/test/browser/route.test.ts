import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { ROUTE, ready, startSite } from "./site.ts";

const STOPS = ["Interior provinces", "Xishuangbanna", "Myanmar", "Thailand", "Bangkok", "Thai-Malaysian border"];
const site = await startSite();

test("the route is seen with its six stops in order, in the text and on the map", async () => {
	const { page, close, problems } = await site.open(`${ROUTE}?lang=en`);
	await ready(page);
	assert.deepEqual(await page.locator("[data-stop] [data-choose]").allInnerTexts(), STOPS);
	const tablets = page.locator("[data-map-stop]");
	assert.deepEqual(await tablets.locator(".tablet-name").allInnerTexts(), STOPS);
	assert.deepEqual(await tablets.locator(".tablet-number").allInnerTexts(), ["1", "2", "3", "4", "5", "6"]);
	assert.equal(await page.locator(".flow.is-documented").count(), 5);
	assert.equal(await page.locator(".leader circle").count(), 1, "one town, one ring");
	assert.match(await page.locator("#map-figure").innerText(), /2008[\s\S]*historical account[\s\S]*not paths/);
	assert.deepEqual(problems, []);
	await close();
});

test("a stop chosen on the map is the one in the text, and the other way round", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en`);
	await ready(page);
	await page.locator("[data-map-stop=myanmar]").click();
	await page.locator("#stop-myanmar[aria-current=true]").waitFor();
	await page.waitForFunction(() => {
		const box = document.querySelector("#stop-myanmar h3")?.getBoundingClientRect();
		return box && box.top >= 0 && box.bottom <= innerHeight;
	});
	assert.equal(new URL(page.url()).searchParams.get("stop"), "myanmar");
	await page.locator("[data-choose=bangkok]").click();
	await page.locator("[data-map-stop=bangkok][aria-current=true]").waitFor();
	assert.equal(await page.locator("[data-live]").textContent(), "Stop 5 of 6: Bangkok");
	assert.equal(await page.locator("[data-stop][aria-current]").count(), 1);
	await close();
});

test("the whole route stays in view in a window of another size, and comes back to a reader who has moved the map", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en`, { viewport: { width: 1366, height: 768 } });
	await ready(page);
	await page.locator("[data-frame][data-moving]").waitFor();
	const inView = (wanted: boolean) =>
		page.waitForFunction((all) => {
			const map = document.querySelector("[data-frame]")?.getBoundingClientRect() ?? new DOMRect();
			const within = [...document.querySelectorAll("[data-map-stop]")].filter((stop) => {
				const { left, right, top, bottom } = stop.getBoundingClientRect();
				return left >= map.left && right <= map.right && top >= map.top && bottom <= map.bottom;
			});
			return (within.length === 6) === all;
		}, wanted);
	await inView(true);
	await page.setViewportSize({ width: 911, height: 512 }); // as a zoom of the browser to 150 % does
	await page.waitForFunction(() => innerWidth === 911);
	await inView(true);
	await page.locator("#map").focus();
	for (let i = 0; i < 8; i++) await page.keyboard.press("ArrowLeft");
	await inView(false);
	await page.locator("[data-step=all]").click();
	await inView(true);
	await close();
});

test("an address with a stop opens with it, and back and forward keep step", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en&stop=thailand`);
	await ready(page);
	assert.equal(await page.locator("[data-step-text]").innerText(), "Stop 4 of 6: Thailand");
	await page.goto(`${ROUTE}?lang=en&stop=bangkok`);
	await page.locator("#stop-bangkok[aria-current=true]").waitFor();
	await page.goBack();
	await page.locator("#stop-thailand[aria-current=true]").waitFor();
	await page.goForward();
	await page.locator("#stop-bangkok[aria-current=true]").waitFor();
	await close();
});

test("the language switch changes content and interface and keeps the stop", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en`);
	await ready(page);
	await page.locator("[data-choose=xishuangbanna]").click();
	for (const [tag, name, step] of [
		["zh-Hans", "西双版纳", "第2站"],
		["th", "สิบสองปันนา", "จุดที่ 2"],
		["my", "စစ်ဆောင်ပန္နား", "နေရာ 6"],
	] as const) {
		await page.locator(".languages summary").click();
		await page.locator(`[data-language][lang="${tag}"]`).click();
		await page.waitForURL((url) => url.searchParams.get("lang") === tag);
		await ready(page);
		assert.equal(new URL(page.url()).searchParams.get("stop"), "xishuangbanna");
		assert.equal(await page.locator("html").getAttribute("lang"), tag);
		assert.equal(await page.locator("[data-map-stop=xishuangbanna] .tablet-name").innerText(), name);
		assert.ok((await page.locator("[data-step-text]").innerText()).includes(step));
		assert.ok((await page.locator(".mark").count()) > 0, "drafts are marked");
		assert.equal(await page.locator(".banner").count(), 1);
	}
	await close();
});

test("the layers are switched, counted and kept in the address", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en`);
	await ready(page);
	assert.equal(await page.locator(".flow.is-return").count(), 0);
	await page.locator("[data-legend] summary").click();
	await page.locator("[data-layer=movements]").check();
	await page.locator(".flow.is-return").first().waitFor({ state: "attached" });
	await page.locator("[data-layer=sites]").check();
	await page.locator("[data-sites]").first().waitFor();
	assert.equal(new URL(page.url()).searchParams.get("layers"), "route,movements,sites");
	assert.match(await page.locator("[data-count=sites]").innerText(), /\d/);
	await page.locator("[data-sites]").first().click();
	await page.locator("[data-card]").waitFor();
	await page.keyboard.press("Escape");
	await page.locator("[data-card]").waitFor({ state: "hidden" });
	await close();
});

test("the keyboard alone walks the route", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en`);
	await ready(page);
	await page.keyboard.press("Tab");
	assert.equal(await page.evaluate(() => document.activeElement?.className), "skip");
	for (let i = 0; i < 20; i++) {
		await page.keyboard.press("Tab");
		if (await page.evaluate(() => document.activeElement?.matches("[data-step=next]"))) break;
	}
	for (const [i, title] of STOPS.entries()) {
		await page.keyboard.press(i % 2 ? "ArrowRight" : "Enter");
		assert.equal(await page.locator("[data-step-text]").innerText(), `Stop ${i + 1} of 6: ${title}`);
	}
	await page.keyboard.press("Alt+Home"); // is the browser's
	assert.equal(await page.locator("[data-step-text]").innerText(), `Stop 6 of 6: ${STOPS[5]}`);
	await page.keyboard.press("Home");
	assert.equal(await page.locator("[data-step-text]").innerText(), `Stop 1 of 6: ${STOPS[0]}`);
	const tablet = page.locator("[data-map-stop=thailand]");
	await tablet.focus();
	await page.keyboard.press("Enter");
	await page.locator("#stop-thailand[aria-current=true]").waitFor();
	assert.notEqual(await tablet.evaluate((node) => getComputedStyle(node).outlineStyle), "none");
	assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("data-choose")), "thailand");
	await close();
});

for (const width of [390, 1366]) {
	test(`without JavaScript no empty map takes room at ${width} pixels`, async () => {
		const { page, close } = await site.open(`${ROUTE}?lang=en`, {
			javaScriptEnabled: false,
			viewport: { width, height: 800 },
		});
		for (const part of ["#map", "[data-legend]", "[data-steps]", "[data-status]"]) {
			assert.ok(await page.locator(part).isHidden(), part);
		}
		assert.ok(await page.locator(".noscript").isVisible());
		await close();
	});
}

test("without JavaScript every stop, leg and citation is there", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en`, { javaScriptEnabled: false });
	assert.equal(await page.locator("[data-stop]").count(), 6);
	assert.equal(await page.locator("[data-leg]").count(), 5);
	for (const claim of await page.locator("[data-stop] .claim, .card .claim, .finding .claim").all()) {
		assert.ok((await claim.locator("a.citation").count()) > 0);
	}
	const href = await page.locator("a.citation").first().getAttribute("href");
	assert.equal(await page.locator(`[id="${href?.split("#")[1]}"]`).count(), 1);
	await close();
});

test("a reader sees the still map first, and what they press before the other map is there is not lost", async () => {
	const { page, close, problems } = await site.open("about:blank");
	const asked: string[] = [];
	page.on("request", (request) => asked.push(new URL(request.url()).pathname));
	await page.goto(`${ROUTE}?lang=en`);
	const still = page.locator("[data-still] img");
	assert.ok(await still.evaluate(async (node: HTMLImageElement) => node.decode().then(() => node.naturalWidth > 0)));
	assert.equal(await page.locator("[data-step-text]").innerText(), "Whole route, 6 stops");
	assert.ok(!asked.some((path) => /viewer-map|\/tiles\/|\/api\//.test(path)), asked.join(" "));
	let release = () => {};
	const held = new Promise<void>((go) => {
		release = go;
	});
	await page.route(/viewer-map/, async (request) => {
		await held;
		await request.continue();
	});
	await page.locator("[data-legend] summary").click();
	await page.locator("input[data-layer=sites]").check();
	await page.locator("[data-choose=bangkok]").click();
	assert.equal(new URL(page.url()).pathname, ROUTE);
	release();
	await page.locator("[data-map-stop=bangkok][aria-current=true]").waitFor();
	assert.equal(new URL(page.url()).searchParams.get("layers"), "route,sites");
	assert.equal(await page.locator("input[data-layer=sites]").isChecked(), true);
	await still.waitFor({ state: "hidden" });
	assert.equal(new URL(page.url()).searchParams.get("stop"), "bangkok");
	assert.deepEqual(problems, []);
	await close();
});

test("a map's script that does not come is asked for again after a while, and not at each move of a mouse", async () => {
	const { page, close } = await site.open("about:blank");
	await page.clock.install();
	let [asked, broken] = [0, true];
	await page.route(/viewer-map/, async (request) => {
		asked++;
		await (broken ? request.fulfill({ status: 503 }) : request.continue());
	});
	await page.goto(ROUTE);
	const failed = page.locator("[data-status]", { hasText: "Could not load" });
	for (let i = 0; i < 20; i++) {
		await page.mouse.move(10 + i, 10);
		await failed.waitFor();
	}
	assert.equal(asked, 1);
	broken = false;
	await page.clock.fastForward(2000);
	await page.locator("[data-frame][data-started]").waitFor();
	assert.equal(asked, 2);
	await close();
});

test("the card that is closed gives the focus to the map where its layer was switched off meanwhile", async () => {
	const { page, close } = await site.open("/?lang=en");
	await ready(page);
	await page.locator(".site-tablet").first().press("Enter");
	await page.locator("[data-card]").waitFor();
	await page.locator("[data-legend] summary").click();
	await page.locator("input[data-layer=sites]").uncheck();
	await page.locator(".card-close").press("Enter");
	assert.equal(await page.evaluate(() => document.activeElement?.id), "map");
	await close();
});

test("the home page shows a still map of its routes, with and without JavaScript", async () => {
	for (const javaScriptEnabled of [true, false]) {
		const { page, close, problems } = await site.open("about:blank", { javaScriptEnabled });
		const asked: string[] = [];
		page.on("request", (request) => asked.push(new URL(request.url()).pathname));
		await page.goto(`${site.address}/?lang=en`, { waitUntil: "networkidle" });
		const still = page.getByRole("img", { name: /Still map .* Interior provinces → Xishuangbanna → Myanmar/ });
		const box = await still.boundingBox();
		assert.ok(box && box.width > 300 && box.height > 200, JSON.stringify(box));
		assert.ok(!asked.some((path) => /viewer-map|\/tiles\/|\/api\//.test(path)), asked.join(" "));
		assert.deepEqual(problems, []);
		await close();
	}
});

test("where the route's data do not come the still map stays, and it goes once they are asked for again", async () => {
	const { page, close } = await site.open("about:blank");
	await page.route("**/collections/stops/**", (request) => request.abort());
	await page.goto(`${ROUTE}?lang=en&stop=bangkok`);
	const again = page.locator("[data-status] button").first();
	await again.waitFor();
	await page.locator("#map canvas").first().waitFor({ state: "attached" });
	assert.ok(await page.locator("[data-still] img").isVisible());
	await page.unroute("**/collections/stops/**");
	await again.click();
	await page.locator("[data-still] img").waitFor({ state: "hidden" });
	await close();
});

test("on a phone the legend that is opened first stays open, and its last line can be reached", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=my`, {
		viewport: { width: 390, height: 664 },
		hasTouch: true,
	});
	await page.locator("[data-legend] summary").tap();
	await ready(page);
	assert.ok(await page.locator("[data-legend][open]").isVisible());
	const last = page.locator("[data-legend] input[data-layer]").last();
	await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
	await last.scrollIntoViewIfNeeded();
	const box = await last.boundingBox();
	assert.ok(box && box.y >= 0 && box.y + box.height <= 664, JSON.stringify(box));
	await close();
});

test("on a small map no label covers another: those without room say their number alone", async () => {
	for (const [path, width, height] of [
		["/embed/yunnan?lang=en", 300, 500],
		[`${ROUTE}?lang=my&layers=route,movements,sites`, 390, 664],
	] as const) {
		const { page, close } = await site.open(path, { viewport: { width, height } });
		if (path.startsWith("/embed")) await page.locator("[data-start]").click();
		await ready(page);
		await page.locator(".tablet.is-short").first().waitFor();
		// Letters that come late change how wide labels are, and then these are placed anew.
		await page.waitForFunction(() => {
			const boxes = [...document.querySelectorAll(".tablet, .site-tablet")].map((node) => node.getBoundingClientRect());
			return boxes.every((a, i) =>
				boxes
					.slice(i + 1)
					.every((b) => a.left >= b.right || b.left >= a.right || a.top >= b.bottom || b.top >= a.bottom),
			);
		});
		await close();
	}
});

test("the closed legend leaves the still map free", async () => {
	for (const [width, height] of [
		[1366, 768],
		[1920, 1080],
	] as const) {
		for (const path of ["/", ROUTE]) {
			const { page, close } = await site.open(`${path}?lang=en`, { viewport: { width, height } });
			const [still, legend] = [page.locator("[data-still] img"), page.locator(".legend")];
			const [picture, box] = [await still.boundingBox(), await legend.boundingBox()];
			assert.ok(
				picture && box && box.height > 20 && picture.y + picture.height <= box.y,
				JSON.stringify([picture, box]),
			);
			await close();
		}
	}
});

test("the still map fills a frame of any proportions", async () => {
	for (const [width, height] of [
		[1024, 768],
		[1280, 1024],
		[1366, 768],
		[1920, 1080],
		[390, 844],
	] as const) {
		const { page, close } = await site.open("/?lang=en", { viewport: { width, height } });
		const still = page.locator("[data-still] img");
		await still.evaluate((image: HTMLImageElement) => image.decode());
		const box = await still.boundingBox();
		assert.ok(box);
		const shot = await page.screenshot({ clip: { ...box, y: box.y + 2, height: box.height - 4 } });
		const edges = await edgeColours(page, shot);
		assert.ok(
			edges.every((colours) => colours > 3),
			`${width}×${height}: ${edges.join(", ")} colours along the upper, lower, left and right edge`,
		);
		await close();
	}
});

test("without JavaScript a phone shows the whole still map as wide as it can", async () => {
	for (const path of ["/", ROUTE]) {
		const viewport = { width: 390, height: 844 };
		const { page, close } = await site.open(`${path}?lang=my`, { javaScriptEnabled: false, viewport });
		const [still, frame] = [page.locator("[data-still] img"), page.locator("[data-frame]")];
		const ratio = await still.evaluate((node: HTMLImageElement) => node.naturalWidth / node.naturalHeight);
		const box = await frame.boundingBox();
		assert.ok(box && box.width > 340 && Math.abs(box.width / box.height - ratio) < 0.02, JSON.stringify(box));
		await close();
	}
});

test("the home page shows the route and leads to it", async () => {
	const { page, close, problems } = await site.open("/?lang=en");
	await ready(page);
	assert.deepEqual(await page.locator(".chain li").allInnerTexts(), STOPS);
	await page.locator("[data-map-stop=bangkok]").click();
	await page.locator("[data-card] a.read").click();
	await page.waitForURL(/\/routes\/yunnan\?.*stop=bangkok/);
	assert.deepEqual(problems, []);
	await close();
});

test("coarse coordinates are an area without a ring, and a stop that is nowhere stands in the text alone", async () => {
	const pack = path.join(site.folder, "coarse");
	cpSync("data/content/mekong", pack, { recursive: true });
	const file = path.join(pack, "places.yaml");
	const places = readFileSync(file, "utf8")
		.replace("query: Xishuangbanna, Yunnan, China", "query: at 22 N, 100.8 E, precision prefecture, source Survey")
		.replace(
			/query: city of Bangkok.*\n.*$/m,
			"query: at 13 N, 100 E, precision unknown, source Survey\n    precision: unknown",
		);
	writeFileSync(file, places);
	const lesson = path.join(pack, "lessons/yunnan.yaml");
	writeFileSync(lesson, readFileSync(lesson, "utf8").replace("    stop: malaysian-border\n", ""));
	site.run("import", "--db", site.db, pack);
	const { page, close, problems } = await site.open(`${ROUTE}?lang=en&stop=bangkok`);
	await ready(page);
	assert.deepEqual(await page.locator("[data-stop] [data-choose]").allInnerTexts(), STOPS);
	assert.deepEqual(await page.locator("[data-map-stop] .tablet-number").allInnerTexts(), ["1", "2", "3", "4", "6"]);
	assert.equal(await page.locator("[data-map-stop].is-spot, .leader circle").count(), 0, "no town, no ring");
	assert.equal(await page.locator(".flow.is-documented").count(), 3, "the lines to it are not drawn");
	assert.match(await page.locator("#stop-bangkok").innerText(), /place not stated/);
	for (const step of ["closing", "malaysian-border"]) {
		await page.goto(`${ROUTE}/present?lang=en&step=${step}`);
		await page.locator("html[data-ready]").waitFor({ state: "attached" });
		const [stop, map] = [page.locator("[data-map-stop=malaysian-border]"), page.locator("[data-frame]")];
		const [at, frame] = [await stop.boundingBox(), await map.boundingBox()];
		assert.ok(at && frame && at.y + at.height < frame.y + frame.height, `${step}: the stop beyond it is in view`);
	}
	assert.deepEqual(problems, []);
	await close();
});

/** How many colours there are along each edge of a picture, in PNG: the upper, the lower, the left and the right one. */
function edgeColours(page: Page, picture: Buffer): Promise<number[]> {
	return page.evaluate(
		async (bytes) => {
			const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
			const { width, height } = image;
			const pen = new OffscreenCanvas(width, height).getContext("2d");
			pen?.drawImage(image, 0, 0);
			const edges: [number, number, number, number][] = [
				[0, 0, width, 1],
				[0, height - 1, width, 1],
				[0, 0, 1, height],
				[width - 1, 0, 1, height],
			];
			return edges.map((edge) => new Set(new Uint32Array(pen?.getImageData(...edge).data.buffer ?? [])).size);
		},
		[...picture],
	);
}
