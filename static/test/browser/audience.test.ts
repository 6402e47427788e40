import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import type { Page, Request } from "playwright-core";
import { Room, type Session } from "./room.ts";
import { startSite } from "./site.ts";

const site = await startSite();
const room = new Room(site);
await room.start();
after(() => room.close());

const DAY = 24 * 60 * 60 * 1000;
const shown = (page: Page, step: string) => page.locator(`[data-step-id="${step}"]:not([hidden])`).waitFor();
const ready = (page: Page) => page.locator("html[data-ready]").waitFor({ state: "attached" });

async function present(step: string): Promise<Page> {
	const context = await site.browser.newContext({
		viewport: { width: 1366, height: 768 },
		reducedMotion: "reduce",
		acceptDownloads: true,
	});
	context.setDefaultTimeout(30_000);
	const page = await context.newPage();
	await page.goto(`${room.address}/routes/yunnan/present?lang=en&step=${step}`);
	await ready(page);
	return page;
}

/** Opens a session by the presenter's own control and reads what the room is shown. */
async function openSession(page: Page): Promise<Session> {
	await page.keyboard.press("r");
	await page.locator("[data-follow-open]").click();
	await page.locator("[data-follow-code]", { hasText: /./ }).waitFor();
	const url = (await page.locator("[data-follow-qr] img").getAttribute("alt")) ?? "";
	const code = (await page.locator("[data-follow-code]").innerText()).replace(/\W/g, "");
	await page.keyboard.press("Escape");
	return { code, url, secret: "" };
}

test("phones follow the presenter through a lesson, and go on when it or the server was started again", async () => {
	const page = await present("xishuangbanna");
	const session = await openSession(page);
	const words = await page.locator(".panel-title").elementHandle();
	const [thai, burmese] = await Promise.all([room.phone(session, "th-TH"), room.phone(session, "my-MM")]);
	await Promise.all([shown(thai, "xishuangbanna"), shown(burmese, "xishuangbanna")]);
	assert.equal(await thai.locator("html").getAttribute("lang"), "th");
	await page.locator("[data-followers]", { hasText: "2" }).waitFor();
	assert.ok(
		await words?.evaluate((node) => node.isConnected),
		"who hears the screen does not hear it again for a phone",
	);
	await page.keyboard.press("ArrowDown");
	await Promise.all([shown(thai, "myanmar"), shown(burmese, "myanmar")]);

	await page.reload();
	await ready(page);
	await page.keyboard.press("ArrowDown");
	await Promise.all([shown(thai, "thailand"), shown(burmese, "thailand")]);

	await room.kill();
	await page.keyboard.press("ArrowDown");
	await room.start();
	await Promise.all([shown(thai, "malaysian-border"), shown(burmese, "malaysian-border")]);

	const elsewhere = await page.context().newPage();
	await elsewhere.goto(`${room.address}/routes/yunnan/present?lang=en&step=interior-provinces`);
	await ready(elsewhere);
	await page.keyboard.press("ArrowUp"); // the page that was opened to look something up leads nobody
	await Promise.all([shown(thai, "thailand"), shown(burmese, "thailand")]);
	await page.close();
	await elsewhere.goto(`${room.address}/routes/yunnan/present?lang=en&step=return`);
	await ready(elsewhere);
	await Promise.all([shown(thai, "return"), shown(burmese, "return")]);
});

test("a page that was open before the session shows the same, and opens no other", async () => {
	const early = await present("return");
	const page = await early.context().newPage();
	await page.goto(`${room.address}/routes/yunnan/present?lang=en&step=xishuangbanna`);
	await ready(page);
	const session = await openSession(page);
	const phone = await room.phone(session, "en");
	await shown(phone, "xishuangbanna");
	await page.close();
	await early.keyboard.press("r");
	assert.equal((await early.locator("[data-follow-code]").innerText()).replace(/\W/g, ""), session.code);
	await shown(phone, "return"); // the one that led is closed
	await early.context().close();
});

test("two clicks open one session, and a failure can be followed by another try", async () => {
	const page = await present("xishuangbanna");
	const asked: string[] = [];
	page.on("request", (request) => request.method() === "POST" && asked.push(request.url()));
	let answer = () => {};
	const held = new Promise<void>((resolve) => {
		answer = resolve;
	});
	await page.route("**/live", async (route) => {
		await held;
		await (asked.length > 1 ? route.continue() : route.abort());
	});
	await page.keyboard.press("r");
	await page.locator("[data-follow-open]").dblclick();
	answer();
	await page.locator("[data-follow-problem]", { hasText: /./ }).waitFor();
	assert.equal(asked.length, 1, "a slow network is asked once");
	await page.locator("[data-follow-open]").dblclick();
	await page.locator("[data-follow-code]", { hasText: /./ }).waitFor();
	assert.equal(asked.length, 2);
	assert.equal(await page.locator("[data-follow-problem]").innerText(), "");
	await page.close();
});

