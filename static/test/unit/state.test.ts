import assert from "node:assert/strict";
import { test } from "node:test";
import { format, type Layer, parse, type State } from "../../src/state.ts";

const defaults = new Set<Layer>(["route"]);

test("the state survives the address", () => {
	const states: State[] = [
		{ stop: undefined, layers: defaults },
		{ stop: "bangkok", layers: defaults },
		{ stop: "thai-malaysian-border", layers: new Set<Layer>(["route", "movements", "sites"]) },
		{ stop: undefined, layers: new Set<Layer>(), motion: "less" },
		{ stop: undefined, layers: defaults, motion: "full" },
	];
	for (const state of states) {
		const back = parse(format(state, defaults, ""), defaults);
		assert.equal(back.stop, state.stop);
		assert.equal(back.motion, state.motion);
		assert.deepEqual([...back.layers].sort(), [...state.layers].sort());
	}
});

test("what the page has by default leaves no trace, and other parameters stay", () => {
	assert.equal(format({ stop: undefined, layers: defaults }, defaults, "?lang=th&stop=old"), "?lang=th");
	assert.equal(
		format({ stop: "bangkok", layers: new Set<Layer>(["route", "sites"]) }, defaults, "?lang=my"),
		"?lang=my&stop=bangkok&layers=route,sites",
	);
});

test("unknown layers and words about motion are left out", () => {
	assert.equal(parse("?motion=none", defaults).motion, undefined);
	assert.deepEqual([...parse("?layers=route,roads", defaults).layers], ["route"]);
});
