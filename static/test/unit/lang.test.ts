import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const lang = new URL("../../lang/", import.meta.url);
const root = new URL("../../", import.meta.url);
const read = (file: string) => JSON.parse(readFileSync(new URL(file, lang), "utf8")) as Record<string, string>;
const english = read("en.json");
const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

const FORM = /\.(zero|one|two|few|many)$/;

/** The keys of the forms that a language's rules can ask for beside "other", where a text depends on a count. */
function formsOf(key: string, file: string): string[] {
	if (!(`${key}.one` in english)) return [];
	const { pluralCategories } = new Intl.PluralRules(file.replace(".json", "")).resolvedOptions();
	return pluralCategories.filter((name) => name !== "other").map((name) => `${key}.${name}`);
}

for (const file of readdirSync(lang)) {
	const texts = read(file);
	test(`${file} has every text and no other`, () => {
		const wanted = Object.keys(english).flatMap((key) => (FORM.test(key) ? [] : [key, ...formsOf(key, file)]));
		assert.deepEqual(Object.keys(texts).sort(), wanted.sort());
		for (const [key, text] of Object.entries(texts)) assert.notEqual(text.trim(), "", key);
	});
	test(`${file} has the same placeholders`, () => {
		for (const [key, text] of Object.entries(texts)) {
			assert.deepEqual(placeholders(text), placeholders(english[key.replace(FORM, "")] ?? ""), key);
		}
	});
}

test("every text that a template or a module asks for by its whole key exists", () => {
	const files = ["templates", "src"].flatMap((folder) => {
		const names = readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: "utf8" });
		const texts = names.filter((name) => /\.(html|ts)$/.test(name));
		return texts.map((name) => readFileSync(new URL(`${folder}/${name}`, root), "utf8"));
	});
	for (const [, key] of files.join("\n").matchAll(/(?:\.T |\.text\()"([\w.]+)"/g))
		assert.ok(key && key in english, key);
});

test("every code of a vocabulary has a name", () => {
	const vocabulary = readFileSync(new URL("../routes/vocabulary.go", root), "utf8");
	const lists: Record<string, string> = {
		Role: "role",
		Transport: "transport",
		Crossing: "crossing",
		SiteKind: "site_kind",
		MovementKind: "movement_kind",
		Sign: "sign",
		Act: "act",
		Module: "module",
	};
	for (const [type, list] of Object.entries(lists)) {
		const body =
			vocabulary.match(new RegExp(`func \\(${type}\\) Terms\\(\\) \\[\\]Term \\{([\\s\\S]*?)\\n\\}`))?.[1] ?? "";
		const form = list === "module" ? /"([A-E])"/g : /"([a-z_]+)"/g;
		const codes = [...body.matchAll(form)].map(([, code]) => code);
		assert.ok(codes.length > 0, type);
		for (const code of codes) assert.ok(`term.${list}.${code}` in english, `${list} ${code}`);
	}
});

test("one thing has one name, on the map and on the pages of data", () => {
	const other: Record<string, string[]> = { "th.json": ["จุดแวะ", "เรื่องเล่าในอดีต"], "zh-Hans.json": ["停留地"] };
	for (const [file, words] of Object.entries(other)) {
		for (const [key, text] of Object.entries(read(file))) {
			for (const word of words) assert.ok(!text.includes(word), `${file}: ${key} says ${word}`);
		}
	}
	const thai = read("th.json");
	assert.ok(thai["data.property.historical"]?.endsWith(thai["claim.historical"] ?? "-"));
});

test("no particle of a Burmese heading of a leg can begin a line", () => {
	assert.match(read("my.json")["leg.title"] ?? "", /\}မှ \{to\}သို့$/);
});
