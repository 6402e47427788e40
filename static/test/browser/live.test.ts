import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { Room, type Session } from "./room.ts";
import { startSite, violations } from "./site.ts";

const text = (lang: string, key: string) =>
	(JSON.parse(readFileSync(`static/lang/${lang}.json`, "utf8")) as Record<string, string>)[key] ?? key;
const site = await startSite();
const room = new Room(site);
await room.start();
after(() => room.close());

const shown = (page: Page, step: string) => page.locator(`[data-step-id="${step}"]:not([hidden])`);
const connected = (page: Page, state: string) => page.locator(`[data-connection][data-state="${state}"]`).waitFor();

async function two(session: Session): Promise<[Page, Page]> {
	const phones = await Promise.all([room.phone(session, "th-TH"), room.phone(session, "my-MM")]);
	for (const page of phones) await connected(page, "following");
	return phones;
}

test("two phones follow a presenter, each in its language", async () => {
	const session = await room.open();
	const [thai, burmese] = await two(session);
	assert.equal(await thai.locator("html").getAttribute("lang"), "th");
	assert.equal(await burmese.locator("html").getAttribute("lang"), "my");
	await room.move(session, { step: "xishuangbanna" });
	for (const [page, lang] of [
		[thai, "th"],
		[burmese, "my"],
	] as const) {
		await shown(page, "xishuangbanna").waitFor();
		assert.equal(await page.locator("[data-step-id]:not([hidden])").count(), 1);
		const at = text(lang, "live.at").replace("{seq}", "4").replace("{total}", "12");
		assert.equal(await page.locator("[data-at]").innerText(), at);
		assert.ok(
			(await page.locator("[data-live]").textContent())?.includes(
				await shown(page, "xishuangbanna").locator("h2").innerText(),
			),
		);
		await page.locator("[data-map] .tablet").first().waitFor();
		assert.ok(
			await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
			"nothing reaches beyond the page",
		);
	}
	const late = await room.phone(session, "en");
	await shown(late, "xishuangbanna").waitFor();
	await room.move(session, { step: "xishuangbanna", blank: true });
	await thai.locator("[data-blank]").waitFor();
	assert.ok(await thai.locator("[data-shown]").isHidden());
	const dark = await room.phone(session, "en");
	await Promise.all([dark.waitForResponse(/lesson\.json/), dark.locator("[data-blank]").waitFor()]);
	await room.move(session, { step: "xishuangbanna" });
	await dark.locator("[data-map] .tablet").first().waitFor();
	const map = await dark.locator("[data-map] canvas").first().boundingBox();
	assert.ok((map?.width ?? 0) > 200, "a map that came while the screen was dark is whole");
	await room.move(session, { step: "xishuangbanna", blank: true });
	await dark.locator("[data-blank]").waitFor();
	await room.present("DELETE", `/live/${session.code}`, undefined, session.secret);
	await connected(dark, "ended");
	assert.ok(await dark.locator("[data-blank]").isHidden(), "after the end nothing is paused");
});

test("an answer that is on its way stays as it is, and one that was lost can only be sent again", async () => {
	const session = await room.open();
	await room.move(session, { step: "quiz-before", open: "quiz-before", screen: "promise" });
	const page = await room.phone(session, "en");
	await connected(page, "following");
	const poll = page.locator('[data-poll="quiz-before.promise"]');
	let tries = 0;
	await page.route("**/votes?*", async (route) => {
		await room.move(session, { step: "quiz-before", open: "quiz-before", screen: "promise" });
		if (tries++ > 0) return route.continue();
		await route.fetch();
		assert.ok(await poll.locator('[data-answer="b"]').isDisabled(), "a state that comes meanwhile opens nothing");
		await route.abort();
	});
	await poll.locator('[data-answer="a"]').click();
	await poll.locator("[data-said]", { hasText: text("en", "live.vote.failed") }).waitFor();
	assert.ok(await poll.locator('[data-answer="b"]').isDisabled());
	await page.reload();
	await connected(page, "following");
	await poll.locator('[data-answer="a"]').click();
	await poll.locator("[data-said]", { hasText: text("en", "live.vote.counted") }).waitFor();
	const { polls } = (await room.present("GET", `/live/${session.code}/totals`, undefined, session.secret)) as {
		polls: { id: string; votes: number }[];
	};
	assert.equal(polls.find(({ id }) => id === "quiz-before.promise")?.votes, 1, "one phone has one vote");
});

test("an answer that was lost is not said to be counted where the question was closed meanwhile", async () => {
	const session = await room.open();
	await room.move(session, { step: "quiz-before", open: "quiz-before", screen: "promise" });
	const page = await room.phone(session, "en");
	await connected(page, "following");
	const poll = page.locator('[data-poll="quiz-before.promise"]');
	await page.route("**/votes?*", (route) => route.abort(), { times: 1 });
	await poll.locator('[data-answer="a"]').click();
	await poll.locator("[data-said]", { hasText: text("en", "live.vote.failed") }).waitFor();
	await page.route("**/votes?*", async (route) => {
		await page.route("**/events?*", (stream) => stream.abort()); // the phone hears nothing of it
		room.network.cut();
		await room.move(session, { step: "quiz-before", screen: "lines", open: "quiz-before.lines" });
		room.network.mend();
		await route.continue();
	});
	await poll.locator('[data-answer="a"]').click();
	await poll.locator("[data-said]", { hasText: text("en", "live.vote.closed") }).waitFor();
	assert.equal(await poll.locator("[aria-pressed=true]").count(), 0);
});

