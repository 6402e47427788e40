// Where labels stand: each near its anchor, not upon another, and off marks, leaders and lines where that can be. All in pixels.
import {
	areaOf,
	type Box,
	boxAt,
	cross,
	grow,
	holds,
	isWithin,
	lengthOf,
	overlap,
	runsThrough,
	type Segment,
	type Size,
	type Spot,
	toEdge,
} from "./boxes.ts";
import { distance } from "./nearby.ts";

/** How long a leader may be: a reader does not see of what a label is to which a longer one leads. */
export const FAR = 90;

export type Says = "whole" | "brief" | "alone";

/** A way to say a label. */
export interface Form extends Size {
	readonly says: Says;
	/** The label may stand upon its anchor: an area that is large enough to carry it. */
	readonly upon: boolean;
	/** What the label is of and should leave to be seen, where that is small. */
	readonly own?: Box | undefined;
	/** How long the leader to a label may be that says this. */
	readonly far: number;
	/** What it costs to say no more than this. */
	readonly less: number;
}

export interface Wish {
	readonly anchor: Spot;
	/** The ways to say it. Only the last one may stand too far off, where there is no other room. */
	readonly forms: readonly Form[];
	/** Whether a ring or a square stands at the anchor, which no label may cover. */
	readonly mark: boolean;
	/** What other labels must leave free. */
	readonly keep?: Box | undefined;
}

/** What labels had better not hide: what lies over the map, spots along the lines, and the arrowheads; and where labels must stay. */
export interface About {
	readonly controls: readonly Box[];
	readonly lines: readonly Spot[];
	readonly heads: readonly Spot[];
	readonly within: Box;
}

/** What a label says, and where. */
export interface Place {
	readonly form: Form;
	/** From the anchor to the label's centre. */
	readonly offset: Spot;
	readonly box: Box;
	/** From the anchor to the label's near edge. */
	readonly leader: Segment;
	readonly cost: number;
	/** Whether the label is cut, far off, upon something else, or led to through something else. */
	readonly faulty: boolean;
}

/**
 * Gaps between an anchor and its label that are tried, nearest first, and what it costs to stand so far off. The widest, which are
 * too far, lead out from under the legend.
 */
const GAPS = [
	[14, 0],
	[34, 18],
	[60, 45],
	[88, 110],
	[140, 160],
	[200, 260],
	[300, 360],
] as const;
/** What it costs besides that a leader is too long. */
const TOO_LONG = 540;
/** How many of them a label is given whose anchor is out of view: it does not come far into it. */
const OUT_OF_VIEW = 4;
/** In how many directions names are tried, and numbers alone. */
const [AROUND, ALL_AROUND] = [12, 24];
/** What it costs to leave the view, to cover what is there already, and to stay away with an anchor that is out of view. */
const [LEAVING, COVERING, AWAY] = [2000, 1000, 900];
/** What it costs to come close to another label, and how close that is. */
const [TOUCHING, EDGE] = [90, 3];
/** What it costs to cover a mark, and how far from its middle one is seen. */
const [ON_MARK, MARK] = [700, 9];
/** What it costs that a leader crosses another, a mark or a label. */
const CROSSING = 90;
/** What it costs that a leader runs over a spot of a line, how near it is then, and within what of the anchor it may. */
const [OVER_LINE, NEAR_LINE, START] = [12, 4, 12];
/** What it costs to hide all of what a label is of; a part of it costs its share. */
const HIDDEN = 180;
/** What it costs to hide a spot of a line, an arrowhead, and an anchor without a mark. */
const [ON_LINE, ON_HEAD, ON_ANCHOR] = [9, 80, 120];
/** How often labels choose anew: by then they have found their places. */
const ROUNDS = 3;

/** Whether a label stands farther off than it may that says so much. */
export function isFar({ form, leader }: Pick<Place, "form" | "leader">): boolean {
	return lengthOf(leader) > form.far;
}

