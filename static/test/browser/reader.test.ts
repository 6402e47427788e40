import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { ROUTE, ready, startSite, violations } from "./site.ts";

const site = await startSite(undefined, ["--exit-url", "https://www.example.org/"]);
const TEXT_PAGES = [
	"/privacy",
	"/guide",
	"/api?f=html",
	"/api/collections/stops?f=html",
	"/api/collections/stops/items?f=html",
	"/api/collections/stops/items/yunnan.bangkok?f=html",
	"/live",
	"/live/help",
	`${ROUTE}/handout?edition=participant`,
	"/no-such-page",
];
const MAP_PAGES = ["/", ROUTE, "/embed/yunnan?stop=bangkok"];

async function visit(where: string, options = {}): Promise<{ page: Page; close(): Promise<void> }> {
	const { page, close } = await site.open("about:blank", options);
	await page.goto(site.address + where, { waitUntil: "domcontentloaded" }); // a handout's pictures take longer
	await page.mouse.move(3, 3); // the map comes at the first sign of a reader
	await page.waitForFunction(() => {
		if (document.querySelector(".page-present")) return document.documentElement.dataset.ready !== undefined;
		const busy = document.querySelector("[data-frame]")?.ariaBusy;
		return document.querySelector("#viewer-script") ? busy === "false" : busy !== "true";
	});
	return { page, close };
}

for (const where of [...MAP_PAGES, ...TEXT_PAGES, `${ROUTE}/present?step=return`]) {
	test(`axe finds nothing on ${where}, good habits included`, async () => {
		const { page, close } = await visit(where);
		assert.deepEqual(await violations(page, ["best-practice"]), []);
		await close();
	});
}

for (const where of [...MAP_PAGES, ...TEXT_PAGES]) {
	test(`${where} has one first heading, and no level is left out`, async () => {
		const { page, close } = await visit(where);
		const levels = await page.evaluate(() =>
			[...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
				.filter((node) => node.checkVisibility())
				.map((node) => Number(node.localName.slice(1))),
		);
		assert.equal(levels.filter((level) => level === 1).length, 1);
		for (const [i, level] of levels.entries()) assert.ok(level <= (levels[i - 1] ?? 0) + 1, levels.join(" "));
		await close();
	});

	test(`at 400 percent ${where} loses nothing and scrolls one way only`, async () => {
		const { page, close } = await visit(where, { viewport: { width: 320, height: 256 } });
		const { width, hidden } = await page.evaluate(() => ({
			width: document.documentElement.scrollWidth,
			hidden: [...document.querySelectorAll("h1, h2, h3, p, li, dd, button, summary")]
				.filter((node) => node.checkVisibility() && !node.closest(".visually-hidden, .map, [data-data]"))
				.filter((node) => {
					const box = node.getBoundingClientRect();
					return box.width > 2 && (box.right < 0 || box.left > innerWidth || box.right > innerWidth + 1);
				})
				.map((node) => `${node.localName}.${node.className} ${node.textContent.trim().slice(0, 40)}`),
		}));
		assert.ok(width <= 320, `${width}`);
		assert.deepEqual(hidden, []);
		await close();
	});

	test(`every target of ${where} is 24 pixels large or has room around it`, async () => {
		const { page, close } = await visit(where, { viewport: { width: 390, height: 800 } });
		const small = await page.evaluate(() =>
			[...document.querySelectorAll("a[href], button, summary, input, select, label:has(input)")]
				.filter((node) => node.checkVisibility() && !node.closest(".visually-hidden, .skip, p, li, dd, cite, label"))
				.filter((node) => {
					const { width, height } = node.getBoundingClientRect();
					return width > 0 && (width < 24 || height < 24);
				})
				.map((node) => `${node.localName}.${node.className} ${node.textContent.trim().slice(0, 40)}`),
		);
		assert.deepEqual(small, []);
		await close();
	});

	test(`with forced colours every control of ${where} has an edge or is a link, and what is chosen shows`, async () => {
		const { page, close } = await visit(where, { forcedColors: "active" });
		const bare = await page.evaluate(() =>
			[...document.querySelectorAll("button, summary, [role=switch]")]
				.filter((node) => node.checkVisibility() && !node.closest(".map"))
				.filter((node) => {
					const style = getComputedStyle(node);
					return style.color === style.backgroundColor;
				})
				.map((node) => node.outerHTML.slice(0, 80)),
		);
		assert.deepEqual(bare, []);
		for (const chosen of await page
			.locator("[aria-current]:visible, [aria-pressed=true]:visible, [aria-checked=true]:visible")
			.all()) {
			const differs = await chosen.evaluate((node) => {
				const { borderTopColor, borderInlineStartWidth, fontWeight, outlineStyle, textDecorationLine } =
					getComputedStyle(node);
				const mark = getComputedStyle(node, "::before");
				const inner = getComputedStyle(node.querySelector(".stop-number") ?? node);
				return (
					Number(fontWeight) >= 600 ||
					outlineStyle !== "none" ||
					inner.outlineStyle !== "none" ||
					mark.content !== "none" ||
					textDecorationLine !== "none" ||
					`${borderTopColor}${borderInlineStartWidth}` === ""
				);
			});
			assert.ok(differs, await chosen.evaluate((node) => node.outerHTML.slice(0, 120)));
		}
		await close();
	});
}

test("what is said in one line has its dots between two of a line: none begins or ends one", async () => {
	for (const where of [
		`${ROUTE}?lang=en`,
		`${ROUTE}?lang=my`,
		"/?lang=en",
		"/embed/yunnan?lang=en",
		"/search?q=bangkok&lang=en",
	]) {
		for (const width of [320, 390, 1366]) {
			const { page, close } = await visit(where, { viewport: { width, height: 768 } });
			const { lines, wrapped, wrong } = await page.evaluate(() => {
				for (const part of document.querySelectorAll("section")) part.style.contentVisibility = "visible";
				const lines = [...document.querySelectorAll(".dots")].filter((node) => node.checkVisibility());
				const items = lines.flatMap((line) => {
					const all = [...line.children].map((node) => ({ node, line, box: node.getBoundingClientRect() }));
					return all.map((item, i) => ({ ...item, first: i === 0 || item.box.left < (all[i - 1]?.box.left ?? 0) + 1 }));
				});
				const wrong = items.filter(({ node, line, box, first }) => {
					const dot = Number.parseFloat(getComputedStyle(node, "::before").width);
					const [, hidden = 0] = /([\d.]+)px\)$/.exec(getComputedStyle(line).clipPath) ?? [];
					const seen = box.left - dot / 2 > line.getBoundingClientRect().left + Number(hidden);
					return seen === first || getComputedStyle(node, "::after").content !== "none";
				});
				return {
					lines: lines.length,
					wrapped: items.filter(({ first }) => first).length > lines.length,
					wrong: wrong.map(({ node }) => node.textContent),
				};
			});
			assert.ok(lines > 0 && (wrapped || width > 390 || !where.startsWith(ROUTE)), `${where} at ${width}`);
			assert.deepEqual(wrong, [], `${where} at ${width}`);
			await close();
		}
	}
});

