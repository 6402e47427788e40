// Builds the front end into static/dist: script, style and fonts, each with a hash of its content in its name,
// a manifest of their addresses, and compressed copies beside each text file.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import subsetFont from "subset-font";

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, "dist");
const require = createRequire(import.meta.url);

/** The features of fonts that write these languages: without the forms of Mon, Shan and the like. */
const SHAPING = [
	...["ccmp", "rlig", "liga", "clig", "calt", "rphf", "pref", "blwf", "abvf", "pstf", "cfar"],
	...["pres", "abvs", "blws", "psts", "kern", "dist", "mark", "mkmk", "abvm", "blwm"],
];
/** The scripts that a device may lack, with the characters that the interface's languages write: those of Shan, Mon and Karen weigh as much again. */
const WRITTEN = { thai: [0x0e00, 0x0e7f], myanmar: [0x1000, 0x104f], lao: [0x0e80, 0x0eff], khmer: [0x1780, 0x17ff] };
const FONTS = Object.keys(WRITTEN).flatMap((script) =>
	["400", "600"].map((weight) => ({ name: `noto-sans-${script}-${weight}`, script, weight })),
);
/** The fonts in which pictures of a route are drawn: one script each. Chinese has one weight, since it is large. */
const DRAW_FONTS = [
	...["latin", "latin-ext", "vietnamese"].map((subset) => ["noto-sans", subset, ["400", "600"]]),
	...["thai", "myanmar", "lao", "khmer"].map((subset) => [`noto-sans-${subset}`, subset, ["400", "600"]]),
	["noto-sans-sc", "chinese-simplified", ["400"]],
];
/** The scripts of pages, each with everything it needs: a page loads one of them. */
const SCRIPTS = [
	"viewer",
	"viewer-map",
	"present",
	"live",
	"plain",
	"embed",
	"after-picture",
	"fonts-first",
	"embed-map",
	"resize",
	"data",
	"find",
];
/** What holds nothing of others. */
const LIGHT = [
	"src/viewer.ts",
	"src/embed.ts",
	"src/after-picture.ts",
	"src/fonts-first.ts",
	"src/plain.ts",
	"src/resize.ts",
	"src/find.ts",
];
/** Styles that only some pages load, beside the one of all. */
const STYLES = ["present", "guide", "handout", "data", "find"];
/** Packages that protomaps-leaflet imports for what the map does not use. */
const UNUSED = ["@protomaps/basemaps", "pmtiles", "color2k"];

/** Parts of Leaflet that no map here has. */
const UNSEEN =
	/leaflet-(popup|control-layers|control-attribution|attribution|vml|div-icon|oldie|default-icon|marker-shadow|retina|image-layer)|\.lvml\b/;

empty();
const fonts = Object.fromEntries(
	await Promise.all(FONTS.map(async (font) => [`font:${font.name}`, place(font.name, "woff2", await fontFile(font))])),
);
const manifest = {
	scripts: await scripts(),
	style: place("style", "css", await bundle("styles/main.css")),
	styles: { ...(await styles()), ...(await embedStyles()) },
	draw: drawFonts(),
};
writeFileSync(path.join(dist, "manifest.json"), `${JSON.stringify(manifest, null, "\t")}\n`);
report();

function empty() {
	mkdirSync(dist, { recursive: true });
	for (const name of readdirSync(dist)) {
		if (name !== ".gitkeep") rmSync(path.join(dist, name), { recursive: true });
	}
	writeFileSync(path.join(dist, ".gitkeep"), "");
}

function fontFile({ script, weight }) {
	const name = `noto-sans-${script}`;
	const [first, last] = WRITTEN[script];
	const written = Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i));
	// Spaces, zero-width joiners and the circle that bears a lone vowel sign.
	const text = [" \u00a0\u200b\u200c\u200d\u25cc", ...written].join("");
	const whole = readFileSync(require.resolve(`@fontsource/${name}/files/${name}-${script}-${weight}-normal.woff2`));
	return subsetFont(whole, text, { targetFormat: "woff2", keepFeatures: SHAPING });
}