test("one may look around and return, and sees nothing that comes later", async () => {
	const session = await room.open();
	await room.move(session, { step: "interior-provinces" });
	const page = await room.phone(session, "en");
	await shown(page, "interior-provinces").waitFor();
	assert.equal(await page.locator("[data-go=next]").getAttribute("aria-disabled"), "true");
	await page.locator("[data-go=previous]").click();
	await shown(page, "quiz-before").waitFor();
	await room.move(session, { step: "xishuangbanna" });
	await page.locator("[data-astray]", { hasText: "step 4" }).waitFor();
	await shown(page, "quiz-before").waitFor();
	await page.locator("[data-return]").click();
	await shown(page, "xishuangbanna").waitFor();
	assert.ok(await page.locator("[data-astray]").isHidden());
	await page.locator("[data-go=previous]").click();
	await page.locator("[data-astray]").waitFor();
	await room.move(session, { step: "interior-provinces" }); // the presenter comes to what the phone looks at
	await page.locator("[data-astray]").waitFor({ state: "hidden" });
	await room.move(session, { step: "xishuangbanna" });
	await shown(page, "xishuangbanna").waitFor();
	const stops = () =>
		page.locator("[data-map-stop]").evaluateAll((all) => all.map((node) => node.getAttribute("data-map-stop")));
	await page.locator("[data-map-stop=xishuangbanna]").waitFor();
	assert.ok(!(await stops()).includes("bangkok"), "the phone's map tells no more than the presenter's");
	await room.move(session, { step: "xishuangbanna", hide_later: false });
	await page.locator("[data-map-stop=bangkok]").waitFor();
});

test("each answers once with one tap, and the presenter sees sums", async () => {
	const session = await room.open();
	const [thai, burmese] = await two(session);
	await room.move(session, { step: "quiz-before", open: "quiz-before", screen: "promise" });
	for (const page of [thai, burmese]) {
		const poll = page.locator('[data-poll="quiz-before.promise"]');
		const answer = poll.locator('[data-answer="b"]');
		await answer.waitFor();
		assert.ok(
			await page.locator('[data-poll="quiz-before.consent"]').isHidden(),
			"the question that is shown stands alone",
		);
		assert.ok(((await answer.boundingBox())?.height ?? 0) >= 48);
		await answer.click();
		await poll.locator("[data-said]", { hasText: /./ }).waitFor();
		await page.locator('[data-poll="quiz-before.promise"] [data-answer="b"][aria-pressed=true]:disabled').waitFor();
	}
	await thai.reload();
	await connected(thai, "following");
	await thai.locator('[data-poll="quiz-before.promise"] [data-answer="b"][aria-pressed=true]:disabled').waitFor();
	const { polls } = (await room.present("GET", `/live/${session.code}/totals`, undefined, session.secret)) as {
		polls: { id: string; votes: number; answers: { id: string; votes: number }[] }[];
	};
	const votes = polls.find(({ id }) => id === "quiz-before.promise");
	assert.equal(votes?.answers.find(({ id }) => id === "b")?.votes, 2);
	await room.move(session, { step: "quiz-after", screen: "promise-answer", reveal: true });
	await thai.locator('[data-poll="quiz-after.promise"] .is-right').waitFor();
	await thai.locator('[data-poll="quiz-after.promise"] [data-explanation]').waitFor();
});

/** The names of a page's buttons, as who hears the page is told them. */
async function buttonsHeard(page: Page): Promise<string[]> {
	const cdp = await page.context().newCDPSession(page);
	const { nodes } = await cdp.send("Accessibility.getFullAXTree");
	return nodes.filter(({ role }) => role?.value === "button").map(({ name }) => String(name?.value));
}

test("on a phone the answers have the letters and the question the number that the room's screen has", async () => {
	const session = await room.open();
	await room.move(session, { step: "quiz-before", open: "quiz-before", screen: "promise" });
	for (const [lang, number] of [
		["en", "Question 1 of 5"],
		["th", "คำถามที่ 1 จาก 5"],
	] as const) {
		const page = await room.phone(session, lang);
		await connected(page, "following");
		const poll = page.locator('[data-poll="quiz-before.promise"]');
		assert.equal(await poll.locator(".live-question-at").innerText(), number);
		await poll.locator('[data-answer="b"]:enabled').waitFor();
		const answers = (await buttonsHeard(page)).filter((name) => /^[A-Z] /.test(name));
		assert.deepEqual(
			answers.map(([letter]) => letter),
			["A", "B", "C"],
			answers.join(" | "),
		);
		await page.context().close();
	}
	await room.move(session, { step: "interior-provinces", screen: "decide", open: "decision.interior-provinces" });
	const page = await room.phone(session, "en");
	const decision = page.locator('[data-poll="decision.interior-provinces"]');
	await decision.waitFor();
	assert.match((await buttonsHeard(page)).join("\n"), /^A /m, "those of a decision have letters too");
});

