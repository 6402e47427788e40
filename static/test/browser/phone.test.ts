import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { ROUTE, ready, startSite } from "./site.ts";

const site = await startSite();
const LANGUAGES = ["en", "my", "th", "zh-Hans", "ms", "vi"];
const SCREENS = [
	[390, 780],
	[360, 740],
	[320, 640],
	[412, 915],
] as const;

/** Where the part of the map that stays at the top ends, and where a stop's heading lies, in pixels of the window. */
function places(page: Page, stop: string) {
	return page.evaluate((id) => {
		const pin = document.querySelector(".stage-pin")?.getBoundingClientRect();
		const heading = document.querySelector(`#stop-${id} h3`)?.getBoundingClientRect();
		if (!pin || !heading) throw new Error("the page has no map or no such stop");
		return { pinned: pin.bottom, top: heading.top, bottom: heading.bottom, window: innerHeight };
	}, stop);
}

/**
 * Waits until a stop's heading lies below the map, which may get its height later, and the map stays in view and leaves room for the text.
 */
async function comesBelow(page: Page, stop: string, lang: string): Promise<void> {
	const isBelow = (id: string) => {
		const pin = document.querySelector(".stage-pin")?.getBoundingClientRect();
		const heading = document.querySelector(`#stop-${id} h3`)?.getBoundingClientRect();
		if (!pin || !heading) return false;
		const stays = pin.bottom > 100 && pin.bottom <= 0.55 * innerHeight;
		return stays && heading.top >= pin.bottom && heading.bottom <= innerHeight;
	};
	await page.waitForFunction(isBelow, stop, { timeout: 10_000 }).catch(async () => {
		assert.fail(`${lang}: ${JSON.stringify(await places(page, stop))}`);
	});
}

for (const [width, height] of SCREENS) {
	test(`a screen of ${width} × ${height} shows the chosen stop's heading below the map, in each language`, async () => {
		for (const lang of LANGUAGES) {
			const { page, close } = await site.open(`${ROUTE}?lang=${lang}&stop=bangkok`, { viewport: { width, height } });
			await ready(page);
			await page.evaluate(() => document.fonts.ready);
			await comesBelow(page, "bangkok", lang);
			await page.locator("[data-step=next]").click();
			await comesBelow(page, "malaysian-border", lang);
			await close();
		}
	});
}

test("a chosen stop comes below a map that takes its place later, and a reader who has moved on stays where they are", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en&stop=xishuangbanna`, {
		viewport: { width: 390, height: 780 },
	});
	await ready(page);
	const grow = (pixels: number) =>
		page.locator(".steps-at").evaluate((node, more) => {
			node.style.paddingBottom = `${more}px`;
		}, pixels);
	const heading = (below: boolean) =>
		page.waitForFunction((wanted) => {
			const pin = document.querySelector(".stage-pin:not(.is-too-high)")?.getBoundingClientRect().bottom;
			const top = document.querySelector("#stop-myanmar h3")?.getBoundingClientRect().top;
			return pin !== undefined && top !== undefined && top >= pin === wanted;
		}, below);
	await grow(200); // such as letters that are wide until their font comes
	await page.locator(".stage-pin.is-too-high").waitFor();
	await page.locator("[data-step=next]").click();
	await grow(0);
	await heading(true);
	await page.mouse.wheel(0, 400);
	await heading(false);
	await grow(10);
	await page.waitForFunction(
		() =>
			document.documentElement.style.getPropertyValue("--pinned") ===
			`${document.querySelector<HTMLElement>(".stage-pin")?.offsetHeight}px`,
	);
	await heading(false);
	await close();
});

test("a map that would take more than half of the screen does not stay there", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=my&stop=bangkok`, { viewport: { width: 320, height: 640 } });
	await ready(page);
	await page.locator(".steps-at").evaluate((node) => {
		node.style.fontSize = "3rem";
	});
	await page.locator(".stage-pin.is-too-high").waitFor();
	await page.locator("[data-step=next]").click();
	const { pinned, top } = await places(page, "malaysian-border");
	assert.ok(pinned <= 0 && top >= 0, JSON.stringify([pinned, top]));
	await close();
});

for (const [width, height, lang] of [
	[390, 780, "en"],
	[320, 640, "my"],
	[640, 400, "en"],
	[320, 256, "en"],
	[1000, 800, "en"],
] as const) {
	test(`no key leads the focus under what stays in view at ${width} × ${height}, in ${lang}`, async () => {
		const { page, close } = await site.open(`${ROUTE}?lang=${lang}`, { viewport: { width, height } });
		await ready(page);
		const hidden: string[] = [];
		let links = 0;
		for (const key of ["Tab", "Shift+Tab"]) {
			await page.locator(key === "Tab" ? ".skip" : ".colophon a >> nth=-1").focus();
			for (let i = 0; i < 110; i++) {
				await page.keyboard.press(key);
				const seen = await page.evaluate(() => {
					const node = document.activeElement as HTMLElement;
					if (node === document.body) return "end";
					if (!node.matches(".story a, .more a")) return "";
					const box = node.getClientRects()[0] as DOMRect;
					const spots = [0.1, 0.5, 0.9].map((share) =>
						document.elementFromPoint(box.left + box.width * share, box.top + box.height / 2),
					);
					const free = spots.some((spot) => spot && (node.contains(spot) || spot.contains(node)));
					return free ? "seen" : `${node.textContent.trim().slice(0, 30)} at ${Math.round(box.top)}`;
				});
				if (seen === "end") break;
				links += Number(seen !== "");
				if (seen !== "" && seen !== "seen") hidden.push(`${key} ${seen}`);
			}
		}
		assert.ok(links > 100, `${links}`);
		assert.deepEqual(hidden, []);
		await close();
	});
}

