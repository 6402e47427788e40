import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Strings } from "../../src/strings.ts";

interface Row {
	lang: string;
	number: number;
	written: string;
	form: string;
}

const rows = JSON.parse(readFileSync(new URL("../../testdata/numbers.json", import.meta.url), "utf8")) as Row[];
const FORMS = ["zero", "one", "two", "few", "many"];

/** The server's texts follow the same rows, in static_test.go. */
test("numbers and forms follow the language", () => {
	const texts = Object.fromEntries([["stops", "{count} other"], ...FORMS.map((f) => [`stops.${f}`, `{count} ${f}`])]);
	for (const { lang, number, written, form } of rows) {
		assert.equal(new Strings(texts, lang).text("stops", { count: number }), `${written} ${form}`, lang);
	}
});

test("a year is no quantity, and a text without forms has one for all", () => {
	const strings = new Strings({ year: "as of {year}", votes: "{count} votes", at: "{seq} of {total}" }, "en");
	assert.equal(strings.text("year", { year: 2008 }), "as of 2008");
	assert.equal(strings.text("votes", { count: 1 }), "1 votes");
	assert.equal(strings.text("at", { seq: 1, total: 1200 }), "1 of 1,200");
	assert.equal(strings.text("no.such", { count: 1 }), "no.such");
});

test("several codes of a vocabulary stand with a semicolon between them, since a name may have a comma", () => {
	const strings = new Strings({ "term.role.transit": "transit", "term.role.origin": "origin, or {count}" }, "en");
	assert.equal(strings.term("role", "transit"), "transit");
	assert.equal(strings.term("role", "transit; origin", { count: 2 }), "transit; origin, or 2");
	assert.equal(strings.term("role", "transit;nowhere"), "transit; term.role.nowhere");
});
