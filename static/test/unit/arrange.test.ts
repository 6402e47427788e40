import assert from "node:assert/strict";
import { test } from "node:test";
import { arrange, boxAt, overlap, type Wish } from "../../src/arrange.ts";

const within = { left: 0, top: 0, right: 600, bottom: 600 };
const none = { lines: [], heads: [] };
const wish = (x: number, y: number, upon = false): Wish => ({ anchor: { x, y }, width: 120, height: 36, upon });

test("labels of neighbours keep apart", () => {
	const wishes = [wish(300, 300), wish(310, 310), wish(320, 300), wish(305, 330), wish(290, 280)];
	const boxes = arrange(wishes, [], none, within).map((offset, i) => boxAt(wishes[i] as Wish, offset));
	for (const [i, a] of boxes.entries()) for (const b of boxes.slice(i + 1)) assert.equal(overlap(a, b), 0);
});

test("a large area carries its label", () => {
	assert.deepEqual(arrange([wish(300, 300, true)], [], none, within), [{ x: 0, y: 0 }]);
});

test("a label stays in view and off the legend", () => {
	const legend = { left: 0, top: 0, right: 300, bottom: 600 };
	const only = wish(310, 20);
	const [offset] = arrange([only], [legend], none, within);
	const box = boxAt(only, offset ?? { x: 0, y: 0 });
	assert.equal(overlap(box, legend), 0);
	assert.ok(box.top >= 0 && box.right <= 600);
});
