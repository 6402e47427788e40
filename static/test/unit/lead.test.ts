import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Lead } from "../../src/present/lead.ts";

Object.assign(globalThis, { addEventListener: () => {} }); // Node has no pages that are left

test("of pages that ask in the same moment one leads, and another when that is closed", async () => {
	const pages = Array.from({ length: 3 }, () => new Lead("K7M4QXR"));
	after(() => {
		for (const page of pages) page.close(); // else Node waits for them
	});
	const led = await Promise.all(pages.map((page) => page.take()));
	assert.equal(led.filter(Boolean).length, 1);
	const [second, third] = pages.filter((_, i) => !led[i]);
	pages[led.indexOf(true)]?.close();
	assert.ok(await second?.take());
	assert.equal(await third?.take(), false);
});
