import assert from "node:assert/strict";
import { test } from "node:test";
import { HtmlValidate } from "html-validate";
import { inEveryLanguage, PAGES } from "./pages.ts";
import { startSite } from "./site.ts";

const site = await startSite();
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
		for (const path of inEveryLanguage(where)) {
			const address = `${site.address}${path}`;
			const html = await (await fetch(address)).text();
			const report = await validator.validateString(html);
			const problems = report.results.flatMap(({ messages }) =>
				messages.map((m) => `${m.line}:${m.column} ${m.ruleId} ${m.message}`),
			);
			assert.deepEqual([...new Set(problems)], [], address);
		}
	});
}
