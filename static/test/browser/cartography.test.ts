import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { ROUTE, ready, startSite } from "./site.ts";

const site = await startSite();
const ALL = "layers=route,movements,sites";
const SIZES = [
	{ width: 390, height: 844 },
	{ width: 1366, height: 768 },
	{ width: 1920, height: 1080 },
];

/** Zooms step by step with a button until the map is there, and waits until it is drawn. */
async function zoomTo(page: Page, to: number): Promise<number> {
	const map = page.locator("#map");
	const zoom = async () => Number(await map.getAttribute("data-zoom"));
	for (let at = await zoom(); Math.abs(at - to) > 0.375; ) {
		const button = page.locator(at < to ? ".leaflet-control-zoom-in" : ".leaflet-control-zoom-out");
		if (((await button.getAttribute("aria-disabled")) ?? "false") === "true") break;
		await button.click();
		await page.waitForFunction((old) => Number(document.querySelector<HTMLElement>("#map")?.dataset.zoom) !== old, at);
		at = await zoom();
	}
	await ready(page);
	return zoom();
}

/** How many arrowheads the map has, and where those stand that are not upon a line. */
async function astray(page: Page): Promise<{ heads: number; away: object[] }> {
	return page.evaluate(() => {
		const lines = [...document.querySelectorAll<SVGPathElement>("path.flow-casing")];
		const heads = [...document.querySelectorAll(".map-chevron svg")].map((head) => {
			const { x, y, width, height } = head.getBoundingClientRect();
			return new DOMPoint(x + width / 2, y + height / 2);
		});
		const away = heads.filter(
			(head) =>
				!lines.some((line) => {
					const at = head.matrixTransform(line.getScreenCTM()?.inverse());
					return line.isPointInStroke(at);
				}),
		);
		return { heads: heads.length, away: away.map(({ x, y }) => ({ x, y })) };
	});
}

for (const zoom of [2, 3, 5, 6]) {
	test(`each leg bears an arrowhead at zoom ${zoom}, upon its line`, async () => {
		const { page, close } = await site.open(`${ROUTE}?lang=en`, { viewport: { width: 1920, height: 1080 } });
		await ready(page);
		const at = await zoomTo(page, zoom);
		const { heads, away } = await astray(page);
		assert.ok(heads >= (at < 5.5 ? 5 : 2), `${heads} arrowheads at zoom ${at}`);
		assert.deepEqual(away, []);
		await close();
	});
}

test("the scale has room for its number at every zoom", async () => {
	const { page, close } = await site.open("/api/collections/stops/items?f=html&lang=en", {
		viewport: { width: 390, height: 844 },
	});
	await ready(page);
	const scale = page.locator(".leaflet-control-scale-line");
	for (let zoom = 1.25; zoom <= 8; zoom += 0.75) {
		const at = await zoomTo(page, zoom);
		const { text, shown, needed } = await scale.evaluate((node) => ({
			text: node.textContent,
			shown: node.clientWidth,
			needed: node.scrollWidth,
		}));
		assert.ok(needed <= shown, `${text} needs ${needed} pixels of ${shown} at zoom ${at}`);
	}
	await close();
});

