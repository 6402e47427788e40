import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { ACCENTED, buildWithMadeLanguages, CLOSE, MIRRORED, OPEN } from "./pseudo.ts";
import { ROUTE, startSite } from "./site.ts";

const site = await startSite(buildWithMadeLanguages(), ["--exit-url", "https://www.example.org/"]);

const everything = "layers=route,movements,sites";
const PAGES = [
	`/?${everything}`,
	`${ROUTE}?${everything}`,
	`${ROUTE}?stop=bangkok`,
	`${ROUTE}/handout?edition=trainer`,
	`${ROUTE}/handout?edition=participant`,
	`${ROUTE}/handout?edition=short`,
	`${ROUTE}/present?step=return`,
	`${ROUTE}/notes`,
	"/embed/yunnan?stop=bangkok",
	"/embed/all",
	"/privacy",
	"/guide",
	"/api?f=html",
	"/api/collections/stops?f=html",
	"/api/collections/stops/items?f=html",
	"/api/collections/stops/items/yunnan.bangkok?f=html",
	"/live",
	"/live/help",
	"/no-such-page",
];

/** A page in a made language, when all that it loads has come. */
async function visit(where: string, lang: string, width = 1280): Promise<{ page: Page; close(): Promise<void> }> {
	const address = `${where}${where.includes("?") ? "&" : "?"}lang=${lang}`;
	const { page, close } = await site.open("about:blank", { viewport: { width, height: 800 } });
	await page.goto(address, { waitUntil: "domcontentloaded" }); // the pictures of a handout take longer
	await page.mouse.move(3, 3); // the map comes at the first sign of a reader
	await page.waitForFunction(() => {
		const busy = document.querySelector("[data-frame]")?.ariaBusy;
		return document.querySelector("#viewer-script") ? busy === "false" : busy !== "true";
	});
	if (where.includes("/present")) await page.locator("button[title*=PgDn]").waitFor({ state: "attached" });
	return { page, close };
}

/** Opens what is closed: details, the share dialog, the presenter's cards, the card of a stop on the map. */
async function openAll(page: Page): Promise<void> {
	await page.evaluate(() => {
		for (const details of document.querySelectorAll("details")) details.open = true;
		for (const dialog of document.querySelectorAll("dialog")) if (!dialog.open) dialog.show();
	});
}

/** What is no text of the interface: addresses, citations and their sources' ids, times, the map's scale, names of formats and keys. */
const FACTS =
	/https?:\S+|\b\d\d[A-Z]+\d+\b|\b\d+:\d\d( [AP]M)?|\b\d+ k?m\b|JSON Schema \(GeoJSON\)|\((?:PgUp|PgDn|[^\p{L}()]|(?<!\p{L})\p{L}(?!\p{L}))+\)/gu;

/** What a reader sees or hears on the page that is in none of its own language's texts and not marked as another's. */
async function forgotten(page: Page): Promise<string[]> {
	const { said, content } = await page.evaluate(() => {
		const root = document.documentElement;
		const said: [what: string, text: string][] = [];
		for (const node of document.querySelectorAll("body, body *")) {
			if (node.closest("[lang]") !== root || node.closest("script, style, noscript, code, kbd, textarea")) continue;
			const own = [...node.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE).map((n) => n.textContent);
			said.push([`${node.localName}.${node.getAttribute("class") ?? ""}`, own.join(" ")]);
			for (const name of ["aria-label", "title", "alt", "placeholder"]) {
				said.push([`${node.localName} ${name}`, node.getAttribute(name) ?? ""]);
			}
		}
		const told = [...document.querySelectorAll("[lang]")].filter((n) => n !== root).map((n) => n.textContent.trim());
		const typed = told.map((text) => text.replaceAll("’", "'").replaceAll("\u2011", "-")); // as it is where it is no heading
		return {
			said,
			content: [...new Set([...told, ...typed])].filter((text) => text.length > 3).sort((a, b) => b.length - a.length),
		};
	});
	const own = new RegExp(`${OPEN}[^${OPEN}${CLOSE}]*${CLOSE}`, "gu");
	const rest = said.map(([what, text]) => {
		const bare = text.replace(own, " ").replace(own, " ").replace(FACTS, " ");
		return [
			what,
			content
				.reduce((left, known) => left.replaceAll(known, " "), bare)
				.replace(/\s+/g, " ")
				.trim(),
		] as const;
	});
	return [...new Set(rest.filter(([, text]) => /\p{L}/u.test(text)).map((pair) => pair.join(": ")))];
}

for (const where of PAGES) {
	test(`every text of ${where} comes from the language`, async () => {
		const { page, close } = await visit(where, ACCENTED);
		await openAll(page);
		assert.deepEqual(await forgotten(page), []);
		await close();
	});
}

for (const width of [390, 1366]) {
	for (const where of PAGES) {
		test(`${where} mirrors at ${width} pixels and nothing scrolls sideways`, async () => {
			const { page, close } = await visit(where, MIRRORED, width);
			assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
			const { client, scroll, start } = await page.evaluate(() => ({
				client: document.documentElement.clientWidth,
				scroll: document.documentElement.scrollWidth,
				start: [...document.querySelectorAll("h1, h2, p")].filter((n) => getComputedStyle(n).textAlign === "left")
					.length,
			}));
			assert.ok(scroll <= client, `${scroll} of ${client}`);
			assert.equal(start, 0, "texts that start at the left");
			await close();
		});
	}
}
