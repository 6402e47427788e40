import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { extract } from "@extractus/oembed-extractor";
import { type Framed, frameOn } from "./host.ts";
import { addHotline, ROUTE, startSite, watchShifts } from "./site.ts";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const site = await startSite();
const src = (query = "lang=en") => `src="${site.address}/embed/yunnan?${query}"`;
const STYLE = 'style="width:100%;height:640px;border:0"';
const MOST_BEFORE = 4;
const MOST_AFTER = 16;
const HEAVIEST_BEFORE = 60 * 1024;
const HEAVIEST_AFTER = 200 * 1024;

/** Waits until the still map is there, as a reader sees it first. */
async function still({ frame }: Framed): Promise<void> {
	const image = frame.locator("[data-still] img");
	await image.waitFor();
	assert.ok(await image.evaluate(async (node: HTMLImageElement) => node.decode().then(() => node.naturalWidth > 0)));
}

async function wake({ frame }: Framed): Promise<void> {
	await frame.locator("[data-start]").click();
	await frame.locator("[data-embed][data-moving]").waitFor();
	await frame.locator("[data-frame][aria-busy=false]").waitFor();
}

/** Has a mouse over each line of the map, from its start to its end, and gives the tips that the frame cuts off. */
function cutTips({ frame }: Framed): Promise<string[]> {
	return frame.locator("#map").evaluate((map) => {
		const edge = map.getBoundingClientRect();
		const cut: string[] = [];
		for (const line of map.querySelectorAll<SVGPathElement>("path.flow-hit")) {
			for (const share of [0.1, 0.3, 0.5, 0.7, 0.9]) {
				const { x, y } = line
					.getPointAtLength(line.getTotalLength() * share)
					.matrixTransform(line.getScreenCTM() ?? undefined);
				const at = { bubbles: true, clientX: x, clientY: y };
				for (const name of ["mouseover", "mousemove"]) line.dispatchEvent(new MouseEvent(name, at));
				const tip = map.querySelector(".map-tip");
				const box = tip?.getBoundingClientRect();
				const whole =
					box && box.left >= edge.left && box.right <= edge.right && box.top >= edge.top && box.bottom <= edge.bottom;
				if (!whole) cut.push(`${tip?.textContent} at ${x}`);
				line.dispatchEvent(new MouseEvent("mouseout", at));
			}
		}
		return cut;
	});
}

for (const width of [280, 480, 1200]) {
	for (const sandbox of ["", 'sandbox="allow-scripts"']) {
		test(`a frame of ${width} pixels ${sandbox} shows the picture, then the map, and asks for little`, async () => {
			const framed = await frameOn(site, `${src()} ${STYLE} ${sandbox}`, { viewport: { width, height: 700 } });
			await still(framed);
			assert.ok(framed.asked.length <= MOST_BEFORE, framed.asked.join(" "));
			assert.ok(!framed.asked.some((path) => path.includes(".json") || path.includes("/tiles/")));
			await wake(framed);
			assert.equal(await framed.frame.locator("[data-map-stop]").count(), 6);
			assert.ok(framed.asked.length <= MOST_AFTER, framed.asked.join(" "));
			const wide = await framed.frame.locator("html").evaluate((node) => node.scrollWidth - node.clientWidth);
			assert.ok(wide <= 0, "nothing scrolls sideways");
			assert.deepEqual(await cutTips(framed), [], "the whole tip of each line is seen");
			assert.deepEqual(framed.problems, []);
			await framed.close();
		});
	}
}