test("the presenter sees sums of the answers, shows the right one, and saves them as a table", async () => {
	const page = await present("quiz-after");
	const session = await openSession(page);
	const phone = await room.phone(session, "th-TH");
	const poll = phone.locator('[data-poll="quiz-after.promise"]');
	await poll.locator('[data-answer="b"]').click();
	await page.locator(".panel-uncounted", { hasText: "answers: 1" }).waitFor();
	assert.equal(await page.locator(".panel-count").count(), 0, "the first answer does not steer the others");
	await page.locator(".panel-uncounted", { hasText: "answers: 1 · Following now: 1" }).waitFor();
	const title = await page.locator(".panel-title").elementHandle();
	const other = await room.phone(session, "en");
	await page.locator(".panel-uncounted", { hasText: "answers: 1 · Following now: 2" }).waitFor();
	assert.ok(await title?.evaluate((node) => node.isConnected), "another phone does not make the screen anew");
	await other.close();
	await page.keyboard.press("v");
	await page.locator(".panel-count", { hasText: "1" }).waitFor();
	await page.locator(".panel-uncounted", { hasText: "answers: 1 · Following now: 1" }).waitFor();
	await page.keyboard.press("ArrowRight");
	await poll.locator(".is-right").waitFor();
	assert.ok((await page.locator(".is-correct").innerText()).includes("answers: 1"));
	await page.keyboard.press("r");
	const [download] = await Promise.all([page.waitForEvent("download"), page.locator("[data-follow-csv]").click()]);
	const table = readFileSync(await download.path(), "utf8");
	const question = "Someone you hardly know promises you a job far away. What is the best first step?";
	const answer = "Check the offer and the employer with people you trust before leaving.";
	assert.ok(
		table.startsWith("\ufeff") && !table.startsWith("\ufeff\ufeff"),
		"a spreadsheet knows its letters by the mark",
	);
	assert.equal(table.split("\n")[2], `quiz-after.promise,${question},b,${answer},yes,1`);
	await page.locator("[data-follow-end]").click();
	await page.locator("[data-follow-keep]").click();
	await page.locator("[data-follow-end]").click();
	await page.locator("[data-follow-sure]").click();
	await page.locator("[data-follow-closed]").waitFor();
	const [again] = await Promise.all([page.waitForEvent("download"), page.locator("[data-follow-csv]").click()]);
	assert.equal(readFileSync(await again.path(), "utf8"), table, "the answers can be saved after the end");
	await phone.locator('[data-connection][data-state="ended"]').waitFor();
	assert.equal(await page.evaluate(() => localStorage.length), 0, "nothing is kept of a session that is over");
});

test("a request that hangs holds nobody up, and the trainer is told that the phones do not follow", async () => {
	const page = await present("xishuangbanna");
	await page.addInitScript(() =>
		Object.defineProperty(window, "localStorage", {
			get() {
				throw new Error("refused");
			},
		}),
	);
	await page.reload();
	await ready(page);
	const session = await openSession(page);
	const phone = await room.phone(session, "en");
	await shown(phone, "xishuangbanna");
	await page.clock.install();
	let hung: Request | undefined;
	await page.route("**/state", (route) => {
		if (hung) return route.continue();
		hung = route.request();
	});
	await page.route("**/totals", (route) => route.abort());
	await page.keyboard.press("ArrowDown");
	await page.keyboard.press("ArrowDown");
	await page.clock.runFor(4000);
	await page.locator("[data-followers]", { hasText: "!" }).waitFor();
	await page.clock.runFor(3000);
	await shown(phone, "thailand");
	const headers = {
		"Content-Type": "application/json",
		Authorization: (await hung?.headerValue("Authorization")) ?? "",
	};
	const late = await fetch(hung?.url() ?? "", { method: "PUT", headers, body: hung?.postData() ?? "" });
	assert.equal(late.status, 409, "what a bad network held back does not take the phones to where the lesson was");
	await page.keyboard.press("r");
	await page.locator("[data-follow-end]").click();
	await page.locator("[data-follow-sure]").click();
	await page.locator("[data-follow-closed]").waitFor();
});

test("a late answer about a session that is over takes neither its answers nor the next session from the presenter", async () => {
	const page = await present("xishuangbanna");
	const begun = page.waitForResponse("**/state");
	const first = await openSession(page);
	await begun;
	const old = await page.context().newPage();
	await old.goto(`${room.address}/routes/yunnan/present?lang=en&step=return`);
	await ready(old);
	await page.bringToFront();
	let release = () => {};
	const held = new Promise<void>((resolve) => {
		release = resolve;
	});
	await page.route(`**/live/${first.code}/state`, async (route) => {
		await held;
		await route.continue();
	});
	const asked = page.waitForRequest("**/state");
	await page.keyboard.press("ArrowDown");
	await asked;
	await page.keyboard.press("r");
	await page.locator("[data-follow-end]").click();
	await page.locator("[data-follow-sure]").click();
	await page.locator("[data-follow-closed]").waitFor();
	const refused = page.waitForResponse(`**/live/${first.code}/state`);
	release();
	assert.equal((await refused).status(), 410);
	await page.evaluate(() => new Promise((done) => setTimeout(done)));
	assert.ok(await page.locator("[data-follow-csv]").isVisible(), "the answers can still be saved");
	await page.keyboard.press("Escape");

	const second = await openSession(page);
	const late = old.waitForResponse(`**/live/${first.code}/state`);
	await old.keyboard.press("ArrowUp");
	assert.equal((await late).status(), 410);
	await old.locator("[data-followers]").waitFor({ state: "hidden" });
	await old.close();
	await page.clock.setSystemTime(Date.now() + DAY); // the server's clock may be a day behind the presenter's
	const told = page.waitForResponse(`**/live/${second.code}/state`);
	await page.reload();
	await ready(page);
	assert.ok(await page.locator("[data-followers]").isVisible(), "the session goes on after a reload");
	assert.equal((await told).status(), 200);
	await page.close();
});
