import assert from "node:assert/strict";
import { test } from "node:test";
import { type About, arrange, FAR, type Form, isFar, type Place, rearrange, type Wish } from "../../src/arrange.ts";
import { cross, holds, lengthOf, overlap } from "../../src/boxes.ts";

const within = { left: 0, top: 0, right: 600, bottom: 600 };
const nothing: About = { controls: [], lines: [], heads: [], within };
const form = (upon = false): Form => ({ says: "whole", width: 120, height: 36, upon, far: FAR, less: 0 });
const wish = (x: number, y: number, upon = false): Wish => ({ anchor: { x, y }, forms: [form(upon)], mark: !upon });
const only = (places: readonly Place[]): Place => places[0] as Place;

test("labels of neighbours keep apart", () => {
	const wishes = [wish(300, 300), wish(310, 310), wish(320, 300), wish(305, 330), wish(290, 280)];
	const places = arrange(wishes, nothing);
	for (const [i, a] of places.entries()) for (const b of places.slice(i + 1)) assert.equal(overlap(a.box, b.box), 0);
});

test("a large area carries its label", () => {
	assert.deepEqual(only(arrange([wish(300, 300, true)], nothing)).offset, { x: 0, y: 0 });
});

test("a label stays in view and off the legend", () => {
	const legend = { left: 0, top: 0, right: 300, bottom: 600 };
	const { box, faulty } = only(arrange([wish(310, 20)], { ...nothing, controls: [legend] }));
	assert.equal(overlap(box, legend), 0);
	assert.ok(box.top >= 0 && box.right <= 600 && !faulty);
});

test("a label says less before its leader is too long, and only what says least leads out from under the legend", () => {
	const legend = { left: 0, top: 0, right: 440, bottom: 600 };
	const number: Form = { ...form(), says: "alone", width: 28, height: 30, less: 100 };
	const [wide, short] = [{ ...form(), width: 400 }, number];
	const beside = only(arrange([{ ...wish(460, 300), forms: [wide, short] }], { ...nothing, controls: [legend] }));
	assert.deepEqual([beside.form.says, isFar(beside)], ["alone", false]);
	const under = only(arrange([{ ...wish(300, 300), forms: [form(), short] }], { ...nothing, controls: [legend] }));
	assert.deepEqual([under.form.says, isFar(under), overlap(under.box, legend)], ["alone", true, 0]);
});

test("no label covers the mark of another", () => {
	const wishes = [wish(300, 300), wish(340, 300), wish(260, 300), wish(300, 330), wish(300, 270)];
	for (const { box } of arrange(wishes, nothing)) {
		for (const { anchor } of wishes) assert.ok(!holds(box, anchor), JSON.stringify([box, anchor]));
	}
});

test("leaders do not cross, and none runs over a line", () => {
	const wishes = [wish(300, 300), wish(320, 300), wish(340, 300), wish(310, 320), wish(330, 320), wish(320, 280)];
	const leaders = arrange(wishes, nothing).map((place) => place.leader);
	for (const [i, a] of leaders.entries()) for (const b of leaders.slice(i + 1)) assert.ok(!cross(a, b), `${i}`);
	const controls = [{ left: 0, top: 0, right: 290, bottom: 600 }];
	const lines = [316, 324, 332].map((x) => ({ x, y: 300 }));
	const { leader } = only(arrange([wish(300, 300)], { ...nothing, controls, lines }));
	assert.ok(lengthOf(leader) < 40 && leader.to.y !== 300, JSON.stringify(leader));
});

test("who chose first chooses anew when others have come", () => {
	const first = wish(300, 300);
	const later = { ...wish(300, 300), keep: { left: 301, top: 200, right: 600, bottom: 400 } };
	const places = arrange([first, later], nothing);
	const cost = (all: readonly Place[]) => all.reduce((sum, place) => sum + place.cost, 0);
	const anew = rearrange([first, later], places, nothing);
	assert.ok(anew.every(({ faulty }) => !faulty) && cost(anew) <= cost(rearrange([first, later], anew, nothing)));
});
