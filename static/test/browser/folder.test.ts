import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { BrowserContextOptions, Page } from "playwright-core";
import { frameOn } from "./host.ts";
import { makeUpRoutes } from "./made-up.ts";
import { addHotline, ready, startSite, violations } from "./site.ts";

/** The path below which the folder lies, as on the web space of an organisation. */
const UNDER = "/some/path/";
/** The few types that every host of files knows; the rest goes out as bytes. */
const TYPES: Record<string, string> = {
	".html": "text/html",
	".css": "text/css",
	".js": "text/javascript",
	".json": "application/json",
	".svg": "image/svg+xml",
	".png": "image/png",
	".pdf": "application/pdf",
};

const site = await startSite();
addHotline(site, { phone: "111" });
const host = await hostFolder();

/** Exports the site and gives the address under which a plain server of files holds it. */
async function hostFolder(): Promise<string> {
	const folder = path.join(site.folder, "site");
	const server = createServer(async (request, response) => {
		const { pathname } = new URL(request.url ?? "/", "http://host");
		const file = path.join(folder, decodeURIComponent(pathname.slice(UNDER.length)) || "index.html");
		const body = pathname.startsWith(UNDER) ? await readFile(file).catch(() => undefined) : undefined;
		response.statusCode = body ? 200 : 404;
		response.setHeader("Content-Type", TYPES[path.extname(file)] ?? "application/octet-stream");
		response.end(body);
	});
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	after(() => {
		server.closeAllConnections();
		server.close();
	});
	const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}${UNDER}`;
	site.run("export", "--format", "site", "--db", site.db, "--base-url", address, folder);
	return address;
}

/** Whether a request ended because its reader went to another page. */
function isLeft(problem = ""): boolean {
	return problem === "net::ERR_ABORTED";
}

/** Opens a page of the folder; its requests that fail or leave the folder are noted. */
async function visit(where: string, options: BrowserContextOptions = {}) {
	const context = await site.browser.newContext({ reducedMotion: "reduce", ...options });
	context.setDefaultTimeout(15_000);
	const page = await context.newPage();
	const wrong: string[] = [];
	const watch = (one: Page) => {
		one.on("request", (r) => !/^(data:|blob:)/.test(r.url()) && !r.url().startsWith(host) && wrong.push(r.url()));
		one.on("response", (r) => r.status() >= 400 && wrong.push(`${r.status()} ${r.url()}`));
		one.on(
			"requestfailed",
			(r) => !isLeft(r.failure()?.errorText) && wrong.push(`failed ${r.url()} ${r.failure()?.errorText}`),
		);
		one.on("pageerror", (error) => wrong.push(String(error)));
		one.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
	};
	context.on("page", watch);
	watch(page);
	await page.goto(host + where);
	return { page, wrong, close: () => context.close() };
}

/** How many pixels of the basemap are painted. */
async function painted(page: Page): Promise<number> {
	return page.evaluate(() => {
		const canvas = document.querySelector<HTMLCanvasElement>("canvas.basemap, .leaflet-basemap-pane canvas, canvas");
		const data = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
		return [...data].filter((value, i) => i % 4 === 3 && value > 0).length;
	});
}

test("the map of everything leads to a route, whose map is drawn, and to its language", async () => {
	const { page, wrong, close } = await visit("");
	await ready(page);
	assert.ok((await painted(page)) > 1000, "no basemap");
	await page.locator(".route-card h3 a").first().click();
	await ready(page);
	assert.equal(page.url(), `${host}en/routes/yunnan.html`);
	assert.equal(await page.locator("[data-failed]").count(), 0);
	assert.ok((await painted(page)) > 1000, "no basemap");
	assert.ok((await page.locator(".leaflet-container path").count()) > 5, "no areas and lines");
	await page.locator('[data-choose="bangkok"]').click();
	await page.locator(".languages summary").click();
	await page.locator('a[data-language][hreflang="th"]').click();
	await ready(page);
	assert.equal(page.url(), `${host}th/routes/yunnan.html?stop=bangkok`);
	assert.equal(await page.locator("html").getAttribute("lang"), "th");
	assert.equal(await page.locator("[aria-current][data-stop]").getAttribute("data-stop"), "bangkok");
	await page.locator('[data-layer="sites"]').evaluate((box: HTMLInputElement) => box.click());
	await page.locator('[data-layer="movements"]').evaluate((box: HTMLInputElement) => box.click());
	await ready(page);
	assert.deepEqual(await violations(page), []);
	assert.deepEqual(wrong, []);
	await close();
});

test("a stop's own address opens with the stop, and is what is passed on", async () => {
	const { page, wrong, close } = await visit("my/routes/yunnan.html?stop=bangkok");
	await ready(page);
	assert.equal(await page.locator("[aria-current][data-stop]").getAttribute("data-stop"), "bangkok");
	await page.locator("[data-share] summary").click();
	assert.equal(await page.locator("[data-share-link]").inputValue(), `${host}my/routes/yunnan.html?stop=bangkok`);
	assert.match(
		await page.locator("[data-share-frame]").inputValue(),
		/src="[^"]*\/my\/embed\/yunnan\.html\?stop=bangkok"/,
	);
	assert.deepEqual(wrong, []);
	await close();
});

test("looking far around asks for no tile that is not there", async () => {
	const { page, wrong, close } = await visit("en/routes/yunnan.html", { viewport: { width: 1600, height: 1000 } });
	await ready(page);
	const map = page.locator("#map");
	await map.focus();
	for (let i = 0; i < 12; i++) await map.press("ArrowLeft");
	for (let i = 0; i < 3; i++) await map.press("+");
	await ready(page);
	for (let i = 0; i < 6; i++) await map.press("-");
	await ready(page);
	assert.deepEqual(wrong, []);
	await close();
});

test("the presenter tells the lesson from files, with its notes and without phones", async () => {
	const { page, wrong, close } = await visit("th/routes/yunnan.html");
	const href = await page.locator("[data-present]").getAttribute("href");
	await page.goto(new URL(href ?? "", page.url()).href);
	await page.locator("html[data-ready]").waitFor({ state: "attached" });
	assert.equal(await page.locator("[data-command=follow], [data-follow]").count(), 0);
	await page.keyboard.press("r");
	for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowDown");
	assert.match(new URL(page.url()).search, /step=/);
	const [notes] = await Promise.all([page.context().waitForEvent("page"), page.keyboard.press("s")]);
	await notes.locator("[data-now-title]:not(:empty)").waitFor();
	assert.equal(
		await notes.locator("[data-now-title]").textContent(),
		await page.locator("[data-panel] h1, [data-panel] h2").first().textContent(),
	);
	await page.reload();
	await page.locator("html[data-ready]").waitFor({ state: "attached" });
	assert.deepEqual(wrong, []);
	await close();
});

test("an embed inside another site's page becomes the map, with what its address asks for", async () => {
	const address = `${host}th/embed/yunnan.html?stop=bangkok&theme=dark&layers=sites&controls=on`;
	const there = { ...site, address: host };
	const { page, frame, asked, problems, close } = await frameOn(there, `src="${address}" width="900" height="620"`);
	await page.locator("iframe").scrollIntoViewIfNeeded();
	await frame.locator("[data-told]:visible h3").waitFor();
	assert.equal(await frame.locator("[data-embed]").getAttribute("data-stop-chosen"), "bangkok");
	assert.match((await frame.locator("link[rel=stylesheet]").first().getAttribute("href")) ?? "", /embed-dark-/);
	assert.match(
		(await frame.locator("[data-out]").getAttribute("href")) ?? "",
		/th\/routes\/yunnan\.html\?stop=bangkok$/,
	);
	await frame.locator("[data-start]").click();
	await frame.locator("[data-embed][data-moving]").waitFor();
	assert.ok(asked.includes("th/embed/yunnan.sites.json"), asked.join("\n"));
	assert.deepEqual(problems, []);
	await close();
});

test("an embed without controls opens with the stop that its address names", async () => {
	const { page, wrong, close } = await visit("en/embed/yunnan.html?controls=off&stop=bangkok");
	await page.locator("[data-told] h3", { hasText: "Bangkok" }).waitFor();
	assert.match((await page.locator("[data-out]").getAttribute("href")) ?? "", /stop=bangkok$/);
	assert.deepEqual(wrong, []);
	await close();
});

test("an embed without controls has none, and one that is asked for what is unknown shows the route", async () => {
	const { page, wrong, close } = await visit("en/embed/yunnan.html?controls=off&theme=pink&stop=nowhere&layers=roads");
	await page.locator("[data-start]").click();
	await page.locator("[data-embed][data-moving]").waitFor();
	assert.equal(await page.locator("[data-steps]").count(), 0);
	assert.deepEqual(wrong, []);
	await close();
});

test("without scripts everything is told, with the still picture", async () => {
	const { page, wrong, close } = await visit("my/routes/yunnan.html", { javaScriptEnabled: false });
	const picture = page.locator("[data-still] img");
	assert.ok(await picture.evaluate((img: HTMLImageElement) => img.naturalWidth > 600));
	assert.ok((await page.locator("[data-stop]").count()) > 3);
	await page.locator(".languages summary").click();
	await page.locator('a[hreflang="en"]').first().click();
	assert.equal(page.url(), `${host}en/routes/yunnan.html`);
	await page.goto(`${host}en/embed/yunnan.html`);
	assert.ok(await page.locator("[data-still] img").evaluate((img: HTMLImageElement) => img.naturalWidth > 300));
	assert.deepEqual(wrong, []);
	await close();
});

test("an embed of some routes has them in the order in which they are named, with letters by it and their own years", async () => {
	const cities = ["city of Hanoi, Vietnam", "city of Vientiane, Laos"].map((query, i) => ({
		title: `Place ${i}`,
		query,
	}));
	makeUpRoutes(site, "made-up", { first: cities, second: [...cities].reverse() });
	const folder = path.join(site.folder, "site", "several");
	site.run("export", "--format", "site", "--lang", "en", "--db", site.db, folder);
	const { page, close } = await visit("several/en/embed/all.html?route=second&route=nowhere&route=first");
	const told = () =>
		page
			.locator("article:not([hidden])")
			.evaluateAll((nodes) =>
				nodes.map((node) =>
					[(node as HTMLElement).dataset.route, node.querySelector(".route-letter")?.textContent ?? ""].join(),
				),
			);
	const kicker = page.locator(".embed-head .kicker");
	assert.deepEqual(
		(await told()).map((one) => one.split(",")[0]),
		["second", "first"],
	);
	assert.equal(await kicker.innerText(), "Sources of 2020");
	await page.locator("[data-frame]").click(); // on a busy machine the map may have come by itself, and its button gone
	await page.locator("[data-embed][data-moving]").waitFor();
	assert.deepEqual(await told(), ["second,A", "first,B"]);
	assert.match(
		(await page.locator("[data-map-stop] .tablet-number").allTextContents()).join(),
		/^(?=.*A1)(?=.*B1)(?!.*C)/,
	);
	await page.goto(`${host}several/en/embed/all.html?route=nowhere`);
	assert.equal((await told()).length, 3, "what is not there is left out");
	assert.match(await kicker.innerText(), /Sources of 20\d\d–20\d\d[\s\S]*historical/);
	await close();
});

test("opened from a disk a page is its text and its still map, and offers nothing that only a server can give", async () => {
	const { page, close } = await visit("en/embed/yunnan.html");
	const maps = page.locator('script[src*="-map"]');
	const open = async (where: string) => {
		await page.goto(pathToFileURL(path.join(site.folder, "site", where)).href);
		assert.ok(await page.locator("[data-still] img").evaluate((img: HTMLImageElement) => img.naturalWidth > 300));
		await page.locator("[data-frame]").click();
		assert.deepEqual([await maps.count(), await page.locator("[data-status]").textContent()], [0, ""]);
	};
	await open("en/embed/yunnan.html");
	assert.ok(await page.locator("[data-start]").isHidden());
	await page.locator("[data-step=next]").click();
	await page.locator("[data-told] h3", { hasText: "Interior provinces" }).waitFor();
	assert.equal(await maps.count(), 0);
	await open("en/routes/yunnan.html");
	assert.equal(await page.locator(".steps, .motion, .legend").count(), 0);
	await page.locator('[data-choose="bangkok"]').click();
	assert.match(page.url(), /yunnan\.html#stop-bangkok$/);
	await close();
});

test("a contact is gone a year after it was verified, in files too", async () => {
	for (const where of ["en/routes/yunnan.html", "en/index.html", "en/embed/yunnan.html"]) {
		const { page, close } = await visit(where);
		assert.equal(await page.getByText("Example line").count(), 1, where);
		await page.clock.setFixedTime(Date.now() + 366 * 24 * 3_600_000);
		await page.reload();
		await page.waitForFunction(() => !document.querySelector(".help"));
		await close();
	}
});
