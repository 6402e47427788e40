import type { BrowserContextOptions, Page } from "playwright-core";
import type { Kit } from "../../src/lesson/kit.ts";
import type { Site, Visit } from "./site.ts";

export const PRESENT = "/routes/yunnan/present";
export const SIZE = { width: 1366, height: 768 };

/** Opens the presenter and waits until it tells. */
export async function present(site: Site, query = "", options: BrowserContextOptions = {}): Promise<Visit> {
	const visit = await site.open(`${PRESENT}${query}`, { viewport: SIZE, ...options });
	await ready(visit.page);
	return visit;
}

export async function ready(page: Page): Promise<void> {
	await page.locator("html[data-ready]").waitFor({ state: "attached" });
}

/** Where a presenter is and how it was set, as its address says it. */
export async function at(page: Page): Promise<URLSearchParams> {
	return new URLSearchParams(await page.evaluate(() => location.search));
}

export async function kitOf(site: Site): Promise<Kit> {
	return (await (await fetch(`${site.address}/routes/yunnan/lesson.json`)).json()) as Kit;
}

/** Presses keys one after the other. */
export async function press(page: Page, ...keys: string[]): Promise<void> {
	for (const key of keys) await page.keyboard.press(key);
}
