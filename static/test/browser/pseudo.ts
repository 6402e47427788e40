import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after } from "node:test";

/** Made languages that find what no real one shows: a text that was forgotten, and what runs the wrong way. */
export const ACCENTED = "en-XA";
export const MIRRORED = "ar-XB";

/** The brackets around every text of a made language. */
export const OPEN = "⟦";
export const CLOSE = "⟧";

const ACCENTS = [
	"aàåáâ",
	"eéèêë",
	"iîïíì",
	"oôöóò",
	"uûüúù",
	"yÿý",
	"cç",
	"nñ",
	"sš",
	"zž",
	"AÀÅÁÂ",
	"EÉÈÊË",
	"CÇ",
	"NÑ",
];
const ARABIC = new Map(
	[..."abcdefghijklmnopqrstuvwxyz"].map((letter, i) => [letter, "ابجدهفزحيكلمنسعصقرشتثخذضظغ"[i] ?? letter]),
);

/** Puts marks on letters and makes the text two fifths longer, as translations are. */
function accent(text: string): string {
	let n = 0;
	const marked = text.replace(/[a-z]/gi, (letter) => {
		const row = ACCENTS.find(([first]) => first === letter);
		return row ? (row[1 + (n++ % (row.length - 1))] ?? letter) : letter;
	});
	return `${marked}${" ~".repeat(Math.round(text.trim().length / 5))}`;
}

function arabic(text: string): string {
	return text.toLowerCase().replace(/[a-z]/g, (letter) => ARABIC.get(letter) ?? letter);
}

/** Changes a text but leaves the names in braces. */
function outsideBraces(text: string, change: (part: string) => string): string {
	return text
		.split(/(\{\w+\})/)
		.map((part) => (part.startsWith("{") ? part : change(part)))
		.join("");
}

/** A language file made from English, with all the forms that the language's rules can ask for. */
function madeFrom(english: Record<string, string>, lang: string, change: (text: string) => string): string {
	const { pluralCategories } = new Intl.PluralRules(lang).resolvedOptions();
	const forms = pluralCategories.filter((form) => form !== "other");
	const texts: Record<string, string> = {};
	for (const [key, text] of Object.entries(english)) {
		const made = key === "language.locale" ? text : `${OPEN}${outsideBraces(text, change)}${CLOSE}`;
		const [base] = key.split(/\.one$/);
		if (base === key) texts[key] = made;
		else for (const form of forms) texts[`${base}.${form}`] = made;
	}
	return JSON.stringify(texts);
}

/** Builds the program with the made languages besides its own, and gives its path. It goes away with the test. */
export function buildWithMadeLanguages(): string {
	const folder = mkdtempSync(path.join(tmpdir(), "corridor-pseudo-"));
	after(() => rmSync(folder, { recursive: true, force: true }));
	const english = JSON.parse(readFileSync("static/lang/en.json", "utf8")) as Record<string, string>;
	const replace: Record<string, string> = {};
	for (const [lang, change] of [
		[ACCENTED, accent],
		[MIRRORED, arabic],
	] as const) {
		const file = path.join(folder, `${lang}.json`);
		writeFileSync(file, madeFrom(english, lang, change));
		replace[path.resolve("static/lang", `${lang}.json`)] = file;
	}
	const overlay = path.join(folder, "overlay.json");
	const binary = path.join(folder, "corridor");
	writeFileSync(overlay, JSON.stringify({ Replace: replace }));
	const built = spawnSync(
		"go",
		["build", "-tags", "sqlite_fts5", "-overlay", overlay, "-o", binary, "./cmd/corridor"],
		{
			encoding: "utf8",
		},
	);
	if (built.status !== 0) throw new Error(`the build failed: ${built.stderr}${built.error ?? ""}`);
	return binary;
}
