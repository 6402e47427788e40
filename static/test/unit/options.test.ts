import assert from "node:assert/strict";
import { test } from "node:test";
import type { EmbedFeatures } from "../../src/api.ts";
import { ofRoutes } from "../../src/embed/options.ts";

test("an embed of some routes keeps what is of them and what is told beside one of them", () => {
	const of = (...routes: (string | undefined)[]) => routes.map((route) => ({ properties: { route } }));
	const features = {
		stops: of("one", "two"),
		legs: of("two", "three"),
		parts: of(undefined),
		movements: of("one", "one; two", "three; two"),
		sites: of("one; three", "one", undefined),
	} as unknown as EmbedFeatures;
	const kept = (routes: string[]) =>
		Object.fromEntries(
			Object.entries(ofRoutes(features, routes)).map(([list, some]) => [
				list,
				some.map(({ properties }: { properties: { route?: string } }) => properties.route),
			]),
		);
	assert.deepEqual(kept(["two"]), {
		stops: ["two"],
		legs: ["two"],
		parts: [undefined],
		movements: ["one; two", "three; two"],
		sites: [],
	});
	assert.deepEqual(ofRoutes(features, undefined), features, "all where none is named");
});
