import assert from "node:assert/strict";
import { test } from "node:test";
import { alongEach, length, type Planar } from "../../src/curve.ts";
import { apart, arrows, Lanes, NEAR, SAMPLES, shifted, tried } from "../../src/lanes.ts";
import { distance } from "../../src/nearby.ts";

const straight = (x1: number, y1: number, x2: number, y2: number, n = 24): Planar[] =>
	Array.from({ length: n }, (_, i) => ({ x: x1 + ((x2 - x1) * i) / (n - 1), y: y1 + ((y2 - y1) * i) / (n - 1) }));

/** At how many places, and how closely, a line runs upon another; that it crosses it once is nothing. */
function together(line: readonly Planar[], other: readonly Planar[]): number {
	const spots = alongEach(line, SAMPLES);
	const sum = spots.reduce((so, { at }) => so + Math.max(0, 1 - distance(at, other) / NEAR), 0);
	return Math.max(0, sum - 1);
}

test("a line is moved to the right of its direction, and its ends stay", () => {
	const east = straight(0, 0, 230, 0);
	const moved = shifted(east, 10);
	assert.deepEqual([moved[0], moved.at(-1)], [east[0], east.at(-1)]);
	const middle = moved[12]?.y ?? 0;
	assert.ok(middle > 9.9 && middle <= 10, `${middle}: right of east is south, where y grows`);
	assert.deepEqual(shifted(east, 0), east);
});

test("lines between the same places run beside each other, in either direction", () => {
	const there = straight(0, 0, 300, 120);
	const back = [...there].reverse();
	const laid = apart([there, there, back, back]);
	for (const [i, a] of laid.entries()) for (const b of laid.slice(i + 1)) assert.equal(together(a, b), 0);
	assert.deepEqual(laid[0], there, "the first one keeps its place");
	assert.deepEqual(apart([there, there, back, back]), laid, "and so they lie each time");
});

test("lines that only cross stay where they are", () => {
	const lines = [straight(0, 0, 300, 0), straight(150, -150, 150, 150)];
	assert.deepEqual(apart(lines), lines);
});

/** Chance that is the same each time: a number below 1. */
function chance(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

/** Bent lines of any length, anywhere in a square of so many pixels; some between the same spots as others. */
function randomLines(count: number, side: number, seed: number): Planar[][] {
	const random = chance(seed);
	const lines: Planar[][] = [];
	for (let i = 0; i < count; i++) {
		const again = lines[Math.floor(random() * lines.length)];
		if (again && random() < 0.2) {
			lines.push(random() < 0.5 ? again : [...again].reverse());
			continue;
		}
		const [x, y, turn, long] = [random() * side, random() * side, random() * 7, random() ** 3 * side];
		const bend = (random() - 0.5) * long * 0.3;
		const at = (t: number) => ({ along: t * long, aside: 4 * t * (1 - t) * bend });
		lines.push(
			Array.from({ length: 25 }, (_, n) => {
				const { along, aside } = at(n / 24);
				const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
				return { x: x + along * cos - aside * sin, y: y + along * sin + aside * cos };
			}),
		);
	}
	return lines;
}

test("a line takes the lane that comparing it with all lines before would give it", () => {
	for (const seed of [1, 2, 3, 4, 5]) {
		const lanes = new Lanes();
		const before: Planar[][] = [];
		for (const line of randomLines(60, 100 * 2 ** seed, seed)) {
			const placed = lanes.place(line);
			const touching = (run: Planar[]) => before.reduce((sum, other) => sum + together(run, other), 0);
			const [own, least] = [touching(placed), Math.min(...[...tried(line)].map(touching))];
			assert.ok(own <= least + 1e-9, `line ${before.length} of ${seed} touches ${own}, another lane ${least}`);
			before.push(placed);
		}
	}
});

test("of 2,000 lines all over a map each is held against a few that are near", () => {
	const lanes = new Lanes();
	const lines = randomLines(2000, 4000, 7);
	for (const line of lines) lanes.place(line);
	const pairs = (lines.length * (lines.length - 1)) / 2;
	const bits = pairs * 9 * 24; // nine spots of a line in its first lane, against each bit of each line
	assert.ok(lanes.compared > 0 && lanes.compared < bits / 50, `${lanes.compared} of ${bits}`);
});

test("the distance to a line is that to its nearest spot", () => {
	const line = straight(0, 0, 10, 0, 2);
	assert.equal(distance({ x: 5, y: 3 }, line), 3);
	assert.equal(distance({ x: 14, y: 3 }, line), 5);
});

const fading = { start: true, end: true };

test("arrowheads come nearer to an end that is a spot", () => {
	const line = straight(0, 0, 10000, 0);
	const last = (end: boolean) => arrows(line, 130, { start: true, end }).at(-1)?.at.x ?? 0;
	assert.ok(last(true) < 8200 && last(false) > 9800);
});

test("each line with room has an arrowhead, long ones have more, and none stands at an end", () => {
	for (const long of [10, 20, 40, 200, 1000, 20000]) {
		const line = straight(0, 0, long, 0);
		const heads = arrows(line, 130, fading);
		assert.equal(heads.length % 2, 1, "one of them in the middle");
		for (const { at, degrees } of heads) {
			assert.ok(at.x > 0.17 * long && at.x < 0.83 * long, `${at.x} of ${long}`);
			assert.deepEqual([at.y, degrees], [0, 0], "it stands upon its line");
		}
		assert.ok(heads.length >= (length(line) * 0.6) / 130 - 2);
	}
});

test("a short line has a small arrowhead in the middle of what is seen of it, a very short one has none", () => {
	const heads = (long: number, end = true) => arrows(straight(0, 0, long, 0), 130, { start: true, end });
	assert.deepEqual(heads(6), []);
	assert.deepEqual(heads(16, false), [], "the ring at its end hides half of it");
	const [small, whole] = [heads(20)[0]?.size ?? 0, heads(40)[0]?.size];
	assert.ok(small > 0.5 && small < 0.9, `${small}`);
	assert.equal(whole, 1);
	assert.equal(heads(24, false)[0]?.at.x, 8);
	const aside = arrows(shifted(straight(0, 0, 14, 0), 11), 130, { start: true, end: false });
	assert.equal(aside[0]?.degrees, 0, "it points to where the line leads, however that turns");
});