test("at zoom 10 what is in view of a leg still shows where it goes", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en&stop=bangkok`);
	await ready(page);
	await page.locator("#map").focus();
	const ring = page.locator(".leader circle");
	const zoom = async () => Number(await page.locator("#map").getAttribute("data-zoom"));
	while ((await zoom()) < 9.5) {
		const { x, y } = (await ring.boundingBox()) ?? { x: 0, y: 0 };
		const before = await zoom();
		await page.keyboard.down("Control");
		await page.mouse.move(x + 6, y + 6);
		await page.mouse.wheel(0, -120);
		await page.keyboard.up("Control");
		await page.waitForFunction(
			(old) => Number(document.querySelector<HTMLElement>("#map")?.dataset.zoom) > old,
			before,
		);
	}
	await ready(page);
	const { heads, away } = await astray(page);
	assert.ok(heads >= 1, `${heads}`);
	assert.deepEqual(away, []);
	await close();
});

test("no line of the map runs upon another", async () => {
	const { page, close } = await site.open("/?lang=en");
	await ready(page);
	assert.ok((await page.locator("path.flow").count()) > 10);
	for (const zoom of [4, 6]) {
		await zoomTo(page, zoom);
		const shared = await page.evaluate(() => {
			const lines = [...document.querySelectorAll<SVGPathElement>("path.flow")].map((line) => {
				const long = line.getTotalLength();
				const whole = Array.from({ length: 301 }, (_, i) => line.getPointAtLength((long * i) / 300));
				return { long, whole, inner: whole.slice(90, 210).filter((_, i) => i % 4 === 0) };
			});
			const shares = lines.flatMap((a, i) =>
				lines.slice(i + 1).map((b) => {
					if (a.long < 60 || b.long < 60) return 0;
					const near = a.inner.filter((p) => b.whole.some((q) => Math.hypot(p.x - q.x, p.y - q.y) < 3));
					return near.length / a.inner.length;
				}),
			);
			return Math.max(...shares);
		});
		assert.ok(shared <= 0.25, `at zoom ${zoom} two lines share ${shared} of their way`);
	}
	await close();
});

test("hatches differ by precision in how wide they stand or how they run", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en`);
	await ready(page);
	const form = (name: string) =>
		page.locator(`#hatch-${name}`).evaluate((node) => {
			const pattern = node as unknown as SVGPatternElement;
			return [pattern.width.baseVal.value, pattern.getAttribute("patternTransform")].join(" ");
		});
	const names = ["prefecture", "province", "country", "region"];
	const forms = await Promise.all(names.map(form));
	assert.equal(new Set(forms).size, names.length, forms.join(", "));
	const fills = await page
		.locator(".area.hatched")
		.evaluateAll((nodes) => [...new Set(nodes.map((node) => node.getAttribute("fill")))].sort());
	assert.deepEqual(fills, ["url(#hatch-country)", "url(#hatch-prefecture)", "url(#hatch-region)"]);
	for (const name of names) assert.equal(await page.locator(`[data-legend] [fill="url(#hatch-${name})"]`).count(), 1);
	await close();
});

for (const media of ["screen", "print"] as const) {
	test(`hatches are seen with forced colours on ${media}`, async () => {
		const { page, close } = await site.open(`${ROUTE}?lang=en`, { forcedColors: "active" });
		await page.emulateMedia({ media });
		await ready(page);
		const strokes = await page
			.locator("#hatch-country path")
			.evaluate((node) => [getComputedStyle(node).stroke, getComputedStyle(node).strokeOpacity]);
		assert.notEqual(strokes[0], "none");
		assert.ok(Number(strokes[1]) > 0.3);
		await close();
	});
}

for (const viewport of SIZES) {
	test(`a chosen stop is in the free part of the map at ${viewport.width}×${viewport.height}`, async () => {
		const { page, close } = await site.open(`${ROUTE}?lang=en`, { viewport });
		await ready(page);
		for (let i = 1; i <= 6; i++) {
			await page.locator("[data-step=next]").click();
			await page.locator(".tablet.is-selected").waitFor();
			await ready(page);
			await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
			const covered = await page.locator(".tablet.is-selected .tablet-number").evaluate((node) => {
				const { left, right, top, bottom } = node.getBoundingClientRect();
				const map = document.querySelector("#map")?.getBoundingClientRect() ?? new DOMRect();
				if (left < map.left || right > map.right || top < map.top || bottom > map.bottom) return "out of view";
				const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
				return seen === node ? "" : seen?.className;
			});
			assert.equal(covered, "", `stop ${i}`);
		}
		await close();
	});
}