/** Gives each label its place; earlier labels choose first. */
export function arrange(wishes: readonly Wish[], about: About): Place[] {
	const places: Place[] = [];
	for (const wish of wishes) places.push(best(wish, sceneOf(wish, wishes, places, about)));
	return places;
}

/** Lets labels that have places choose anew, since those that chose first knew nothing of those that came after. */
export function rearrange(wishes: readonly Wish[], places: readonly Place[], about: About): Place[] {
	const settled = [...places];
	for (let round = 0; round < ROUNDS; round++) {
		let moved = false;
		for (const [i, wish] of wishes.entries()) {
			const others = settled.filter((_, j) => j !== i);
			const place = best(wish, sceneOf(wish, wishes, others, about));
			const { form, offset } = settled[i] as Place;
			moved ||= form !== place.form || offset.x !== place.offset.x || offset.y !== place.offset.y;
			settled[i] = place;
		}
		if (!moved) break;
	}
	return settled;
}

/** What one label finds about it. */
interface Scene extends Omit<About, "controls"> {
	readonly taken: readonly Box[];
	/** The other labels and what is close to them. */
	readonly edges: readonly Box[];
	readonly leaders: readonly Segment[];
	readonly marks: readonly Spot[];
	readonly anchors: readonly Spot[];
}

function sceneOf(wish: Wish, wishes: readonly Wish[], others: readonly Place[], about: About): Scene {
	const kept = wishes.flatMap((other) => (other !== wish && other.keep ? other.keep : []));
	return {
		taken: [...about.controls, ...others.map(({ box }) => box), ...kept],
		edges: others.map(({ box }) => grow(box, EDGE)),
		leaders: others.map(({ leader }) => leader),
		marks: wishes.filter(({ mark }) => mark).map(({ anchor }) => anchor),
		anchors: wishes.filter(({ forms, mark }) => !mark && !forms[0]?.upon).map(({ anchor }) => anchor),
		lines: about.lines.filter((spot) => withinReach(wish, spot)),
		heads: about.heads.filter((spot) => withinReach(wish, spot)),
		within: about.within,
	};
}

/** Whether a label of this anchor could cover a spot at all. */
function withinReach({ anchor, forms }: Wish, { x, y }: Spot): boolean {
	const reach = GAPS.at(-1)?.[0] ?? 0;
	const covers = ({ width, height }: Form) =>
		Math.abs(x - anchor.x) < reach + width && Math.abs(y - anchor.y) < reach + height;
	return forms.some(covers);
}

/** The place that costs a label least. */
function best(wish: Wish, scene: Scene): Place {
	const gaps = holds(scene.within, wish.anchor) ? GAPS.length : OUT_OF_VIEW;
	let found: Place | undefined;
	for (const form of wish.forms) {
		const mayBeFar = form === wish.forms.at(-1);
		for (const stand of stands(wish.anchor, form, gaps)) {
			if (!mayBeFar && isFar(stand)) continue;
			found = weighed(stand, scene, found?.cost ?? Number.POSITIVE_INFINITY) ?? found;
		}
	}
	return found as Place;
}

/** Where a label may stand that says so much, with what it costs to stand so far off. */
type Stand = Omit<Place, "faulty">;

function stands(anchor: Spot, form: Form, gaps: number): Stand[] {
	const { says, width, height, upon, less } = form;
	const around = says === "alone" ? ALL_AROUND : AROUND;
	const list = upon ? [standAt(anchor, form, { x: 0, y: 0 }, less)] : [];
	for (const [gap, far] of GAPS.slice(0, gaps)) {
		for (let i = 0; i < around; i++) {
			const angle = (i / around) * 2 * Math.PI;
			const x = Math.cos(angle) * (gap + width / 2);
			const y = Math.sin(angle) * (gap + height / 2);
			// Beside reads better than above or below.
			const cost = far + Math.abs(Math.sin(angle)) * 4 + (upon ? 10 : 0);
			list.push(standAt(anchor, form, { x, y }, less + cost));
		}
	}
	return list;
}

