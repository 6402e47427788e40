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

/** The program's sources of some kinds below a folder, without tests. */
function sources(folder: string, kinds: RegExp): string[] {
	const names = readdirSync(new URL(`../${folder}/`, root), { recursive: true, encoding: "utf8" });
	const ours = names.filter((name) => kinds.test(name) && !/(^|\/)(dist|test|testdata)\/|_test\.go$/.test(name));
	return ours.map((name) => readFileSync(new URL(`../${folder}/${name}`, root), "utf8"));
}

const templates = sources("static/templates", /\.html$/);
const modules = sources("static/src", /\.ts$/);
const packages = ["cmd", "download", "draw", "geo", "live", "routes", "server", "static", "store"].flatMap((folder) =>
	sources(folder, /\.go$/),
);

test("every text that a template or a module asks for by its whole key exists", () => {
	for (const [, key] of [...templates, ...modules].join("\n").matchAll(/(?:\.T |\.text\()"([\w.]+)"/g))
		assert.ok(key && key in english, key);
});

/** The keys that code makes up, each with a * for a part that is known when it runs. */
function madeUp(actions: readonly string[]): Set<string> {
	const keys = new Set<string>();
	const first = `(?:${[...new Set(Object.keys(english).map((key) => key.split(".", 1)[0]))].join("|")})`;
	for (const text of modules) {
		const templated = text.matchAll(new RegExp(`\`(${first}\\.[^\`\\s]*\\$\\{[^\`]*)\``, "g"));
		for (const [, key = ""] of templated) keys.add(key.replace(/\$\{[^}]*\}/g, "*"));
	}
	for (const text of packages) {
		const joined = new RegExp(`"(${first}\\.[\\w.]*)"((?:\\s*\\+\\s*(?:"[^"]*"|[\\w.]+(?:\\([^()]*\\))?))+)`, "g");
		for (const [, begins, rest = ""] of text.matchAll(joined)) {
			const parts = rest.split("+").slice(1);
			keys.add(begins + parts.map((part) => /"(.*)"/.exec(part)?.[1] ?? "*").join(""));
		}
	}
	for (const text of actions) {
		const printed = text.matchAll(new RegExp(`print(f?) "(${first}\\.[\\w.%]*)"`, "g"));
		for (const [, formatted, key = ""] of printed) keys.add(formatted ? key.replaceAll("%s", "*") : `${key}*`);
	}
	return keys;
}

test("every text is asked for: by its whole key, or by one that is made up of words that are there", () => {
	const actions = templates.flatMap((text) => text.match(/\{\{.*?\}\}/g) ?? []);
	const attributes = templates.flatMap((text) => text.match(/\sdata-[\w-]+="[\w.]+"/g) ?? []);
	const quoted = [...modules, ...packages, ...actions, ...attributes].join("\n").matchAll(/["'`]([\w.]+)["'`]/g);
	const said = new Set([...quoted].map(([, word]) => word ?? ""));
	const patterns = [...madeUp(actions)].map(
		(key) => new RegExp(`^${key.replaceAll(".", "\\.").replaceAll("*", "([^.]+)")}$`),
	);
	assert.ok(patterns.length > 20);
	for (const key of new Set(Object.keys(english).map((form) => form.replace(FORM, "")))) {
		const isMade = patterns.some((pattern) =>
			pattern
				.exec(key)
				?.slice(1)
				.every((word) => said.has(word)),
		);
		assert.ok(said.has(key) || isMade, `nothing asks for ${key}`);
	}
});

/** Of these nobody is shown a name. */
const UNNAMED = ["OrganisationType", "StepKind", "TranslationStatus"];

test("every code of a vocabulary has a name", () => {
	const vocabulary = readFileSync(new URL("../routes/vocabulary.go", root), "utf8");
	const constants = Object.fromEntries(
		[...vocabulary.matchAll(/^\t(\w+)(?: +\w+)? += "([\w.]+)"$/gm)].map(([, name, code]) => [name, code]),
	);
	const named = [...vocabulary.matchAll(/^func \((\w+)\) Terms\(\) \[\]Term \{([\s\S]*?)\}$/gm)];
	assert.ok(named.length > UNNAMED.length + 10, `${named.length} vocabularies`);
	for (const [, type = "", body = ""] of named) {
		if (UNNAMED.includes(type)) continue;
		const codes = codesOf(
			body.replace(/string\((\w+)\)|\bNotStated\b/g, (said, name) => `"${constants[name ?? said]}"`),
		);
		assert.ok(codes.length > 0, type);
		const list = type.replace(/(?<=[a-z])[A-Z]/g, "_$&").toLowerCase();
		for (const code of codes) assert.ok(`term.${list}.${code}` in english, `${list} ${code}`);
	}
});

/** The codes that a vocabulary lists: own has nothing else, terms a scheme first and its word behind each. */
function codesOf(body: string): string[] {
	return [...body.matchAll(/\b(own|terms)\(([^()]*)\)/g)].flatMap(([, call, list = ""]) => {
		const codes = [...list.slice(call === "own" ? 0 : list.indexOf(",")).matchAll(/"([^"]*)"/g)].map(
			([, code]) => code ?? "",
		);
		return call === "own" ? codes : codes.filter((_, i) => i % 2 === 0);
	});
}

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

test("no line breaks before the Thai sign that repeats a word, nor within a Burmese negation of a label", () => {
	const content = new URL("../../../data/content/mekong/", import.meta.url);
	const files = readdirSync(content, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".yaml"));
	assert.ok(files.length > 5);
	for (const text of [
		...files.map((name) => readFileSync(new URL(name, content), "utf8")),
		...Object.values(read("th.json")),
	])
		assert.doesNotMatch(text, / ๆ/);
	for (const [key, text] of Object.entries(read("my.json"))) {
		if (key.startsWith("term.precision.")) assert.doesNotMatch(text, /မဖော်/, key);
	}
});
