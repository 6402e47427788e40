import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { overlap } from "../../src/boxes.ts";
import { makeUpRoutes } from "./made-up.ts";
import { ROUTE, ready, startSite, violations } from "./site.ts";

/** How long a leader may be, in pixels, with what rounding adds. */
const FAR = 91;
const PHONE = { width: 390, height: 844 };
const SIZES = [PHONE, { width: 1366, height: 768 }, { width: 1920, height: 1080 }];

const town = (title: string, query = `city of ${title}, Thailand`) => ({ title, query });
const tachilek = town("Tachilek", "city of Tachilek, Myanmar");
const [maeSai, chiangRai, phayao] = [town("Mae Sai"), town("Chiang Rai"), town("Phayao")];
const [bangkok, hatYai] = [town("Bangkok"), town("Hat Yai")];
const padangBesar = town("Padang Besar", "city of Padang Besar, Malaysia");
const country = (title: string) => ({ title, query: title, precision: "country" });
const province = { title: "Chiang Rai Province", query: "Chiang Rai Province, Thailand", precision: "province" };

/** Three routes alone. */
const shared = await startSite();
shared.run("remove", "--db", shared.db, "mekong");
makeUpRoutes(shared, "shared", {
	one: [country("Myanmar"), tachilek, maeSai, chiangRai, bangkok, hatYai, padangBesar],
	two: [
		...[country("Laos"), town("Ban Houayxay", "city of Ban Houayxay, Laos"), town("Chiang Khong")],
		...[chiangRai, phayao, bangkok, town("Sadao")],
	],
	three: [tachilek, maeSai, province, phayao, country("Thailand"), hatYai, padangBesar],
});

/** A route of 60 km beside the one through countries. */
const beside = await startSite();
makeUpRoutes(beside, "short", {
	short: [
		...[tachilek, maeSai, town("Mae Chan"), town("Ban Ho Mae Salong")],
		...[town("Chiang Saen", "city of Chiang Saen, Amphoe Chiang Saen, Chiang Rai, Thailand"), chiangRai],
	],
});

interface Told {
	/** Lengths of the leaders. */
	leaders: number[];
	/** Pairs of labels that cover each other, and labels that cover rings or squares. */
	covered: string[];
	/** How many stops say all, have no word on how precise they are, and are their number alone. */
	said: { whole: number; brief: number; short: number };
}

/** What the labels of a map are like, once they stand still. */
async function labels(page: Page): Promise<Told> {
	await ready(page);
	await page.evaluate(() => document.fonts.ready);
	await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
	const all = await page.locator(".tablet, .site-tablet").evaluateAll((nodes) =>
		nodes.map((node) => ({
			text: node.textContent,
			form: /is-(brief|short)/.exec(node.className)?.[1] ?? "whole",
			stop: node.matches(".tablet"),
			box: node.getBoundingClientRect().toJSON() as DOMRect,
		})),
	);
	const marks = await page
		.locator(".leader :is(circle, rect)")
		.evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().toJSON() as DOMRect));
	const leaders = await page
		.locator(".leader line")
		.evaluateAll((nodes) =>
			nodes.map((line) => Math.hypot(Number(line.getAttribute("x2")), Number(line.getAttribute("y2")))),
		);
	const covered = all.flatMap(({ text, box }, i) => [
		...all.slice(i + 1).flatMap((other) => (overlap(box, other.box) > 0 ? `${text} and ${other.text}` : [])),
		...marks.flatMap((mark) => (overlap(box, mark) > 0 ? `${text} and a mark` : [])),
	]);
	const count = (wanted: string) => all.filter(({ stop, form }) => stop && form === wanted).length;
	return { leaders, covered, said: { whole: count("whole"), brief: count("brief"), short: count("short") } };
}

for (const viewport of SIZES) {
	for (const [what, site, path] of [
		["three routes through the same towns", shared, "/"],
		["one of them", shared, "/routes/one"],
		["a short route beside one through countries", beside, "/"],
		["a short route", beside, "/routes/short"],
		["a route with programmes", beside, `${ROUTE}?layers=route,movements,sites`],
	] as const) {
		test(`labels of ${what} stand near to their places at ${viewport.width}×${viewport.height}`, async () => {
			const { page, close } = await site.open(`${path}${path.includes("?") ? "&" : "?"}lang=en`, { viewport });
			const { leaders, covered } = await labels(page);
			assert.ok(leaders.length > 4 && Math.max(...leaders) < FAR, `${leaders.map(Math.round)}`);
			assert.deepEqual(covered, []);
			await close();
		});
	}

	test(`the route through countries has all its words near to their places at ${viewport.width}×${viewport.height}`, async () => {
		const { page, close } = await beside.open(`${ROUTE}?lang=en`, { viewport });
		const { leaders, covered, said } = await labels(page);
		assert.ok(Math.max(...leaders) < 35, `${leaders.map(Math.round)}`);
		assert.deepEqual([covered, said], [[], { whole: 6, brief: 0, short: 0 }]);
		await close();
	});
}