test("a frame without an origin keeps nothing, steps, and gives the address it may not open", async () => {
	const framed = await frameOn(site, `${src()} ${STYLE} sandbox="allow-scripts"`);
	const { frame, page } = framed;
	await still(framed);
	assert.equal(await frame.locator("html").evaluate(() => self.origin), "null");
	await frame.locator("[data-step=next]").click();
	await frame.locator("[data-embed][data-moving]").waitFor();
	await frame.locator("[data-map-stop=interior-provinces][aria-current=true]").waitFor();
	assert.match(await frame.locator("[data-told]").innerText(), /Interior provinces[\s\S]*2008/);
	assert.equal(await frame.locator("[data-live]").textContent(), "Stop 1 of 6: Interior provinces");
	for (const key of ["Alt+ArrowRight", "ArrowDown", "ArrowDown"]) await frame.locator("[data-step=next]").press(key);
	assert.equal(await frame.locator("[data-live]").textContent(), "Stop 3 of 6: Myanmar");
	await frame.locator("[data-map-stop=bangkok]").click();
	await frame.locator("[data-told] h3", { hasText: "Bangkok" }).waitFor();
	await frame.locator("[data-out]").click();
	assert.match(await frame.locator("[data-blocked]").innerText(), /\/routes\/yunnan\?lang=en$/);
	assert.equal(page.context().pages().length, 1);
	assert.deepEqual(await page.context().cookies(), []);
	await framed.close();
});

test("in a narrow frame the focus stays in the bar of steps when the whole route is shown again", async () => {
	const framed = await frameOn(site, `${src("lang=en&stop=bangkok")} ${STYLE}`, {
		viewport: { width: 390, height: 700 },
	});
	await still(framed);
	await wake(framed);
	await framed.frame.locator("[data-step=all]").press("Enter");
	await framed.frame.locator("[data-step-text]", { hasText: "Whole route" }).waitFor();
	assert.ok(await framed.frame.locator("[data-step=next]:focus").isVisible());
	await framed.close();
});

test("nothing in a frame scrolls before its reader opens the text", async () => {
	for (const lang of ["en", "my"]) {
		const framed = await frameOn(site, `${src(`lang=${lang}`)} ${STYLE}`, { viewport: { width: 900, height: 700 } });
		await still(framed);
		assert.equal(await framed.frame.locator("html").evaluate((node) => node.scrollHeight - node.clientHeight), 0, lang);
		await framed.close();
	}
});

test("a frame that is put away while its map is on the way shows the whole route when it comes back", async () => {
	const framed = await frameOn(site, `${src()} ${STYLE}`);
	await still(framed);
	const display = (value: string) =>
		framed.page.locator("iframe").evaluate((node, to) => {
			node.style.display = to;
		}, value);
	await framed.page.route(/embed-map-.*\.js/, async (route) => {
		await display("none");
		await route.continue();
	});
	const features = framed.page.waitForResponse(/yunnan\.json/);
	await framed.frame.locator("[data-start]").click();
	await (await features).finished();
	await framed.page.evaluate(() => new Promise((done) => setTimeout(done)));
	await display("");
	await framed.frame.locator("[data-embed][data-moving]").waitFor();
	const outside = await framed.frame.locator("#map").evaluate((map) => {
		const { top, right, bottom, left } = map.getBoundingClientRect();
		return [...map.querySelectorAll("[data-map-stop]")].filter((stop) => {
			const box = stop.getBoundingClientRect();
			return box.left < left || box.right > right || box.top < top || box.bottom > bottom;
		}).length;
	});
	assert.equal(outside, 0);
	await framed.close();
});

test("without the bar of steps a stop on the map tells its text, and chosen once more leads back", async () => {
	const framed = await frameOn(site, `${src("lang=en&controls=off")} ${STYLE}`);
	await wake(framed);
	const stop = framed.frame.locator("[data-map-stop=bangkok]");
	await stop.click();
	await framed.frame.locator("[data-told] h3", { hasText: "Bangkok" }).waitFor();
	await framed.frame.locator("[data-map-stop=bangkok][aria-current=true]").click();
	await framed.frame.locator("[data-told]").waitFor({ state: "hidden" });
	assert.equal(await stop.getAttribute("aria-current"), null);
	assert.deepEqual(framed.problems, []);
	await framed.close();
});

