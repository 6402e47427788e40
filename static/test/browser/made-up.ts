import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
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
