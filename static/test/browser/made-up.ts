import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
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