test("an embed with programmes shows the lines between the parts of its own places, and whole names", async () => {
	const framed = await frameOn(site, `${src("lang=en&layers=sites")} ${STYLE}`, {
		viewport: { width: 800, height: 700 },
	});
	await wake(framed);
	assert.equal(await framed.frame.locator("path.parts:not(.is-site)").count(), 1, "of the first stop");
	assert.equal(await framed.frame.locator("path.parts.is-site").count(), 2, "of the programmes");
	const cut = await framed.frame.locator(".site-tablet:not(.is-short)").evaluateAll((nodes) => ({
		all: nodes.length,
		cut: nodes.filter((node) => node.scrollWidth > node.clientWidth).map((node) => node.textContent),
	}));
	assert.ok(cut.all > 2 && cut.cut.length === 0, JSON.stringify(cut));
	assert.deepEqual(framed.problems, []);
	await framed.close();
});

test("a frame that may open windows opens the full page in one", async () => {
	const framed = await frameOn(site, `${src()} ${STYLE}`);
	await still(framed);
	const [opened] = await Promise.all([framed.page.waitForEvent("popup"), framed.frame.locator("[data-out]").click()]);
	await opened.waitForURL(/\/routes\/yunnan\?lang=en$/);
	assert.equal(await opened.evaluate(() => document.referrer), "");
	assert.ok(await framed.frame.locator("[data-blocked]").isHidden());
	await framed.close();
});

for (const scroll of ["page", "map"]) {
	test(`the wheel over a map nobody entered scrolls the page around it (scroll=${scroll})`, async () => {
		const framed = await frameOn(site, `${src(`lang=en&scroll=${scroll}`)} ${STYLE}`, {
			viewport: { width: 900, height: 700 },
		});
		await still(framed);
		await framed.page.mouse.move(450, 400);
		await framed.page.mouse.wheel(0, 200);
		await framed.page.waitForFunction(() => scrollY >= 150);
		await wake(framed);
		await framed.page.mouse.move(5, 690);
		await framed.page.mouse.move(450, 300);
		const before = await framed.page.evaluate(() => scrollY);
		await framed.page.mouse.wheel(0, 200);
		await framed.page.waitForFunction((y) => scrollY > y, before);
		await framed.close();
	});
}

test("a map that was entered zooms by the wheel where the page wants that, until Escape", async () => {
	const framed = await frameOn(site, `${src("lang=en&scroll=map")} ${STYLE}`, {
		viewport: { width: 900, height: 700 },
	});
	await still(framed);
	await wake(framed);
	const map = framed.frame.locator("#map");
	const zoom = () => map.getAttribute("data-zoom");
	await map.focus();
	const box = await map.boundingBox();
	await framed.page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + (box?.height ?? 0) - 60);
	const at = await zoom();
	await framed.page.mouse.wheel(0, -300);
	await framed.frame.locator(`#map:not([data-zoom="${at}"])`).waitFor();
	await framed.page.keyboard.press("Escape");
	const [left, y] = [await zoom(), await framed.page.evaluate(() => scrollY)];
	await framed.page.mouse.wheel(0, 200);
	await framed.page.waitForFunction((was) => scrollY > was, y);
	assert.equal(await zoom(), left);
	await framed.close();
});

test("the keyboard goes into the frame, through it and out again", async () => {
	const framed = await frameOn(site, `${src()} ${STYLE}`);
	await still(framed);
	await framed.page.locator("#before").focus();
	const been: string[] = [];
	for (let i = 0; i < 60; i++) {
		await framed.page.keyboard.press("Tab");
		if ((await framed.page.evaluate(() => document.activeElement?.id)) === "after") break;
		been.push(
			await framed.frame.locator(":focus").evaluateAll((nodes) => nodes.map((n) => n.outerHTML.slice(0, 60)).join()),
		);
	}
	assert.equal(await framed.page.evaluate(() => document.activeElement?.id), "after", been.join("\n"));
	assert.ok(
		been.some((html) => html.includes("data-out") || html.includes("<a href")),
		been.join("\n"),
	);
	await framed.page.keyboard.press("Shift+Tab");
	assert.notEqual(await framed.page.evaluate(() => document.activeElement?.id), "after");
	await framed.close();
});