test("a server that was killed is found again", async (t) => {
	const session = await room.open();
	await room.move(session, { step: "myanmar" });
	const [thai, burmese] = await two(session);
	await room.kill();
	await connected(thai, "lost");
	await room.start();
	const back = performance.now();
	await Promise.all([connected(thai, "following"), connected(burmese, "following")]);
	t.diagnostic(`mended after ${Math.round(performance.now() - back)} ms`);
	await room.move(session, { step: "thailand" });
	await shown(thai, "thailand").waitFor();
	await shown(burmese, "thailand").waitFor();
});

for (const [how, cut] of [
	["breaks", () => room.network.cut()],
	["falls silent", () => room.network.fallSilent()],
] as const) {
	test(`a network that ${how} is found again`, async (t) => {
		const session = await room.open();
		const [thai, burmese] = await two(session);
		for (const page of [thai, burmese]) await page.locator("[data-map] canvas").first().waitFor({ state: "attached" });
		for (const page of [thai, burmese]) await page.locator("[data-map] .tablet").first().waitFor();
		cut();
		await Promise.all([connected(thai, "lost"), connected(burmese, "lost")]);
		await room.move(session, { step: "myanmar" });
		room.network.mend();
		const back = performance.now();
		await Promise.all([shown(thai, "myanmar").waitFor(), shown(burmese, "myanmar").waitFor()]);
		t.diagnostic(`mended after ${Math.round(performance.now() - back)} ms`);
		await Promise.all([connected(thai, "following"), connected(burmese, "following")]);
	});
}

test("a map whose ground did not come gets it later, though the step is the same", async () => {
	const session = await room.open();
	await room.move(session, { step: "xishuangbanna" });
	const page = await room.phone(session, "en");
	await page.clock.install();
	const tiles = "**/tiles/basemap/**";
	await page.route(tiles, (route) => route.abort());
	const failed = page.waitForEvent("console", (said) => said.type() === "warning");
	await page.reload();
	await failed;
	await page.unroute(tiles);
	const came = page.waitForResponse(tiles);
	await page.clock.runFor(2000);
	assert.equal((await came).status(), 200);
});

test("the end is told, and a code of a lesson that is over leads to words", async () => {
	const session = await room.open();
	const page = await room.phone(session, "en");
	await connected(page, "following");
	await room.present("DELETE", `/live/${session.code}`, undefined, session.secret);
	await connected(page, "ended");
	await page.reload();
	await page.getByText(text("en", "live.problem.ended")).waitFor();
});

test("a code can be typed", async () => {
	const session = await room.open();
	const page = await room.phone({ ...session, code: "" }, "en");
	await page.locator("input[name=code]").fill("abc-2345");
	await page.locator("button[type=submit]").click();
	await page.getByText(text("en", "live.problem.unknown")).waitFor();
	await page.locator("input[name=code]").fill(session.code.toLowerCase());
	await page.locator("button[type=submit]").click();
	await connected(page, "following");
});

test("without a script the current step can be read", async () => {
	const session = await room.open();
	await room.move(session, { step: "thailand" });
	const page = await room.phone(session, "th-TH", { javaScriptEnabled: false });
	assert.equal(await page.locator("[data-step-id]:visible").count(), 1);
	await room.move(session, { step: "return" });
	await page.locator("noscript a").click();
	await shown(page, "return").waitFor();
});

test("the pages can be used by everyone", async () => {
	const session = await room.open();
	await room.move(session, { step: "xishuangbanna", open: "decision.xishuangbanna" });
	const page = await room.phone(session, "en");
	await page.locator("[data-map] .tablet").first().waitFor();
	assert.deepEqual(await violations(page), []);
	for (const path of ["/live?lang=th&code=x", "/live/help?lang=my"]) {
		await page.goto(new URL(path, page.url()).href);
		assert.deepEqual(await violations(page), []);
	}
});

test("where the lesson has lost the step that is shown, phones have its first one until the presenter goes on", async () => {
	const session = await room.open();
	await room.move(session, { step: "xishuangbanna" });
	const pack = path.join(site.folder, "another-lesson");
	cpSync("data/content/mekong", pack, { recursive: true });
	const file = path.join(pack, "lessons/yunnan.yaml");
	writeFileSync(file, readFileSync(file, "utf8").replace("- id: xishuangbanna", "- id: prefecture"));
	site.run("import", "--db", site.db, pack);
	const page = await room.phone(session, "en");
	await connected(page, "following");
	assert.equal(await page.locator("[data-step-id]:visible").getAttribute("data-step-id"), "opening");
	assert.match(await page.locator("[data-at]").innerText(), /^Step 1 /);
	await room.move(session, { step: "thailand" });
	await shown(page, "thailand").waitFor();
});
