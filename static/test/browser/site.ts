import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { after } from "node:test";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

export const ROUTE = "/routes/yunnan";
const BINARY = process.env.CORRIDOR_BIN ?? "bin/corridor";
const BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
FLAGS.push("--disable-background-networking", "--disable-component-update", "--disable-sync");
// Each window of a whole Chromium loads pages of its own for the address bar, which cost more than most of ours.
FLAGS.push(
	"--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,PaintHolding,HttpsUpgrades,MediaRouter,Translate",
);

export interface Site {
	address: string;
	browser: Browser;
	/** A folder that goes away with the test, and the database in it. */
	folder: string;
	db: string;
	/** Runs a command of the binary; one that fails fails the test. */
	run(...args: string[]): void;
	/** Opens a page that fails the test on any request beyond this machine. */
	open(where: string, options?: BrowserContextOptions): Promise<Visit>;
}

export interface Visit {
	page: Page;
	/** Requests beyond this machine; each was refused. */
	foreign: string[];
	problems: string[];
	close(): Promise<void>;
}

/** Imports the Mekong pack into a new database, serves it with the real binary, and starts a browser. */
export async function startSite(binary = BINARY, flags: string[] = []): Promise<Site> {
	const folder = mkdtempSync(path.join(tmpdir(), "corridor-test-"));
	const db = path.join(folder, "test.db");
	run("import", "--db", db, "data/content/mekong");
	const server = spawn(binary, ["serve", "--addr", "127.0.0.1:0", "--db", db, ...flags], {
		stdio: ["ignore", "ignore", "pipe"],
	});
	const address = await new Promise<string>((resolve, reject) => {
		let said = "";
		server.stderr.on("data", (chunk: Buffer) => {
			said += chunk;
			const match = said.match(/listening on (http:\/\/127\.0\.0\.1:\d+)/);
			if (match?.[1]) resolve(match[1]);
		});
		server.on("exit", () => reject(new Error(`the server ended: ${said}`)));
	});
	const browser = await chromium.launch({ executablePath: findBrowser(), args: FLAGS });
	after(async () => {
		await browser.close();
		server.kill();
		rmSync(folder, { recursive: true, force: true });
	});
	return { address, browser, folder, db, run, open: (where, options) => open(browser, address, where, options) };
}

function run(...args: string[]): void {
	const done = spawnSync(BINARY, args, { encoding: "utf8" });
	if (done.status !== 0) throw new Error(`${args[0]} failed: ${done.stderr || done.error}`);
}

async function open(
	browser: Browser,
	address: string,
	where: string,
	options: BrowserContextOptions = {},
): Promise<Visit> {
	const context = await browser.newContext({ baseURL: address, reducedMotion: "reduce", ...options });
	context.setDefaultTimeout(30_000);
	const page = await context.newPage();
	const visit: Visit = { page, foreign: [], problems: [], close: () => context.close() };
	await context.route(
		(url) => url.origin !== address && url.protocol !== "data:",
		(route) => {
			visit.foreign.push(route.request().url());
			return route.abort();
		},
	);
	page.on("pageerror", (error) => visit.problems.push(String(error)));
	page.on("console", (message) => message.type() === "error" && visit.problems.push(message.text()));
	await page.goto(where);
	return visit;
}

/** Imports the pack once more with a hotline that was verified today, which has what is given. */
export function addHotline(site: Site, more: { phone?: string; url?: string }): void {
	const pack = path.join(site.folder, "with-help");
	cpSync("data/content/mekong", pack, { recursive: true });
	const hotline = {
		id: "example",
		title: { en: "Example line" },
		kind: "hotline",
		country: "TH",
		languages: ["th"],
		source: "a test",
		verified: new Date().toISOString().slice(0, 10),
		...more,
	};
	writeFileSync(path.join(pack, "contacts.yaml"), JSON.stringify({ contacts: [hotline] }));
	site.run("import", "--db", site.db, pack);
}

/** Counts from the start how far what a reader sees is moved by what comes later: the sum of the layout shifts. */
export async function watchShifts(page: Page): Promise<() => Promise<number>> {
	await page.addInitScript(() => {
		const seen = window as unknown as { shift: number };
		seen.shift = 0;
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value;
		}).observe({ type: "layout-shift", buffered: true });
	});
	return () => page.evaluate(() => (window as unknown as { shift: number }).shift);
}

/** Moves the mouse over the page, as its reader does, and waits until the map has loaded all that it wanted. */
export async function ready(page: Page): Promise<void> {
	await page.mouse.move(3, 3);
	await page.locator("[data-frame][aria-busy=false]").waitFor();
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What axe finds wrong with a page, by the rules of WCAG 2.2 AA and of more tags. */
export async function violations(page: Page, more: string[] = []): Promise<string[]> {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send("Runtime.evaluate", { expression: axeSource }); // the page's policy lets no other script in
	const found = await page.evaluate(
		async (values) => {
			// What is laid out only when a reader comes near has its true height then: before, it would lie upon what is below it.
			for (const part of document.querySelectorAll("section")) part.style.contentVisibility = "visible";
			const { axe } = window as unknown as {
				axe: { run(o: object): Promise<{ passes: object[]; violations: object[] }> };
			};
			const { passes, violations: list } = await axe.run({ runOnly: { type: "tag", values } });
			if (passes.length < 5) throw new Error("hardly any rule was tried");
			return list;
		},
		[...TAGS, ...more],
	);
	return (found as { id: string; nodes: { html: string; failureSummary: string }[] }[]).map(
		({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((n) => `${n.html.slice(0, 160)} ${n.failureSummary}`)}`,
	);
}

function findBrowser(): string {
	if (process.env.CHROMIUM) return process.env.CHROMIUM;
	const folders = (process.env.PATH ?? "").split(path.delimiter);
	for (const name of BROWSERS) {
		const found = folders.map((folder) => path.join(folder, name)).find(isExecutable);
		if (found) return found;
	}
	throw new Error("no browser found: install Debian's package chromium, or name one in CHROMIUM");
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