/** Puts the fonts of pictures beside the bundle and gives a hash of them, so that another font is another build. */
function drawFonts() {
	mkdirSync(path.join(dist, "draw"));
	const hash = createHash("sha256");
	for (const [name, subset, weights] of DRAW_FONTS) {
		for (const weight of weights) {
			const content = readFileSync(
				require.resolve(`@fontsource/${name}/files/${name}-${subset}-${weight}-normal.woff`),
			);
			hash.update(content);
			writeFileSync(
				path.join(dist, "draw", `${subset === "chinese-simplified" ? "han" : subset}-${weight}.woff`),
				content,
			);
		}
	}
	return hash.digest("hex").slice(0, 10);
}

async function scripts() {
	const placed = SCRIPTS.map(async (name) => [name, place(name, "js", await bundle(`src/${name}.ts`))]);
	return Object.fromEntries(await Promise.all(placed));
}

async function styles() {
	const placed = STYLES.map(async (name) => [name, place(name, "css", await bundle(`styles/${name}.css`))]);
	return Object.fromEntries(await Promise.all(placed));
}

/** The style sheets of embeds: one for each theme, made of the same source, and one for the map that moves. */
async function embedStyles() {
	const auto = await bundle("styles/embed.css");
	const themed = (media) => auto.replace(/@media ?\(prefers-color-scheme: ?dark\)/g, `@media ${media}`);
	if (themed("all") === auto) throw new Error("styles/embed.css has no dark theme");
	return {
		"embed-auto": place("embed-auto", "css", auto),
		"embed-light": place("embed-light", "css", themed("not all").replaceAll("light dark", "light")),
		"embed-dark": place("embed-dark", "css", themed("all").replaceAll("light dark", "dark")),
		"embed-map": place("embed-map", "css", await bundle("styles/embed-map.css", lighter)),
	};
}

/** A frame on another's page loads one weight of a font that the device lacks; the browser makes it bold. It loads no rules that it has no use for. */
function lighter(style) {
	const heavy = /@font-face\{[^}]*font:[a-z-]+-600[^}]*\}/g;
	if (!heavy.test(style)) throw new Error("styles/embed-map.css has no fonts of two weights");
	const rule = /([^{}]+)\{[^{}]*\}/g;
	const isUsed = (selectors) => selectors.split(",").some((selector) => !UNSEEN.test(selector));
	return style.replace(heavy, "").replace(rule, (text, selectors) => (isUsed(selectors) ? text : ""));
}

async function bundle(entry, edit = (text) => text) {
	const result = await build({
		entryPoints: [path.join(here, entry)],
		bundle: true,
		minify: true,
		write: false,
		format: "iife",
		target: ["es2022"],
		legalComments: "none",
		external: ["font:*"],
		alias: Object.fromEntries(UNUSED.map((name) => [name, path.join(here, "build", "unused.mjs")])),
		loader: { ".png": "empty" },
		banner:
			entry.endsWith(".ts") && !LIGHT.includes(entry)
				? { js: "/* Corridor, with Leaflet (BSD-2-Clause) and protomaps-leaflet (BSD-3-Clause) */" }
				: {},
	});
	return edit(result.outputFiles[0].text).replace(/font:noto-[a-z0-9-]+/g, (name) => fonts[name]);
}

/** Writes a file under a name with its hash and gives its address. */
function place(name, extension, content) {
	const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
	const file = `${name}-${hash}.${extension}`;
	writeFileSync(path.join(dist, file), content);
	if (extension !== "woff2") compress(file, Buffer.from(content));
	return `/assets/${file}`;
}

function compress(file, content) {
	writeFileSync(path.join(dist, `${file}.gz`), gzipSync(content, { level: 9 }));
	const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
	writeFileSync(path.join(dist, `${file}.br`), brotliCompressSync(content, { params }));
}

function report() {
	for (const name of readdirSync(dist).sort()) {
		if (name.endsWith(".gz") || name.endsWith(".woff2")) {
			process.stdout.write(`${String(readFileSync(path.join(dist, name)).length).padStart(8)} ${name}\n`);
		}
	}
}