test("the facts of all legs stand in the same two columns", async () => {
	for (const width of [390, 1366]) {
		const { page, close } = await visit(`${ROUTE}?lang=en`, { viewport: { width, height: 768 } });
		const lefts = await page
			.locator(".leg .facts > div")
			.evaluateAll((nodes) => nodes.map((node) => Math.round(node.getBoundingClientRect().left)));
		assert.ok(lefts.length >= 20);
		assert.equal(new Set(lefts).size, 2, lefts.join(" "));
		await close();
	}
});

test("a lesson's card says what it is, names the lesson, and leads on from one button and one list", async () => {
	const { page, close } = await visit(`${ROUTE}?lang=en`);
	const card = page.locator(".lessons");
	const sizes = await card.evaluate((node) =>
		["h2", "h3"].map((name) => Number.parseFloat(getComputedStyle(node.querySelector(name) as Element).fontSize)),
	);
	assert.ok((sizes[0] ?? 0) < (sizes[1] ?? 0), `the kicker has ${sizes[0]}, the title ${sizes[1]}`);
	const links = card.locator("li a");
	assert.equal(await links.count(), 3);
	assert.match((await links.last().getAttribute("href")) ?? "", /guide/);
	const tops = await card.locator("li").evaluateAll((nodes) =>
		nodes.map((node) => {
			const { top, bottom } = node.getBoundingClientRect();
			return [top, bottom] as const;
		}),
	);
	const gaps = tops.slice(1).map(([top], i) => Math.round(top - (tops[i]?.[1] ?? 0)));
	assert.equal(new Set(gaps).size, 1, gaps.join(" "));
	await close();
});

test("links to files begin where their line begins", async () => {
	const { page, close } = await visit("/api/collections?f=html&lang=en", { viewport: { width: 1366, height: 768 } });
	const aside = await page.locator(".formats").evaluateAll((nodes) =>
		nodes.flatMap((node) => {
			const { left, top } = node.getBoundingClientRect();
			const begins = node.firstChild?.nodeName === "A" ? -1 : top + 12; // words come before the links of the first line
			const rows = new Map<number, number>();
			for (const link of node.querySelectorAll("a")) {
				const box = link.getBoundingClientRect();
				const row = Math.round(box.bottom / 8);
				if (box.top > begins) rows.set(row, Math.min(rows.get(row) ?? box.left, box.left));
			}
			return [...rows.values()].map((x) => Math.round(x - left)).filter((by) => by !== 0);
		}),
	);
	assert.deepEqual(aside, []);
	await close();
});

test("title, text and keys of the guide have one left edge where there is room for the numbers beside", async () => {
	const { page, close } = await visit("/guide?lang=en", { viewport: { width: 1366, height: 768 } });
	const lefts = await page
		.locator(".guide :is(h1, h2, p, dl)")
		.evaluateAll((nodes) => nodes.map((node) => Math.round(node.getBoundingClientRect().left)));
	assert.ok(lefts.length > 15);
	assert.equal(new Set(lefts).size, 1, lefts.join(" "));
	await close();
});

