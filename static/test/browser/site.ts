import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after } from "node:test";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

export const ROUTE = "/routes/yunnan";
const BINARY = process.env.CORRIDOR_BIN ?? "bin/corridor";
const BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
FLAGS.push("--disable-background-networking", "--disable-component-update", "--disable-sync");

export interface Site {
	address: string;
	browser: Browser;
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
export async function startSite(): Promise<Site> {
	const folder = mkdtempSync(path.join(tmpdir(), "corridor-test-"));
	const db = path.join(folder, "test.db");
	const imported = spawnSync(BINARY, ["import", "--db", db, "data/content/mekong"], { encoding: "utf8" });
	if (imported.status !== 0) throw new Error(`import failed: ${imported.stderr || imported.error}`);
	const server = spawn(BINARY, ["serve", "--addr", "127.0.0.1:0", "--db", db], { stdio: ["ignore", "ignore", "pipe"] });
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
	return { address, browser, open: (where, options) => open(browser, address, where, options) };
}

async function open(
	browser: Browser,
	address: string,
	where: string,
	options: BrowserContextOptions = {},
): Promise<Visit> {
	const context = await browser.newContext({ baseURL: address, reducedMotion: "reduce", ...options });
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

/** Waits until the map has loaded all that it wanted. */
export async function ready(page: Page): Promise<void> {
	await page.locator("[data-frame][aria-busy=false]").waitFor();
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