for (const sandbox of ["", 'sandbox="allow-scripts"']) {
	test(`with the small script the frame grows with its text and shrinks again ${sandbox}`, async () => {
		const script = `<script src="${site.address}/embed.js" async></script>`;
		const bounded = STYLE.replace("border", "max-height:660px;border"); // as the line to paste has it
		const framed = await frameOn(site, `${src()} ${bounded} ${sandbox}`, {}, script);
		await still(framed);
		const height = () => framed.page.locator("iframe").evaluate((node) => node.clientHeight);
		assert.equal(await height(), 640);
		await framed.frame.locator("[data-text] summary").click();
		await framed.page.waitForFunction(() => (document.querySelector("iframe")?.clientHeight ?? 0) > 1200);
		const inside = await framed.frame.locator("html").evaluate((node) => node.scrollHeight - node.clientHeight);
		assert.ok(inside <= 1, `${inside} pixels do not fit`);
		await framed.frame.locator("[data-text] summary").click();
		await framed.page.waitForFunction(() => document.querySelector("iframe")?.clientHeight === 640);
		await framed.page.evaluate(() => postMessage({ corridorExtra: 5000 }, "*")); // from somebody else
		await framed.page.evaluate(() => new Promise((done) => setTimeout(done)));
		assert.equal(await height(), 640);
		await framed.close();
	});
}

test("the small script lets a frame grow that has told of its text before the script was there", async () => {
	const framed = await frameOn(site, `${src()} ${STYLE}`);
	await framed.page.evaluate(() => {
		const seen = window as unknown as { extra: number };
		addEventListener("message", ({ data }) => (seen.extra = data.corridorExtra));
	});
	await framed.frame.locator("[data-text] summary").click();
	await framed.page.waitForFunction(() => (window as unknown as { extra: number }).extra > 0);
	await framed.page.addScriptTag({ url: `${site.address}/embed.js` });
	await framed.page.waitForFunction(() => (document.querySelector("iframe")?.clientHeight ?? 0) > 1200);
	await framed.close();
});

test("a frame that has grown is as high as its page made it when it is moved or shows another embed", async () => {
	const script = `<script src="${site.address}/embed.js" async></script>`;
	const marked = 'data-height="640"'; // as tools of pages leave it there
	const framed = await frameOn(site, `${src()} ${STYLE} ${marked}`, {}, script);
	const grown = () => framed.page.waitForFunction(() => (document.querySelector("iframe")?.clientHeight ?? 0) > 1200);
	const fits = (height: number) =>
		framed.page.waitForFunction((h) => document.querySelector("iframe")?.clientHeight === h, height);
	// By key: a pointer may miss a line that moves, since the frame hears of its height later than its page.
	const toggle = () => framed.frame.locator("[data-text] summary").press("Enter");
	await toggle();
	await grown();
	await framed.page.locator("iframe").evaluate((node) => document.body.prepend(node));
	await fits(640);
	await toggle();
	await grown();
	await framed.page.locator("iframe").evaluate((node: HTMLIFrameElement) => {
		node.src = node.src.replace("lang=en", "lang=th");
	});
	await fits(640);
	await framed.frame.locator("html[lang=th]").waitFor();
	await framed.page.locator("iframe").evaluate((node) => {
		node.style.height = "700px";
	});
	await toggle();
	await grown();
	await toggle();
	await fits(700);
	await framed.close();
});