test("the map can be skipped, its step is said, and the focus can be seen", async () => {
	const { page, close } = await visit(`${ROUTE}?lang=en`);
	await ready(page);
	await page.keyboard.press("Tab");
	const skip = page.locator(".skip");
	assert.ok(await skip.evaluate((node) => node === document.activeElement));
	const box = await skip.boundingBox();
	assert.ok(box && box.y >= 0, "the link shows when it has the focus");
	await page.keyboard.press("Enter");
	assert.equal(await page.evaluate(() => document.activeElement?.id), "text");
	await page.locator("[data-step=next]").click();
	await page.waitForFunction(() => document.querySelector("[data-live]")?.textContent?.includes("Stop 1 of 6"));
	await page.keyboard.press("Tab");
	assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle), "none");
	await close();
});

test("the switch of languages opens by key and names every language in its own words", async () => {
	const { page, close } = await visit("/privacy?lang=en", { viewport: { width: 320, height: 640 } });
	await page.locator(".languages summary").focus();
	await page.keyboard.press("Enter");
	const links = page.locator("[data-language]");
	assert.equal(await links.count(), 8);
	for (const link of await links.all()) {
		const box = await link.boundingBox();
		assert.ok(box && box.x >= 0 && box.x + box.width <= 320 && box.height >= 24, JSON.stringify(box));
	}
	await close();
});

test("the open switch of languages closes on Escape and when its reader goes on", async () => {
	for (const where of ["/privacy", ROUTE, "/api/collections/stops/items?f=html"]) {
		const { page, close } = await visit(where);
		const [menu, summary] = [page.locator(".languages details"), page.locator(".languages summary")];
		await summary.focus();
		await page.keyboard.press("Enter");
		await page.keyboard.press("Tab");
		await page.keyboard.press("Escape");
		assert.equal(await menu.getAttribute("open"), null);
		assert.ok(await summary.evaluate((node) => node === document.activeElement), "the focus is where it opened");
		await page.keyboard.press("Enter");
		await page.locator("[data-language]").last().focus();
		assert.notEqual(await menu.getAttribute("open"), null);
		await page.keyboard.press("Tab");
		assert.equal(await menu.getAttribute("open"), null);
		await summary.click();
		await page.locator("h1").click();
		assert.equal(await menu.getAttribute("open"), null);
		await close();
	}
});

test("each stop of the focus has a name, and lines of the map are none", async () => {
	for (const where of ["/?lang=en&layers=route,movements,sites", "/api/collections/places/items?f=html"]) {
		const { page, close } = await visit(where, { viewport: { width: 1366, height: 768 } });
		await ready(page);
		const cdp = await page.context().newCDPSession(page);
		const { nodes } = (await cdp.send("Accessibility.getFullAXTree")) as {
			nodes: { role?: { value: string }; name?: { value: string }; properties?: { name: string }[] }[];
		};
		const stops = nodes.filter(({ properties }) => properties?.some(({ name }) => name === "focusable"));
		assert.ok(stops.length > 10, `${stops.length}`);
		const jumpedTo = ["RootWebArea", "generic", "main"];
		assert.deepEqual(
			stops
				.filter(({ role, name }) => !jumpedTo.includes(role?.value ?? "") && !name?.value)
				.map(({ role }) => role?.value),
			[],
		);
		await close();
	}
});

test("the name of each link to tiles has the word that is seen", async () => {
	const { page, close } = await visit("/api/collections?f=html&lang=en");
	const names = await page
		.locator("a[aria-label]:has(> code)")
		.evaluateAll((links) => links.map((link) => [link.textContent, link.getAttribute("aria-label")]));
	assert.ok(names.length > 5);
	for (const [seen, name] of names) assert.ok(name?.includes(seen ?? ""), `${name} lacks ${seen}`);
	await close();
});

test("who asks their system for less motion is told so before the map's script is there", async () => {
	for (const [reducedMotion, query, less] of [
		["reduce", "", "true"],
		["no-preference", "", "false"],
		["no-preference", "&motion=less", "true"],
	] as const) {
		const { page, close } = await site.open("about:blank", { reducedMotion });
		await page.route(/viewer-map/, () => undefined);
		await page.goto(`${site.address}${ROUTE}?lang=en${query}`, { waitUntil: "domcontentloaded" });
		assert.equal(await page.locator("[data-motion]").getAttribute("aria-checked"), less, query);
		await close();
	}
});

test("a page whose content has not the reader's language says so once, and marks the language of each text", async () => {
	const { page, close } = await visit(`${ROUTE}?lang=vi`);
	assert.equal(await page.locator("html").getAttribute("lang"), "vi");
	assert.match(await page.locator(".banner").innerText(), /Tiếng Anh/);
	assert.equal(await page.locator(".story .mark").count(), 0);
	assert.equal(await page.locator("h1").getAttribute("lang"), "en");
	await close();
});
