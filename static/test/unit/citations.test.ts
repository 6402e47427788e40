import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { passagesOf } from "../../src/lesson/citations.ts";

const rows = JSON.parse(readFileSync(new URL("../../testdata/citations.json", import.meta.url), "utf8")) as {
	cited: string[];
	passages: string[];
}[];

test("citations name each source once, as the server does on paper", () => {
	for (const { cited, passages } of rows) assert.deepEqual(passagesOf(cited), passages);
});