test("the bar of steps keeps its words whole on the smallest phone", async () => {
	for (const lang of ["en", "my", "ms", "km"]) {
		const { page, close } = await site.open(`${ROUTE}?lang=${lang}&stop=bangkok`, {
			viewport: { width: 320, height: 640 },
		});
		await ready(page);
		const [bar, words] = [await page.locator(".steps").boundingBox(), await page.locator(".steps-at").boundingBox()];
		assert.ok(bar && words && bar.height < 100 && words.width > 110, `${lang}: ${JSON.stringify([bar, words])}`);
		await close();
	}
});

test("the legend stays closed until its reader opens it, and then lies on the map", async () => {
	for (const width of [1000, 1366, 1920]) {
		const { page, close } = await site.open(`${ROUTE}?lang=en`, { viewport: { width, height: 768 } });
		await ready(page);
		assert.equal(await page.locator("[data-legend][open]").count(), 0, `${width}`);
		assert.ok(await page.locator(".map-warns").isVisible(), "that a line is not a path is said under the map");
		const [map, says] = [
			await page.locator("[data-frame]").boundingBox(),
			await page.locator(".map-says").boundingBox(),
		];
		await page.locator("[data-legend] summary").click();
		const legend = await page.locator("[data-legend][open]").boundingBox();
		assert.ok(map && says && legend, "all are shown");
		assert.ok(Math.abs(map.y + map.height - says.y) < 1, "the map reaches to its source");
		assert.ok(legend.y >= map.y && legend.y + legend.height <= says.y, "the legend lies on the map");
		await close();
	}
});

test("the buttons of the bar of steps stay where they are when a stop is chosen", async () => {
	for (const forcedColors of ["none", "active"] as const) {
		const { page, close } = await site.open(`${ROUTE}?lang=en`, {
			viewport: { width: 1366, height: 768 },
			forcedColors,
		});
		const places = () =>
			page.locator("[data-steps] button").evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().x));
		const before = await places();
		await ready(page);
		assert.deepEqual(await places(), before, "at the first sign of a reader");
		await page.locator("[data-step=next]").click();
		await page.locator("[data-step=all][aria-pressed=false]").waitFor();
		assert.deepEqual(await places(), before, "when a stop is chosen");
		await close();
	}
});

test("words stand in the middle of the buttons that share and leave, in every script", async () => {
	for (const lang of ["en", "th", "my", "lo", "km", "zh-Hans"]) {
		const { page, close } = await site.open(`${ROUTE}?lang=${lang}`, { viewport: { width: 390, height: 844 } });
		for (const button of [".leave", ".share summary"]) {
			const [above, below] = await page.locator(button).evaluate((node) => {
				const words = document.createRange();
				words.selectNode(node.firstChild as Node);
				const [own, box] = [words.getBoundingClientRect(), node.getBoundingClientRect()];
				return [own.top - box.top, box.bottom - own.bottom] as const;
			});
			assert.ok(Math.abs(above - below) <= 1.5, `${lang} ${button}: ${above} above, ${below} below`);
		}
		await close();
	}
});

test("on a narrow map a whole label stands near to what it is of", async () => {
	const { page, close } = await site.open("/api/collections/stops/items?f=html&lang=my", {
		viewport: { width: 390, height: 780 },
	});
	await ready(page);
	// Letters that come late change how high labels are, and then these are placed anew.
	await page.waitForFunction(() => {
		const labels = [...document.querySelectorAll<HTMLElement>(".tablet")];
		const leaders = [...document.querySelectorAll(".leader line")];
		return (
			labels.length === 6 &&
			labels.every((label, i) => {
				const [x, y] = ["x2", "y2"].map((name) => Number(leaders[i]?.getAttribute(name)));
				return label.matches(".is-short") || Math.hypot(x ?? 0, y ?? 0) <= 2.5 * label.offsetHeight;
			})
		);
	});
	assert.ok((await page.locator(".tablet:not(.is-short)").count()) >= 4);
	await close();
});

test("the buttons of an embed lie on no picture, and the picture keeps its size when the map comes", async () => {
	for (const [width, height, lang] of [
		[390, 780, "en"],
		[360, 640, "vi"],
		[800, 640, "ms"],
	] as const) {
		const { page, close } = await site.open(`/embed/yunnan?lang=${lang}`, { viewport: { width, height } });
		const frame = await page.locator("[data-frame]").boundingBox();
		for (const button of ["[data-start]", "[data-full]"]) {
			const box = await page.locator(button).boundingBox();
			assert.ok(frame && box && box.y >= frame.y + frame.height, `${button} ${JSON.stringify([frame, box])}`);
		}
		assert.ok(frame && frame.height > 200, JSON.stringify(frame));
		assert.ok(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight), "nothing scrolls");
		await page.locator("[data-start]").click();
		await ready(page);
		const moving = await page.locator("[data-frame]").boundingBox();
		assert.ok(moving && Math.abs(moving.height - frame.height) < 5, JSON.stringify([frame, moving]));
		await close();
	}
});

test("with the largest letters of a browser no page is wider than the screen", async () => {
	for (const path of ["/", ROUTE, "/guide", `${ROUTE}/handout`, "/api/collections/stops/items?f=html"]) {
		const { page, close } = await site.open(path, { viewport: { width: 390, height: 844 }, locale: "en" });
		const wide = await page.evaluate(() => {
			document.documentElement.style.fontSize = "34px"; // what pages have where 32 pixels are chosen
			return document.documentElement.scrollWidth;
		});
		assert.ok(wide <= 390, `${path} is ${wide} pixels wide`);
		await close();
	}
});
