import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after } from "node:test";
import type { BrowserContextOptions, FrameLocator, Page } from "playwright-core";
import type { Site } from "./site.ts";

export interface Framed {
	page: Page;
	frame: FrameLocator;
	/** Paths that the frame asked our server for, in order. */
	asked: string[];
	problems: string[];
	close(): Promise<void>;
}

/** A page on another site than ours, with one frame: a long one, so that it scrolls. */
export async function frameOn(
	site: Site,
	attributes: string,
	options: BrowserContextOptions = {},
	head = "",
): Promise<Framed> {
	const server = createServer((_, response) => {
		response.setHeader("Content-Type", "text/html; charset=utf-8");
		response.end(`<!doctype html><html lang="en"><meta charset="utf-8"><title>A page of others</title>${head}
			<p><a id="before" href="#x">before</a></p><iframe title="map" loading="lazy" ${attributes}></iframe>
			<p><a id="after" href="#y">after</a></p><div style="height:3000px"></div>`);
	});
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	const context = await site.browser.newContext({ reducedMotion: "reduce", ...options });
	const close = async () => {
		await context.close();
		server.close();
	};
	after(close);
	const page = await context.newPage();
	const [asked, problems]: [string[], string[]] = [[], []];
	page.on("request", (request) => {
		if (request.url().startsWith(site.address)) asked.push(request.url().slice(site.address.length));
		else if (!/^(http:\/\/localhost:|data:)/.test(request.url())) problems.push(request.url());
	});
	page.on("pageerror", (error) => problems.push(String(error)));
	await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`); // another site than 127.0.0.1
	return { page, frame: page.frameLocator("iframe"), asked, problems, close };
}
