// Takes the pictures of the README anew. It asserts nothing of them: look at them.
import { after, test } from "node:test";
import { present } from "../browser/presenting.ts";
import { Room } from "../browser/room.ts";
import { ROUTE, ready, startSite } from "../browser/site.ts";

const PHONE = { width: 390, height: 844 };
const site = await startSite();
const room = new Room(site);
await room.start();
after(() => room.close());

test("the route's page on a laptop", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=en`, { viewport: { width: 1366, height: 768 } });
	await ready(page);
	await page.screenshot({ path: "docs/route.png" });
	await close();
});

test("the route's page on a phone", async () => {
	const { page, close } = await site.open(`${ROUTE}?lang=my`, { viewport: PHONE, hasTouch: true });
	await page.touchscreen.tap(3, 3);
	await ready(page);
	await page.evaluate(() => document.fonts.ready);
	await page.screenshot({ path: "docs/phone.png" });
	await close();
});

test("the presenter", async () => {
	const { page, close } = await present(site, "?lang=en&step=thailand");
	await page.locator("[data-map-stop=thailand]").waitFor();
	await page.screenshot({ path: "docs/present.png" });
	await close();
});

test("a phone that follows", async () => {
	const session = await room.open();
	const page = await room.phone(session, "th-TH", { viewport: PHONE });
	await page.locator("[data-connection][data-state=following]").waitFor();
	await room.move(session, { step: "thailand" });
	await page.locator("[data-map] .tablet").first().waitFor();
	await page.evaluate(() => document.fonts.ready);
	await page.screenshot({ path: "docs/follow.png" });
});
