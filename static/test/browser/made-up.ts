import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Site } from "./site.ts";

/** Makes up routes and imports them beside the first pack. */
export function makeUp(site: Site, routes: number): void {
	const file = path.join(site.folder, "made-up.jsonl");
	const args = ["run", "-tags", "sqlite_fts5", "./bench/features", "--routes", String(routes), "--out", file];
	const made = spawnSync("go", args, { encoding: "utf8" });
	assert.equal(made.status, 0, made.stderr);
	site.run("import", "--db", site.db, file);
}

interface Step {
	id: string;
	roles?: string[];
	from?: string;
	to?: string;
}

/** Strings made-up routes together, which [makeUp] has made, to one with so many stops, and imports it. Gives its id. */
export function makeUpLong(site: Site, stops: number): string {
	const lines = readFileSync(path.join(site.folder, "made-up.jsonl"), "utf8").trim().split("\n");
	const documents = lines.map((line) => JSON.parse(line));
	const [head, ...rest] = documents;
	const routes: { stops: Step[]; legs: Step[] }[] = rest.flatMap(({ route }) => route ?? []);
	const role = (i: number) => (i === 0 ? "origin" : i === stops - 1 ? "end" : "transit");
	const joined = {
		...routes[0],
		id: "made-up-long",
		stops: numbered(routes, "stops", stops).map((stop, i) => ({ ...stop, roles: [role(i)] })),
		legs: numbered(routes, "legs", stops - 1).map((leg, i) => ({ ...leg, from: `stop-${i + 1}`, to: `stop-${i + 2}` })),
	};
	const places = rest.filter(({ places }) => places);
	const file = path.join(site.folder, "long.jsonl");
	const pack = { ...head, pack: { ...head.pack, id: "made-up-long" } };
	writeFileSync(file, [pack, ...places, { route: joined }].map((document) => `${JSON.stringify(document)}\n`).join(""));
	site.run("import", "--db", site.db, file);
	return joined.id;
}

function numbered(routes: { stops: Step[]; legs: Step[] }[], kind: "stops" | "legs", count: number): Step[] {
	const all = routes.flatMap((route) => route[kind]).slice(0, count);
	assert.equal(all.length, count, `${all.length} ${kind} are made up`);
	return all.map((step, i) => ({ ...step, id: `${kind.slice(0, -1)}-${i + 1}` }));
}

/** Makes up a route across the antimeridian and imports it. Gives its id. */
export function makeUpPacific(site: Site): string {
	const id = "made-up-pacific";
	const cities = [
		"city of Suva, Fiji",
		"city of Apia, Samoa",
		"city of Honolulu, Hawaii, United States",
		"city of Auckland, New Zealand",
	];
	makeUpRoutes(site, id, { [id]: cities.map((query, i) => ({ title: `Place ${i + 1}`, query })) });
	return id;
}

/** A place that a made-up route goes through. */
interface Through {
	title: string;
	query: string;
	precision?: string;
}

const CLAIM = { text: { en: "Made up." }, citations: ["SET ¶0"], as_of: 2020 };

/** Makes up routes through places, by their ids, and imports them as a pack. Places of the same title are the same. */
export function makeUpRoutes(site: Site, id: string, routes: Record<string, readonly Through[]>): void {
	const all = new Map(
		Object.values(routes)
			.flat()
			.map((place) => [idOf(place), place]),
	);
	const places = [...all].map(([place, { title, query, precision = "settlement" }]) => ({
		places: [{ id: place, title: { en: title }, query, precision }],
	}));
	const documents = [
		packOf(id),
		...places,
		...Object.entries(routes).map(([route, through]) => ({ route: routeThrough(route, through) })),
	];
	const file = path.join(site.folder, `${id}.jsonl`);
	writeFileSync(file, documents.map((document) => `${JSON.stringify(document)}\n`).join(""));
	site.run("import", "--db", site.db, file);
}

function idOf({ title }: Through): string {
	return title.toLowerCase().replaceAll(" ", "-");
}

function packOf(id: string) {
	const { text } = CLAIM;
	const source = { id: "SET", title: "A set", author: { en: "Nobody" }, created: "2020-01-01" };
	return {
		pack: {
			...{ id, title: text, summary: text, licence: "CC0-1.0", attribution: "Nobody" },
			languages: [{ code: "en", status: "original" }],
		},
		sources: [{ ...source, nature: text, names_people: false }],
		organisations: [{ id: "nobody", title: { en: "Nobody" } }],
	};
}

function routeThrough(id: string, through: readonly Through[]) {
	const stops = through.map((place, i) => {
		const role = i === 0 ? "origin" : i === through.length - 1 ? "end" : "transit";
		return { id: `stop-${i + 1}`, place: idOf(place), roles: [role], ...CLAIM };
	});
	const legs = stops.slice(1).map((stop, i) => {
		const how = { evidence: "documented", crossing: "not_stated", transport: "not_stated", means: ["not_stated"] };
		return { id: `leg-${i + 1}`, from: `stop-${i + 1}`, to: stop.id, ...how, ...CLAIM };
	});
	const { text, citations, as_of } = CLAIM;
	const told = { said_by: "nobody", purpose: ["not_stated"], exploitation: ["not_stated"] };
	return { id, title: text, summary: text, ...told, citations, as_of, stops, legs };
}

/** Imports another pack that is like the first but for the town of one place and a number that its source gives roughly. */
export function makeUpTwin(site: Site): void {
	const folder = path.join(site.folder, "twin");
	cpSync("data/content/mekong", folder, { recursive: true });
	rmSync(path.join(folder, "lessons"), { recursive: true });
	const change = (file: string, ...changes: [from: string | RegExp, to: string][]) => {
		const text = readFileSync(path.join(folder, file), "utf8");
		const changed = changes.reduce((so, [from, to]) => so.replaceAll(from, to), text);
		assert.notEqual(changed, text, file);
		writeFileSync(path.join(folder, file), changed);
	};
	change("pack.yaml", [/^id: mekong$/gm, "id: twin"]);
	renameSync(path.join(folder, "routes/yunnan.yaml"), path.join(folder, "routes/twin.yaml"));
	change("routes/twin.yaml", [/^id: yunnan$/gm, "id: twin"]);
	for (const file of ["findings.yaml", "movements.yaml"]) change(file, [/^( +)- yunnan$/gm, "$1- twin"]);
	change(
		"sites.yaml",
		[/^( +)- yunnan$/gm, "$1- twin"],
		[/( +)- count: 16$/gm, "$1- count: 1600\n$1  approximate: true"],
	);
	change("places.yaml", ["query: Pingxiang, Guangxi, China", "query: city of Chiang Rai, Thailand"]);
	site.run("import", "--db", site.db, folder);
}
