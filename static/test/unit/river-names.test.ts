import assert from "node:assert/strict";
import { test } from "node:test";
import Point from "@mapbox/point-geometry";
import { stretches } from "../../src/river-names.ts";

test("a straight line has stretches that do not wind, each as long as asked", () => {
	const line = Array.from({ length: 21 }, (_, i) => new Point(i * 10, i * 10));
	const found = stretches(line, 60);
	assert.ok(found.length > 2);
	for (const { from, to, winding } of found) {
		assert.ok(winding < 1e-9);
		assert.ok(Math.abs(from.dist(to) - 60) < 1e-9);
	}
});

test("a bend counts by how far it leaves the chord", () => {
	const [bend] = stretches([new Point(0, 0), new Point(50, 20), new Point(100, 0)], 100);
	assert.equal(bend?.winding, 20);
});

test("what is shorter than the name has no stretch", () => {
	assert.deepEqual(stretches([new Point(0, 0), new Point(10, 0)], 60), []);
});