function standAt(anchor: Spot, form: Form, offset: Spot, cost: number): Stand {
	const edge = toEdge(offset, form);
	const leader = { from: anchor, to: { x: anchor.x + edge.x, y: anchor.y + edge.y } };
	const tooLong = lengthOf(leader) > FAR ? TOO_LONG : 0;
	return { form, offset, box: boxAt(anchor, form, offset), leader, cost: cost + tooLong };
}

/** A label's place with all that it costs, or nothing where that is no less than another costs. */
function weighed(stand: Stand, scene: Scene, least: number): Place | undefined {
	const { form, box, leader } = stand;
	const inView = holds(scene.within, leader.from);
	const leaves = !isWithin(box, scene.within);
	const own = form.own ? HIDDEN * (overlap(box, form.own) / areaOf(form.own)) : 0;
	let cost = stand.cost + own + (leaves && !inView ? AWAY : 0);
	if (cost >= least) return undefined;
	let faults = (leaves && inView ? LEAVING : 0) + covers(box, scene);
	if (cost + faults >= least) return undefined;
	faults += crosses(leader, scene);
	cost += faults;
	if (cost >= least) return undefined;
	cost += hides(box, scene) + runsOverLines(leader, scene);
	return cost < least ? { ...stand, cost, faulty: faults > 0 || isFar(stand) } : undefined;
}

/** What it costs that a label stands upon labels, marks or leaders. */
function covers(box: Box, { taken, marks, leaders }: Scene): number {
	let cost = 0;
	for (const other of taken) cost += overlap(box, other) > 0 ? COVERING + overlap(box, other) / 20 : 0;
	for (const mark of marks) cost += holds(grow(box, MARK), mark) ? ON_MARK : 0;
	for (const leader of leaders) cost += runsThrough(leader, box) ? CROSSING : 0;
	return cost;
}

/** What it costs that a leader crosses others, or runs through labels and marks other than where it begins. */
function crosses(leader: Segment, { taken, marks, leaders }: Scene): number {
	const { from } = leader;
	const rest = beyond(leader, START);
	if (!rest) return 0;
	const through = taken.filter((box) => runsThrough(leader, box));
	const over = marks.filter(
		(mark) => distance(mark, [rest.from, rest.to]) < MARK && Math.hypot(mark.x - from.x, mark.y - from.y) > 1,
	);
	const others = leaders.filter((other) => cross(leader, other));
	return CROSSING * (through.length + over.length + others.length);
}

/** What a leader leaves behind so far from where it begins; nothing where it is no longer than that. */
function beyond({ from, to }: Segment, by: number): Segment | undefined {
	const long = lengthOf({ from, to });
	if (long <= by) return undefined;
	return { from: { x: from.x + ((to.x - from.x) * by) / long, y: from.y + ((to.y - from.y) * by) / long }, to };
}

/** What it costs that a label is close to others and hides what may be hidden. */
function hides(box: Box, { edges, lines, heads, anchors }: Scene): number {
	let cost = 0;
	for (const edge of edges) cost += overlap(box, edge) > 0 ? TOUCHING : 0;
	for (const spot of lines) cost += holds(box, spot) ? ON_LINE : 0;
	for (const spot of heads) cost += holds(grow(box, 8), spot) ? ON_HEAD : 0;
	for (const spot of anchors) cost += holds(grow(box, 4), spot) ? ON_ANCHOR : 0;
	return cost;
}

/** A leader over a line looks like a part of the way. */
function runsOverLines(leader: Segment, { lines, heads }: Scene): number {
	const rest = beyond(leader, START);
	if (!rest) return 0;
	const box = grow(boundsOf(rest), NEAR_LINE);
	const under = (spots: readonly Spot[]) =>
		spots.filter((spot) => holds(box, spot) && distance(spot, [rest.from, rest.to]) < NEAR_LINE).length;
	return OVER_LINE * (under(lines) + under(heads));
}

function boundsOf({ from, to }: Segment): Box {
	const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
	return { left, right, top: Math.min(from.y, to.y), bottom: Math.max(from.y, to.y) };
}