test("a frame to which its page gives no room for the text stays as it was and scrolls by itself", async () => {
	const script = `<script src="${site.address}/embed.js" async></script>`;
	const framed = await frameOn(site, `${src()} ${STYLE}`, { viewport: { width: 800, height: 700 } }, script);
	const iframe = framed.page.locator("iframe");
	const filling = "position:absolute;inset:0;width:100%;height:100%;border:0";
	for (const [around, own, css] of [
		["position:relative;padding-top:80%;overflow:hidden", filling, ""],
		["position:relative;padding-top:80%", filling, ""],
		["display:flex;height:640px", "width:100%;height:640px;border:0", ""],
		["", "width:100%;height:640px;border:0", "iframe{height:500px!important}"],
	] as const) {
		await iframe.evaluate(
			(node, [box, style, rules]) => {
				const wrapper = document.createElement("div");
				wrapper.style.cssText = box;
				node.style.cssText = style;
				const sheet = document.createElement("style");
				sheet.textContent = rules;
				document.querySelector("#before")?.after(wrapper);
				wrapper.append(sheet, node);
				const seen = window as unknown as { extra: number };
				seen.extra = 0;
				addEventListener("message", ({ data }) => (seen.extra = data.corridorExtra));
			},
			[around, own, css] as const,
		);
		await still(framed);
		const height = await iframe.evaluate((node) => node.clientHeight);
		await framed.frame.locator("[data-text] summary").press("Enter");
		await framed.page.waitForFunction(() => (window as unknown as { extra: number }).extra > 500);
		assert.equal(await iframe.evaluate((node) => node.clientHeight), height, around + css);
		const inside = await framed.frame.locator("html").evaluate((node) => ({
			scrolls: node.scrollHeight - node.clientHeight,
			extra: getComputedStyle(node).getPropertyValue("--extra"),
		}));
		assert.ok(inside.scrolls > 500 && /^(0px)?$/.test(inside.extra), `${around + css}: ${JSON.stringify(inside)}`);
	}
	await framed.close();
});

test("a low and wide frame, which made higher would have the text of a stop beside its map, asks for no room for that", async () => {
	const low = STYLE.replace("640px", "340px");
	const framed = await frameOn(site, `${src()} ${low}`, { viewport: { width: 1000, height: 700 } });
	await still(framed);
	await framed.page.evaluate(() => {
		const seen = window as unknown as { told: number[] };
		seen.told = [];
		addEventListener("message", ({ data }) => seen.told.push(data.corridorExtra));
	});
	await framed.frame.locator("[data-step=next]").click();
	await framed.frame.locator("[data-told]").waitFor();
	await framed.page.evaluate(() => frames[0]?.postMessage({ corridorAsks: true }, "*"));
	const heard = () => (window as unknown as { told: number[] }).told;
	await framed.page.waitForFunction(() => (window as unknown as { told: number[] }).told.length > 0);
	assert.deepEqual(new Set(await framed.page.evaluate(heard)), new Set([0]));
	await framed.close();
});

test("the line that is pasted gives a frame its size where styles are forbidden, and the shape of a map where not", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en`);
	const line = await page.locator("textarea", { hasText: "<iframe" }).first().inputValue();
	await close();
	for (const [policy, width, height] of [
		["style-src 'none'", 800, 640],
		["style-src 'unsafe-inline'", 1000, 800],
	] as const) {
		const context = await site.browser.newContext({ viewport: { width: 1000, height: 1200 } });
		const host = await context.newPage();
		await host.setContent(`<meta http-equiv="Content-Security-Policy" content="${policy}"><body>${line}</body>`);
		const box = await host.locator("iframe").boundingBox();
		assert.ok(
			box && Math.abs(box.width - width) <= 16 && Math.abs(box.height - height) <= 16,
			`${policy}: ${JSON.stringify(box)}`,
		);
		await context.close();
	}
});

test("without JavaScript there are the picture and every stop as text", async () => {
	const framed = await frameOn(site, `${src()} ${STYLE}`, { javaScriptEnabled: false });
	const { frame } = framed;
	await frame.locator("[data-still] img").waitFor();
	const whole = await frame.locator("[data-still] img").evaluate((img) => {
		const [inner, outer] = [img, img.closest(".map-frame")].map((node) => node?.getBoundingClientRect());
		return !!inner && !!outer && inner.bottom <= outer.bottom + 1 && inner.right <= outer.right + 1;
	});
	assert.ok(whole, "the whole picture is seen");
	assert.ok(await frame.locator("[data-steps]").isHidden());
	assert.ok(await frame.locator("[data-start]").isHidden());
	await frame.locator("[data-text] summary").click();
	assert.equal(await frame.locator("ol.embed-stops > li").count(), 6);
	assert.ok(await frame.locator("ol.embed-stops > li").last().isVisible());
	assert.deepEqual(await frame.locator("ol.embed-stops > li > h3").allInnerTexts(), [
		"Interior provinces",
		"Xishuangbanna",
		"Myanmar",
		"Thailand",
		"Bangkok",
		"Thai-Malaysian border",
	]);
	await framed.close();
});

test("a page that is no embed does not show in a frame of others", async () => {
	const framed = await frameOn(site, `src="${site.address}${ROUTE}" ${STYLE}`);
	await framed.page.waitForLoadState("networkidle");
	assert.equal(await framed.frame.locator("[data-stop]").count(), 0);
	await framed.close();
});

for (const [lang, colorScheme] of [
	["en", "light"],
	["my", "dark"],
] as const) {
	test(`axe finds nothing in the embed in ${lang}, ${colorScheme}, before and after`, async () => {
		const { page, close } = await site.open(`/embed/yunnan?lang=${lang}&stop=bangkok`, { colorScheme });
		for (const moving of [false, true]) {
			if (moving) {
				await page.locator("[data-start]").click();
				await page.locator("[data-embed][data-moving]").waitFor();
			}
			const cdp = await page.context().newCDPSession(page);
			await cdp.send("Runtime.evaluate", { expression: axe });
			const found = await page.evaluate(async () => {
				const { axe } = window as unknown as {
					axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
				};
				const { violations } = await axe.run();
				return violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html.slice(0, 120)).join(" ")}`);
			});
			assert.deepEqual(found, []);
		}
		await close();
	});
}