test("no number is covered at any zoom", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en`);
	await ready(page);
	for (const zoom of [2, 3, 4, 5]) {
		await zoomTo(page, zoom);
		await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
		const covered = await page.locator(".tablet-number").evaluateAll((nodes) => {
			const map = document.querySelector("#map")?.getBoundingClientRect() ?? new DOMRect();
			return nodes
				.filter((node) => {
					const { x, y, width, height } = node.getBoundingClientRect();
					const inView = x > map.x && y > map.y && x + width < map.right && y + height < map.bottom;
					return inView && document.elementFromPoint(x + width / 2, y + height / 2) !== node;
				})
				.map((node) => {
					const { x, y, width, height } = node.getBoundingClientRect();
					return `${node.textContent} under ${document.elementFromPoint(x + width / 2, y + height / 2)?.outerHTML.slice(0, 90)}`;
				});
		});
		assert.deepEqual(covered, [], `zoom ${zoom}`);
	}
	await close();
});

/** Presses a stop's step and tells whether the map was seen on its way. */
async function moves(page: Page): Promise<boolean> {
	return page.evaluate(
		() =>
			new Promise<boolean>((done) => {
				const pane = document.querySelector("#map .leaflet-map-pane") as HTMLElement;
				let seen = false;
				const watch = new MutationObserver(() => {
					if (pane.classList.contains("leaflet-zoom-anim") || pane.classList.contains("leaflet-pan-anim")) seen = true;
				});
				watch.observe(pane, { attributes: true, attributeFilter: ["class"] });
				document.querySelector<HTMLElement>("[data-step=next]")?.click();
				requestAnimationFrame(() =>
					requestAnimationFrame(() => {
						watch.disconnect();
						done(seen);
					}),
				);
			}),
	);
}

for (const { width, height } of SIZES.slice(1)) {
	test(`labels are as wide as their words at ${width}×${height}, each in one line`, async () => {
		const { page, close } = await site.open(`${ROUTE}?lang=en`, { viewport: { width, height } });
		await ready(page);
		const labels = await page.locator(".tablet:not(.is-short)").evaluateAll((nodes) =>
			nodes.map((node) => {
				const words = [...node.querySelectorAll(".tablet-words > *")].filter((part) => part.checkVisibility());
				const lines = words.map((part) => {
					const range = document.createRange();
					range.selectNodeContents(part);
					return range.getBoundingClientRect();
				});
				const right = Math.max(...lines.map((line) => line.right));
				const { paddingRight, borderRightWidth } = getComputedStyle(node);
				const edge =
					node.getBoundingClientRect().right - Number.parseFloat(paddingRight) - Number.parseFloat(borderRightWidth);
				const broken = words.some((part) =>
					[...new Set([...part.getClientRects()].map(({ height: h }) => h))].some((h) => h > 26),
				);
				return { text: node.textContent, empty: Math.round(edge - right), broken };
			}),
		);
		assert.ok(labels.length >= 5);
		assert.deepEqual(
			labels
				.filter(({ empty, broken }) => empty > 2 || broken)
				.map(({ text, empty }) => `${text}: ${empty} pixels empty`),
			[],
		);
		await close();
	});
}

test("on a phone each label has its name, and one of two words is in one line", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en`, { viewport: { width: 390, height: 844 } });
	await ready(page);
	assert.equal(await page.locator(".tablet:not(.is-short)").count(), 6);
	const name = await page.locator("[data-map-stop] .tablet-name").first().boundingBox();
	assert.ok(name && name.height < 20, JSON.stringify(name));
	await close();
});

test("the switch for less motion has a name and a state, works by keyboard and stops all movement", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en`, { reducedMotion: "no-preference" });
	await ready(page);
	await page.locator("[data-step=next]").click();
	assert.ok(await moves(page), "at first the map moves");
	await page.getByRole("switch", { name: "Less motion", checked: false }).focus();
	await page.keyboard.press("Space");
	await page.getByRole("switch", { name: "Less motion", checked: true }).waitFor();
	assert.equal(new URL(page.url()).searchParams.get("motion"), "less");
	assert.ok(!(await moves(page)), "then it does not");
	assert.match((await page.locator("[data-language][lang=th]").getAttribute("href")) ?? "", /motion=less/);
	await page.reload();
	await page.getByRole("switch", { name: "Less motion", checked: true }).waitFor();
	assert.equal(await page.evaluate(() => localStorage.length + document.cookie.length), 0);
	await close();
});

test("who asks their system for less motion finds the switch on, and may switch it off", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en`);
	await ready(page);
	await page.locator("[data-step=next]").click();
	assert.ok(!(await moves(page)));
	await page.getByRole("switch", { name: "Less motion", checked: true }).click();
	assert.equal(new URL(page.url()).searchParams.get("motion"), "full");
	assert.ok(await moves(page));
	await close();
});

for (const [lang, words] of [
	["en", "not a path"],
	["th", "ไม่ใช่เส้นทางเดินจริง"],
	["my", "တကယ့်လမ်းများ မဟုတ်ပါ"],
	["zh-Hans", "不是实际路径"],
] as const) {
	test(`the legend says in ${lang} that a line is not a path, and leaves most of the map free`, async () => {
		const { page, close } = await site.open(`${ROUTE}?lang=${lang}&${ALL}`, { viewport: { width: 1366, height: 768 } });
		await ready(page);
		const legend = page.locator("[data-legend]");
		await legend.locator("summary").click();
		assert.ok((await legend.innerText()).includes(words));
		const [over, map] = [await legend.boundingBox(), await page.locator("#map").boundingBox()];
		const share = ((over?.width ?? 0) * (over?.height ?? 0)) / ((map?.width ?? 0) * (map?.height ?? 1));
		assert.ok(share < 0.33, `${share}`);
		await close();
	});
}