/** The numbers of stops of several routes that share a label: "A5 B6". */
const NUMBERS = "[A-C]\\d(?: [A-C]\\d)*";

test("a map of several routes tells them apart by letters, and their stops at one place share a label and a card", async () => {
	const { page, problems, close } = await shared.open("/?lang=en", { viewport: { width: 1366, height: 768 } });
	await labels(page);
	const cards = await page.locator(".route-card h3").evaluateAll((nodes) =>
		nodes.map((node) => {
			const route = new URL(node.querySelector("a")?.href ?? "").pathname.split("/").at(-1);
			return [node.querySelector(".route-letter")?.textContent, route];
		}),
	);
	assert.deepEqual(
		cards.map(([letter]) => letter),
		["A", "B", "C"],
	);
	const numberOf = (route: string, seq: number) => `${cards.find(([, id]) => id === route)?.[0]}${seq}`;
	const numbers = [numberOf("one", 5), numberOf("two", 6)].sort();
	const bangkok = page.locator("[data-map-stop]").filter({ hasText: "Bangkok" });
	assert.deepEqual(await bangkok.locator(".tablet-number").allTextContents(), [numbers.join(" ")]);
	await bangkok.click();
	const entries = page.locator("[data-card] section");
	assert.deepEqual(
		await entries.locator("h3").allTextContents(),
		numbers.map((number) => `${number} Bangkok`),
	);
	const links = await entries
		.locator("a.read")
		.evaluateAll((nodes) => nodes.map((node) => (node as HTMLAnchorElement).pathname));
	assert.deepEqual(links.sort(), ["/routes/one", "/routes/two"]);
	assert.match(await page.locator("[data-legend]").innerHTML(), /A1 is the first stop of route A/);
	assert.deepEqual([await violations(page), problems], [[], []]);
	await close();

	const embed = await shared.open("/embed/all?lang=en&route=two&route=one");
	await embed.page.locator("[data-start]").click();
	const framed = embed.page.locator("[data-map-stop]").filter({ hasText: "Bangkok" }).locator(".tablet-number");
	await framed.waitFor({ state: "attached" });
	assert.equal(await framed.textContent(), "A6 B5", "letters go by the order in which an embed names its routes");
	assert.deepEqual(
		await embed.page
			.locator("article[data-route] .route-letter")
			.evaluateAll((nodes) =>
				nodes.map((node) => [node.textContent, node.closest<HTMLElement>("[data-route]")?.dataset.route]),
			),
		[
			["A", "two"],
			["B", "one"],
		],
	);
	await embed.close();
	const alone = await shared.open("/embed/all?lang=en&route=two");
	assert.equal(await alone.page.locator(".route-letter").count(), 0, "a route that is alone has no letter");
	await alone.close();
});

test("stops say how precise their places are all or none, and a number alone has its name for everybody", async () => {
	const { page, problems, close } = await shared.open("/?lang=en", { viewport: { width: 1366, height: 768 } });
	const { said } = await labels(page);
	assert.ok(said.brief > 6 && said.short > 1 && said.whole === 0, JSON.stringify(said));
	const number = page.locator(".tablet.is-short").first();
	const named = page.locator(".tablet.is-brief").first();
	for (const label of [number, named]) {
		const name = (await label.locator(".tablet-name").textContent()) ?? "";
		const precision = (await label.locator(".tablet-precision").textContent()) ?? "";
		assert.match((await label.getAttribute("title")) ?? "", new RegExp(`^${NUMBERS} ${name} ${precision}$`));
		assert.match(await label.ariaSnapshot(), new RegExp(`^- button "${NUMBERS} ${name} ${precision}"`));
	}
	const name = (await number.locator(".tablet-name").textContent()) ?? "";
	await number.focus();
	await page.keyboard.press("Enter");
	await page.locator("[data-card] h3").filter({ hasText: name }).first().waitFor();
	assert.deepEqual([await violations(page), problems], [[], []]);
	await close();
});

test("a chosen stop says all, where it said its number alone", async () => {
	const { page, close } = await shared.open("/routes/one?lang=en", { viewport: PHONE });
	const { said } = await labels(page);
	assert.ok(said.short > 0, JSON.stringify(said));
	const short = page.locator(".tablet.is-short").first();
	const stop = await short.getAttribute("data-map-stop");
	const chosen = page.locator(`.tablet.is-selected[data-map-stop="${stop}"]:not(.is-short, .is-brief)`);
	await short.click();
	await chosen.waitFor();
	await labels(page);
	assert.deepEqual([await chosen.count(), await chosen.getAttribute("title")], [1, ""]);
	await close();
});