for (const lang of ["en", "zh-Hans", "th", "my", "km"]) {
	for (const width of [300, 1200]) {
		test(`the embed in ${lang}, ${width} pixels wide, weighs little before it is touched and after`, async () => {
			const { page, close } = await site.open("about:blank", { viewport: { width, height: 640 } });
			const cdp = await page.context().newCDPSession(page);
			await cdp.send("Network.enable");
			let bytes = 0;
			cdp.on("Network.loadingFinished", ({ encodedDataLength }) => {
				bytes += encodedDataLength; // with the headers
			});
			await page.goto(`${site.address}/embed/yunnan?lang=${lang}`, { waitUntil: "networkidle" });
			assert.ok(bytes > 10_000 && bytes <= HEAVIEST_BEFORE, `${bytes} bytes before`);
			await page.locator("[data-start]").click();
			await page.locator("[data-embed][data-moving]").waitFor();
			await page.locator("[data-frame][aria-busy=false]").waitFor();
			await page.evaluate(() => document.fonts.ready);
			assert.ok(bytes > HEAVIEST_BEFORE && bytes <= HEAVIEST_AFTER, `${bytes} bytes after`);
			await close();
		});
	}
}

test("letters that a device lacks come to who looks at the embed and does nothing, on a slow line too", async () => {
	const { page, close } = await site.open("about:blank");
	await page.addInitScript(() => {
		Object.defineProperty(navigator, "connection", { value: { effectiveType: "3g" } });
	});
	const font = page.waitForResponse(/noto-sans-myanmar.*woff2/);
	await page.goto(`${site.address}/embed/yunnan?lang=my`);
	await font;
	assert.equal(await page.locator("[data-embed][data-moving]").count(), 0);
	const [still, frame] = [
		await page.locator("[data-still] img").boundingBox(),
		await page.locator("[data-frame]").boundingBox(),
	];
	assert.equal(still?.height, frame?.height, "the still map fills its frame with that sheet too");
	await close();
});

test("a map that nobody has asked for fails in silence; who asks for it then hears of it and has it once it can be read", async () => {
	const { page, close } = await site.open("about:blank");
	await page.clock.install();
	await page.route(/yunnan\.json/, (route) => route.abort());
	await page.goto(`${site.address}/embed/yunnan?lang=en`);
	while ((await page.locator('script[src*="embed-map"]').count()) === 0) await page.clock.fastForward(8000);
	const start = page.locator("[data-start][aria-busy=false]");
	await start.waitFor();
	assert.equal(await page.locator("[data-status]").textContent(), "");
	await start.click();
	const again = page.locator("[data-status] [data-failed] button");
	await again.waitFor();
	await page.unroute(/yunnan\.json/);
	await again.click();
	await page.locator("[data-embed][data-moving]").waitFor();
	await close();
});

