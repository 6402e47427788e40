import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { inEveryLanguage, PAGES } from "../browser/pages.ts";
import { startSite } from "../browser/site.ts";

const site = await startSite();

test("the Nu HTML checker finds no error on any page in any language", async () => {
	const files = new Map<string, string>();
	for (const where of PAGES.flatMap(inEveryLanguage)) {
		const file = path.join(site.folder, `${files.size}.html`);
		writeFileSync(file, await (await fetch(`${site.address}${where}`)).text());
		files.set(file, where);
	}
	const jar = process.env.VNU_JAR;
	assert.ok(jar, "VNU_JAR names the checker; run make nu");
	const args = ["-jar", jar, "--format", "json", "--exit-zero-always", ...files.keys()];
	const { stderr, error } = spawnSync("java", args, { encoding: "utf8", maxBuffer: 1 << 28 });
	assert.ifError(error);
	const { messages } = JSON.parse(stderr) as { messages: { type: string; url: string; message: string }[] };
	const found = messages.filter(({ type }) => type !== "info");
	const said = found.map(({ url, message }) => `${files.get(url.replace("file:", ""))}: ${message}`);
	assert.deepEqual(said, []);
	assert.equal(files.size, PAGES.length * inEveryLanguage("/").length);
});
