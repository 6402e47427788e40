// Where labels stand: each near its anchor, not upon another, and off the lines where that can be. All in pixels.

export interface Spot {
	readonly x: number;
	readonly y: number;
}

export interface Box {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

export interface Wish {
	readonly anchor: Spot;
	readonly width: number;
	readonly height: number;
	/** The label may stand upon its anchor: an area that is large enough to carry it. */
	readonly upon: boolean;
	/** What the label is of and should leave to be seen, where that is small. */
	readonly own?: Box | undefined;
	/** What later labels must leave free. */
	readonly keep?: Box | undefined;
}

/** Gaps between an anchor and its label that are tried, nearest first; the widest lead out from under the legend. */
const GAPS = [14, 34, 60, 96, 140, 200, 300];
/** How many of them a label is given whose anchor is out of view: it does not come far into it. */
const OUT_OF_VIEW = 5;
const AROUND = 12;
/** What it costs to leave the view, to cover what is there already, and to stay away with an anchor that is out of view. */
const [LEAVING, COVERING, AWAY] = [2000, 1000, 900];
/** What it costs to hide all of what a label is of; a part of it costs its share. */
const HIDDEN = 180;
/** What it costs to hide a spot of a line, and an arrowhead. */
const [ON_LINE, ON_HEAD] = [9, 80];

/** What labels had better not hide: spots along the lines, and the arrowheads. */
export interface Drawn {
	readonly lines: readonly Spot[];
	readonly heads: readonly Spot[];
}

/** Gives each label's centre, as an offset from its anchor; earlier labels choose first. */
export function arrange(wishes: readonly Wish[], keepClear: readonly Box[], drawn: Drawn, within: Box): Spot[] {
	const taken: Box[] = [...keepClear];
	const anchors = wishes.filter((wish) => !wish.upon).map((wish) => wish.anchor);
	return wishes.map((wish) => {
		const [lines, heads] = [drawn.lines, drawn.heads].map((spots) => spots.filter((spot) => withinReach(wish, spot)));
		const near = { lines: lines ?? [], heads: heads ?? [] };
		const inView = holds(within, wish.anchor);
		let best: Spot = { x: 0, y: 0 };
		let least = Number.POSITIVE_INFINITY;
		for (const { offset, cost } of candidates(wish, inView ? GAPS.length : OUT_OF_VIEW)) {
			const box = boxAt(wish, offset);
			const leaves = isWithin(box, within) ? 0 : inView ? LEAVING : AWAY;
			const hides = wish.own ? HIDDEN * (overlap(box, wish.own) / areaOf(wish.own)) : 0;
			const sum = cost + leaves + hides + costOf(box, taken, near, anchors) + leaderCost(wish.anchor, offset, taken);
			if (sum < least) {
				least = sum;
				best = offset;
			}
		}
		taken.push(grow(boxAt(wish, best), 3));
		if (wish.keep) taken.push(wish.keep);
		return best;
	});
}

/** Whether a label of this anchor could cover a spot at all. */
function withinReach({ anchor, width, height }: Wish, { x, y }: Spot): boolean {
	const reach = GAPS.at(-1) ?? 0;
	return Math.abs(x - anchor.x) < reach + width && Math.abs(y - anchor.y) < reach + height;
}

function candidates({ width, height, upon }: Wish, gaps: number): { offset: Spot; cost: number }[] {
	const list: { offset: Spot; cost: number }[] = upon ? [{ offset: { x: 0, y: 0 }, cost: 0 }] : [];
	for (const [rank, gap] of GAPS.slice(0, gaps).entries()) {
		for (let i = 0; i < AROUND; i++) {
			const angle = (i / AROUND) * 2 * Math.PI;
			const x = Math.cos(angle) * (gap + width / 2);
			const y = Math.sin(angle) * (gap + height / 2);
			// Beside reads better than above or below.
			list.push({ offset: { x, y }, cost: rank * 18 + Math.abs(Math.sin(angle)) * 4 + (upon ? 10 : 0) });
		}
	}
	return list;
}

function costOf(box: Box, taken: readonly Box[], { lines, heads }: Drawn, anchors: readonly Spot[]): number {
	let cost = 0;
	for (const other of taken) cost += overlap(box, other) > 0 ? COVERING + overlap(box, other) / 20 : 0;
	for (const spot of lines) cost += holds(box, spot) ? ON_LINE : 0;
	for (const spot of heads) cost += holds(grow(box, 8), spot) ? ON_HEAD : 0;
	for (const spot of anchors) cost += holds(grow(box, 4), spot) ? 120 : 0;
	return cost;
}

/** A leader that runs under other labels is hard to follow. */
function leaderCost(anchor: Spot, offset: Spot, taken: readonly Box[]): number {
	const points = [0.2, 0.35, 0.5].map((t) => ({ x: anchor.x + offset.x * t, y: anchor.y + offset.y * t }));
	return 40 * points.filter((point) => taken.some((box) => holds(box, point))).length;
}

export function boxAt({ anchor, width, height }: Wish, offset: Spot): Box {
	const x = anchor.x + offset.x;
	const y = anchor.y + offset.y;
	return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
}

/** The box that reaches so far from a spot. */
export function around({ x, y }: Spot, by: number): Box {
	return { left: x - by, top: y - by, right: x + by, bottom: y + by };
}

function areaOf({ left, top, right, bottom }: Box): number {
	return Math.max(1, (right - left) * (bottom - top));
}

export function overlap(a: Box, b: Box): number {
	const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
	const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
	return width > 0 && height > 0 ? width * height : 0;
}

function grow(box: Box, by: number): Box {
	return { left: box.left - by, top: box.top - by, right: box.right + by, bottom: box.bottom + by };
}

export function isWithin(box: Box, { left, top, right, bottom }: Box): boolean {
	return box.left >= left && box.right <= right && box.top >= top && box.bottom <= bottom;
}

function holds(box: Box, { x, y }: Spot): boolean {
	return x > box.left && x < box.right && y > box.top && y < box.bottom;
}