test("nothing moves in the embed while it opens", async () => {
	const { page, close } = await site.open("about:blank");
	const shift = await watchShifts(page);
	await page.goto(`${site.address}/embed/yunnan?lang=en`);
	await page.locator("[data-start]").click();
	await page.locator("[data-embed][data-moving]").waitFor();
	await page.locator("[data-frame][aria-busy=false]").waitFor();
	assert.ok((await shift()) < 0.001);
	await close();
});

test("a screen reader hears the route as a document with names for each control", async () => {
	const { page, close } = await site.open("/embed/yunnan?lang=en");
	await page.locator("[data-text] summary").click();
	const tree = await page.locator("body").ariaSnapshot();
	for (const want of [
		'heading "From China’s interior provinces to the Thai\u2011Malaysian border" [level=1]',
		'img "Still map of the route',
		'button "Next stop"',
		'link "Open the full page"',
		'button "Move the map"',
		'heading "Bangkok" [level=3]',
	]) {
		assert.ok(tree.includes(want), `${want}\n${tree.slice(0, 2000)}`);
	}
	await close();
});

test("the embed works in forced colours", async () => {
	const { page, close } = await site.open("/embed/yunnan?lang=en", { forcedColors: "active" });
	const border = await page.locator("[data-step=next]").evaluate((node) => getComputedStyle(node).borderStyle);
	assert.equal(border, "solid");
	await close();
});

for (const theme of ["auto", "dark"]) {
	test(`on paper the still map of an embed stands for the one that moves, black on white (theme=${theme})`, async () => {
		const { page, close } = await site.open(`/embed/yunnan?lang=en&theme=${theme}`);
		const still = page.locator("[data-still] img");
		const onPaper = async () => {
			await page.emulateMedia({ media: "print" });
			await page.waitForFunction(() => {
				const node = document.querySelector<HTMLImageElement>("[data-still] img");
				return node?.complete && /theme=print/.test(node.currentSrc);
			});
			assert.ok(await still.isVisible());
			assert.ok(await page.locator(".map-warns").isVisible());
			assert.ok(await page.locator("#map").isHidden());
			for (const away of [".steps", "[data-start]", "[data-out]", ".leaflet-control-container"])
				assert.equal(await page.locator(away).filter({ visible: true }).count(), 0, away);
			const { color, height } = await page.locator("[data-embed]").evaluate((node) => ({
				color: getComputedStyle(node).color,
				height: getComputedStyle(node).minHeight,
			}));
			assert.deepEqual([color, height], ["rgb(0, 0, 0)", "0px"]);
			const [image, frame] = [await still.boundingBox(), await page.locator("[data-frame]").boundingBox()];
			assert.ok(
				image && frame && image.height > 300 && image.height <= frame.height + 1,
				JSON.stringify([image, frame]),
			);
			await page.emulateMedia({ media: "screen" });
		};
		await onPaper();
		await page.locator("[data-start]").click();
		await page.locator("[data-embed][data-moving]").waitFor();
		await onPaper();
		assert.deepEqual([await page.locator("#map").isVisible(), await still.isHidden()], [true, true]);
		await close();
	});
}

test("a consumer of oEmbed discovers the embed and reads the answer", async () => {
	const answer = (await extract(`${site.address}${ROUTE}?lang=en`, { maxwidth: 600 })) as unknown as {
		type: string;
		width: number;
		html: string;
		title: string;
	};
	assert.equal(answer.type, "rich");
	assert.ok(answer.width <= 800 && answer.html.includes(`${site.address}/embed/yunnan?lang=en`));
	assert.match(answer.title, /interior provinces/);
});

test("where help is to be had opens in a window of its own, also at an address that names a part of a page", async () => {
	addHotline(site, { url: "https://help.example/#/call" });
	const framed = await frameOn(site, `${src()} ${STYLE}`);
	await framed.page.context().route("https://help.example/**", (route) => route.fulfill({ body: "help" }));
	const link = framed.frame.locator(".help a");
	const [opened] = await Promise.all([framed.page.waitForEvent("popup"), link.click()]);
	await opened.waitForURL("https://help.example/#/call");
	assert.ok(await link.isVisible(), "the embed is still there");
	await framed.close();
});
