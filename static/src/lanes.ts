// Lines beside each other on the screen, and where they bear arrowheads. All in pixels, y down.
import { along, length, type Planar } from "./curve.ts";

/** How far apart lines are moved that would run upon each other. */
const LANE = 11;
/** Lines nearer than this are taken for one. */
const NEAR = 8;
/** The lanes that are tried, in this order; positive ones lie to the right of a line's direction. */
const LANES = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5];
/** Where along a line it is looked at: its ends mean nothing in an area, and may meet in a town. */
const SAMPLES = [0.2, 0.27, 0.34, 0.41, 0.48, 0.55, 0.62, 0.69, 0.76];
/** An arrowhead of a line shorter than this stands beside it, where it can be seen. */
const BESIDE = 26;
/** The share of a line at an end that fades out there, which bears no arrowheads. */
const FADED = 0.18;
/** How far from a spot that a line ends on arrowheads stay, in pixels. */
const OFF = 40;

export interface Arrow {
	readonly at: Planar;
	/** Clockwise from the x axis. */
	readonly degrees: number;
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

/** A line that has its lane, with its box. */
interface Laid {
	readonly line: Planar[];
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

function laid(line: Planar[]): Laid {
	let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const { x, y } of line) {
		[left, right] = [Math.min(left, x), Math.max(right, x)];
		[top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
	}
	return { line, left, top, right, bottom };
}

/** Moves lines sideways so that none runs upon another; earlier ones choose first. */
export function apart(lines: readonly (readonly Planar[])[]): Planar[][] {
	const placed: Laid[] = [];
	for (const line of lines) {
		let [best, least] = [shifted(line, 0), Number.POSITIVE_INFINITY];
		for (const lane of LANES) {
			const moved = shifted(line, lane * LANE);
			const spots = SAMPLES.map((t) => along(moved, t).at);
			const touching = placed.reduce((sum, other) => sum + shared(spots, other), 0);
			if (touching < least) [best, least] = [moved, touching];
			if (touching === 0) break;
		}
		placed.push(laid(best));
	}
	return placed.map(({ line }) => line);
}

/** At how many places, and how closely, a line runs upon another; that it crosses it once is nothing. */
export function together(line: readonly Planar[], other: readonly Planar[]): number {
	return shared(
		SAMPLES.map((t) => along(line, t).at),
		laid([...other]),
	);
}

function shared(spots: readonly Planar[], other: Laid): number {
	let sum = 0;
	for (const spot of spots) {
		const { left, top, right, bottom } = other;
		if (spot.x < left - NEAR || spot.x > right + NEAR || spot.y < top - NEAR || spot.y > bottom + NEAR) continue;
		sum += Math.max(0, 1 - distance(spot, other.line) / NEAR);
	}
	return Math.max(0, sum - 1);
}

/** The distance from a point to a line. */
export function distance(point: Planar, line: readonly Planar[]): number {
	let least = Number.POSITIVE_INFINITY; // squared
	for (let i = 1; i < line.length; i++) {
		const [a, b] = [line[i - 1] as Planar, line[i] as Planar];
		const [dx, dy] = [b.x - a.x, b.y - a.y];
		const along = ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy || 1);
		const t = Math.max(0, Math.min(1, along));
		const [x, y] = [point.x - a.x - t * dx, point.y - a.y - t * dy];
		least = Math.min(least, x * x + y * y);
	}
	return Math.sqrt(least);
}

/** Whether a line fades out at its ends. */
export interface Fading {
	readonly start: boolean;
	readonly end: boolean;
}

/** The arrowheads of a line: one in its middle, and more where it is long, but none where it fades or near a spot. */
export function arrows(line: readonly Planar[], spacing: number, fading: Fading): Arrow[] {
	const all = length(line);
	if (all < BESIDE) return [beside(along(line, 0.5))];
	const bare = (fades: boolean) => (fades ? all * FADED : OFF);
	const before = Math.max(0, Math.floor((all / 2 - bare(fading.start)) / spacing));
	const after = Math.max(0, Math.floor((all / 2 - bare(fading.end)) / spacing));
	return Array.from({ length: before + 1 + after }, (_, i) => along(line, 0.5 + ((i - before) * spacing) / all));
}

function beside({ at, degrees }: Arrow): Arrow {
	const right = ((degrees + 90) * Math.PI) / 180;
	return { at: { x: at.x + Math.cos(right) * LANE, y: at.y + Math.sin(right) * LANE }, degrees };
}
