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
	`${ROUTE}/present?step=return`,
	`${ROUTE}/notes`,
	"/embed/yunnan?stop=bangkok",
	"/embed/all",
	"/privacy",
	"/guide",
	"/live",
	"/live/help",
	"/no-such-page",
];

/** A page in a made language, when all that it loads has come. */
async function visit(where: string, lang: string, width = 1280): Promise<{ page: Page; close(): Promise<void> }> {
	const address = `${where}${where.includes("?") ? "&" : "?"}lang=${lang}`;
	const { page, close } = await site.open(address, { viewport: { width, height: 800 } });
	await page.waitForLoadState("networkidle");
	return { page, close };
}

/** Opens what is closed: details, the share dialog, the presenter's cards, the card of a stop on the map. */
async function openAll(page: Page): Promise<void> {
	await page.evaluate(() => {
		for (const details of document.querySelectorAll("details")) details.open = true;
		for (const dialog of document.querySelectorAll("dialog")) if (!dialog.open) dialog.show();
	});
}

/** What a reader sees or hears on the page that is in none of its own language's texts and not marked as another's. */
function forgotten(page: Page): Promise<string[]> {
	return page.evaluate(
		({ open, close }) => {
			const lang = document.documentElement.lang;
			const own = new RegExp(
				`${open}[^${open}${close}]*(?:${open}[^${open}${close}]*${close}[^${open}${close}]*)*${close}`,
				"gu",
			);
			const found = new Set<string>();
			const foreign = (node: Element) =>
				node.closest("[lang]")?.getAttribute("lang") !== lang ||
				node.closest("script, style, noscript, code, kbd, [translate=no]");
			const look = (node: Element, text: string | null, what: string) => {
				const rest = text?.replace(own, " ") ?? "";
				if (/\p{L}/u.test(rest) && !foreign(node))
					found.add(`${what}: ${rest.trim().replace(/\s+/g, " ").slice(0, 80)}`);
			};
			const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
			for (let node = walk.currentNode as Element | null; node; node = walk.nextNode() as Element | null) {
				const text = [...node.childNodes]
					.filter((n) => n.nodeType === Node.TEXT_NODE)
					.map((n) => n.textContent)
					.join("");
				look(node, text, node.className?.toString() || node.localName);
				for (const name of ["aria-label", "title", "alt", "placeholder"])
					look(node, node.getAttribute(name), `${node.localName} ${name}`);
			}
			return [...found];
		},
		{ open: OPEN, close: CLOSE },
	);
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
