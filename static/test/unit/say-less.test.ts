import assert from "node:assert/strict";
import { test } from "node:test";
import { type About, FAR, type Form, isFar, type Place, type Says } from "../../src/arrange.ts";
import { overlap } from "../../src/boxes.ts";
import { NUMBER, type Saying, SIGN, sayAll, sayLess } from "../../src/say-less.ts";

const about: About = {
	...{ controls: [], lines: [], heads: [] },
	within: { left: 0, top: 0, right: 1300, bottom: 900 },
};
const form = (says: Says, width: number, height: number): Form => ({
	...{ says, width, height, upon: false, far: FAR, less: says === "alone" ? NUMBER : 0 },
});
const stop = (x: number, y: number): Saying => ({
	...{ anchor: { x, y }, mark: true },
	...{ whole: form("whole", 180, 44), brief: form("brief", 140, 32), alone: form("alone", 28, 32) },
});
const site = (x: number, y: number): Saying => ({
	...{ anchor: { x, y }, mark: true, whole: form("whole", 170, 40) },
	alone: { ...form("alone", 24, 24), less: SIGN },
});
const says = (places: readonly Place[]) => [...new Set(places.map((place) => place.form.says))].sort();

/** So many stops in a circle of so many pixels. */
const crowd = (count: number, radius: number) =>
	Array.from({ length: count }, (_, i) => {
		const angle = (i / count) * 2 * Math.PI;
		return stop(650 + radius * Math.cos(angle), 450 + radius * Math.sin(angle));
	});

test("with room enough all say all", () => {
	const places = sayAll(crowd(6, 300), about);
	assert.deepEqual([says(places), places.some(({ faulty }) => faulty)], [["whole"], false]);
});

test("many stops at almost one place stay near to it, and none covers another", () => {
	for (const sayings of [crowd(12, 4), crowd(21, 10), [...crowd(7, 40), ...crowd(7, 0)]]) {
		assert.ok(sayAll(sayings, about).some(isFar), "whole they are far");
		const places = sayLess(sayings, about);
		assert.deepEqual(places.filter(isFar), []);
		for (const [i, a] of places.entries()) for (const b of places.slice(i + 1)) assert.equal(overlap(a.box, b.box), 0);
		assert.ok(!says(places).includes("whole"), "how precise a place is say all or none");
	}
});

test("where dropping how precise a place is suffices, no name is given up", () => {
	const sayings = crowd(7, 20);
	assert.ok(sayAll(sayings, about).some(({ faulty }) => faulty));
	assert.deepEqual(says(sayLess(sayings, about)), ["brief"]);
});

test("programmes say less before stops do", () => {
	const around = Array.from({ length: 8 }, () => site(650, 450));
	const places = sayLess([stop(650, 450), ...around], about);
	assert.equal(places[0]?.form.says, "whole");
	assert.ok(says(places.slice(1)).includes("alone"));
	assert.deepEqual(places.filter(isFar), []);
});

test("a stop under the legend says its number beside it, and the others say all", () => {
	const legend = { left: 0, top: 300, right: 300, bottom: 900 };
	const [under, ...others] = sayLess([stop(150, 600), ...crowd(4, 200)], { ...about, controls: [legend] });
	assert.equal(under?.form.says, "alone");
	assert.equal(under && overlap(under.box, legend), 0);
	assert.deepEqual(says(others), ["whole"]);
});

test("the chosen stop says all among others that do not", () => {
	const [first, ...others] = crowd(14, 6) as [Saying, ...Saying[]];
	const { anchor, mark, whole } = first;
	const places = sayLess([{ anchor, mark, whole }, ...others], about);
	assert.deepEqual([places[0]?.form.says, places.filter(isFar)], ["whole", []]);
});
