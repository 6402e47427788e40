import assert from "node:assert/strict";
import { test } from "node:test";
import { along, band, fade, length, project, unproject } from "../../src/curve.ts";

const close = (a: number, b: number, tolerance: number) => assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b}`);

test("projecting and back gives the same place to a billionth of a degree", () => {
	for (const [lon, lat] of [
		[100.5, 13.75],
		[-179.9, -60],
		[0, 0],
		[180, 84.9],
	] as const) {
		const [x, y] = unproject(project([lon, lat]));
		close(x, lon, 1e-9);
		close(y, lat, 1e-9);
	}
});

test("north is up and a line to the east points along x", () => {
	assert.ok(project([0, 10]).y < project([0, 0]).y);
	close(along([project([0, 0]), project([10, 0])], 0.5).degrees, 0, 1e-9);
	close(along([project([0, 10]), project([0, 0])], 0.5).degrees, 90, 1e-9);
});

test("the middle of a line is half its length from its start", () => {
	const line = [
		{ x: 0, y: 0 },
		{ x: 6, y: 8 },
		{ x: 6, y: 18 },
	];
	close(length(line), 20, 1e-12);
	assert.deepEqual(along(line, 0.5).at, { x: 6, y: 8 });
	assert.deepEqual(along(line, 1).at, { x: 6, y: 18 });
});

test("a line is whole at a spot and gone at the end that is none", () => {
	assert.deepEqual(fade(false, false), [
		[0, 1],
		[1, 1],
	]);
	const stops = fade(true, false);
	assert.deepEqual(stops[0], [0, 0]);
	assert.deepEqual(stops.at(-1), [1, 1]);
	assert.deepEqual(fade(true, true).at(-1), [1, 0]);
	const offsets = fade(true, true).map(([offset]) => offset);
	assert.deepEqual(
		offsets,
		[...offsets].sort((a, b) => a - b),
	);
});

test("a band is as wide as asked at its start and nothing at its end", () => {
	const line = [
		{ x: 0, y: 0 },
		{ x: 10, y: 0 },
	];
	const shape = band(line, 4, 0.5, 8);
	const first = shape[0];
	const last = shape.at(-1);
	close(Math.abs((first?.y ?? 0) - (last?.y ?? 0)), 4, 1e-9);
	close(shape[8]?.x ?? 0, 5, 1e-9);
	close(shape[8]?.y ?? 1, 0, 1e-9);
});
