// Lines beside each other on the screen, and where they bear arrowheads. All in pixels, y down.
import { along, alongEach, length, type OrientedPoint, type Planar } from "./curve.ts";
import { Nearby } from "./nearby.ts";

/** How far apart lines are moved that would run upon each other. */
const LANE = 11;
/** Lines nearer than this are taken for one. */
export const NEAR = 8;
/** The lanes that are tried, in this order; positive ones lie to the right of a line's direction. */
const LANES = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5];
/** Where along a line it is looked at: its ends mean nothing in an area, and may meet in a town. */
export const SAMPLES = [0.2, 0.27, 0.34, 0.41, 0.48, 0.55, 0.62, 0.69, 0.76];
/** A line of which less is seen, in pixels, bears one arrowhead, which is the smaller the less there is. */
const ROOM = 26;
/** How small it gets at most, as a share of its size elsewhere. */
const SMALLEST = 0.6;
/** A line of which less than this is seen bears none: beside it or over its ends an arrowhead would tell of another line. */
const LEAST = 10;
/** How much of a line the ring of a spot that it ends on hides, in pixels. */
const RING = 8;
/** The share of a line at an end that fades out there, which bears no arrowheads. */
const FADED = 0.18;
/** How far from a spot that a line ends on arrowheads stay, in pixels. */
const OFF = 40;

/** An arrowhead: where it points, and its size as a share of that which it has where there is room. */
export interface Arrow extends OrientedPoint {
	readonly size: number;
}

/** Moves a line to the right of its direction by so many pixels, less towards its ends, which stay. */
export function shifted(line: readonly Planar[], by: number): Planar[] {
	if (by === 0) return [...line];
	return line.map((point, i) => {
		const [a, b] = [line[Math.max(0, i - 1)] ?? point, line[Math.min(line.length - 1, i + 1)] ?? point];
		const step = Math.hypot(b.x - a.x, b.y - a.y) || 1;
		const t = i / Math.max(1, line.length - 1);
		const aside = by * Math.sqrt(4 * t * (1 - t));
		return { x: point.x - ((b.y - a.y) / step) * aside, y: point.y + ((b.x - a.x) / step) * aside };
	});
}

/** Where a line may run, in the order in which it is tried. */
export function* tried(line: readonly Planar[]): Generator<Planar[]> {
	for (const lane of LANES) yield shifted(line, lane * LANE);
}

/** Moves lines sideways so that none runs upon another; earlier ones choose first. */
export function apart(lines: readonly (readonly Planar[])[]): Planar[][] {
	const lanes = new Lanes();
	return lines.map((line) => lanes.place(line));
}

/** Gives lines their lanes, one after the other. */
export class Lanes {
	readonly #placed = new Nearby(NEAR);

	/** How often a spot was held against a bit of a line so far: what placing lines costs. */
	get compared(): number {
		return this.#placed.compared;
	}

	/** Moves a line sideways so that it runs upon none of those before, as far as that can be. */
	place(line: readonly Planar[]): Planar[] {
		let [best, least] = [[...line], Number.POSITIVE_INFINITY];
		for (const moved of tried(line)) {
			const touching = this.#touching(moved, least);
			if (touching < least) [best, least] = [moved, touching];
			if (touching === 0) break;
		}
		this.#placed.add(best);
		return best;
	}

	/** At how many places, and how closely, a line runs upon those before, or that it is no less than so much. */
	#touching(line: readonly Planar[], enough: number): number {
		const closeness = new Map<number, number>();
		let sum = 0;
		for (const { at } of alongEach(line, SAMPLES)) {
			this.#placed.around(at, (other, distance) => {
				const before = closeness.get(other) ?? 0;
				const close = before + 1 - distance / NEAR;
				closeness.set(other, close);
				sum += Math.max(0, close - 1) - Math.max(0, before - 1); // that it crosses it once is nothing
			});
			if (sum >= enough) break;
		}
		return sum;
	}
}

/** Whether a line fades out at its ends. */
export interface Fading {
	readonly start: boolean;
	readonly end: boolean;
}

/** The arrowheads of a line: one in its middle, and more where it is long, but none where it fades or near a spot. */
export function arrows(line: readonly Planar[], spacing: number, fading: Fading): Arrow[] {
	const all = length(line);
	const hidden = (fades: boolean) => (fades ? 0 : RING);
	const seen = all - hidden(fading.start) - hidden(fading.end);
	if (seen < LEAST) return [];
	if (seen < ROOM) {
		const { at } = along(line, (hidden(fading.start) + seen / 2) / all);
		return [{ at, degrees: heading(line), size: Math.max(SMALLEST, seen / ROOM) }];
	}
	const bare = (fades: boolean) => (fades ? all * FADED : OFF);
	const before = Math.max(0, Math.floor((all / 2 - bare(fading.start)) / spacing));
	const after = Math.max(0, Math.floor((all / 2 - bare(fading.end)) / spacing));
	const shares = Array.from({ length: before + 1 + after }, (_, i) => 0.5 + ((i - before) * spacing) / all);
	return alongEach(line, shares).map((point) => ({ ...point, size: 1 }));
}

/** Where a line leads as a whole, clockwise from the x axis: one that is short and makes way for others turns much on its way. */
function heading(line: readonly Planar[]): number {
	const [first, last] = [line[0] ?? { x: 0, y: 0 }, line.at(-1) ?? { x: 0, y: 0 }];
	return (Math.atan2(last.y - first.y, last.x - first.x) * 180) / Math.PI;
}
