import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { HtmlValidate } from "html-validate";
import { ROUTE, startSite } from "./site.ts";

const site = await startSite();
const LANGUAGES = readdirSync("static/lang").map((name) => name.replace(".json", ""));
const PAGES = [
	"/",
	ROUTE,
	`${ROUTE}?stop=bangkok`,
	`${ROUTE}/handout?edition=trainer`,
	`${ROUTE}/present`,
	`${ROUTE}/notes`,
	"/embed/yunnan",
	"/embed/yunnan?stop=bangkok",
	"/embed/all",
	"/privacy",
	"/guide",
	"/api?f=html",
	"/api/conformance?f=html",
	"/api/collections?f=html",
	"/api/collections/legs?f=html",
	"/api/collections/sites/items?f=html&limit=4&kind=training",
	"/api/collections/places/items?f=html&limit=4",
	"/api/collections/stops/items/yunnan.bangkok?f=html",
	"/search",
	"/search?q=bangkok",
	"/live",
	"/live/help",
	"/no-such-page",
];

const validator = new HtmlValidate({
	extends: ["html-validate:recommended"],
	rules: {
		// How the text is written, not what it says: the templates keep to HTML's own short forms.
		"doctype-style": "off",
		"no-trailing-whitespace": "off",
		"void-style": "off",
		"attribute-boolean-style": "off",
		"long-title": "off",
		"aria-label-misuse": ["error", { allowAnyNamable: true }],
	},
});

for (const where of PAGES) {
	test(`${where} is valid HTML in every language`, async () => {
		for (const lang of LANGUAGES) {
			const address = `${site.address}${where}${where.includes("?") ? "&" : "?"}lang=${lang}`;
			const html = await (await fetch(address)).text();
			const report = await validator.validateString(html);
			const problems = report.results.flatMap(({ messages }) =>
				messages.map((m) => `${m.line}:${m.column} ${m.ruleId} ${m.message}`),
			);
			assert.deepEqual([...new Set(problems)], [], address);
		}
	});
}
