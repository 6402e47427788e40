// Which lines run near a spot. All in pixels.
import type { Planar } from "./curve.ts";

/** The side of a square of the grid, in pixels. */
const SQUARE = 32;
/** Beyond how many squares from the corner of the world no line comes, on either side. */
const WIDE = 2 ** 20;

/** Lines in a grid of squares, so that only what is near a spot is looked at. */
export class Nearby {
	readonly #reach: number;
	/** The bits of lines of each square: from, to, and of which line. */
	readonly #squares = new Map<number, [from: Planar, to: Planar, line: number][]>();
	#lines = 0;
	#compared = 0;

	/** reach is how far from a spot a line is near it. */
	constructor(reach: number) {
		this.#reach = reach;
	}

	/** How often a spot was held against a bit of a line so far. */
	get compared(): number {
		return this.#compared;
	}

	/** Takes a line; the first has the number 0. */
	add(line: readonly Planar[]): void {
		const number = this.#lines++;
		for (let i = 1; i < line.length; i++) {
			const [from, to] = [line[i - 1] as Planar, line[i] as Planar];
			for (const key of this.#met(from, to)) {
				const square = this.#squares.get(key);
				if (square) square.push([from, to, number]);
				else this.#squares.set(key, [[from, to, number]]);
			}
		}
	}

	/** The lines that may be near a spot, with how far they are from it; all that are within reach are among them. */
	around(spot: Planar): Map<number, number> {
		const least = new Map<number, number>(); // squared
		for (const [from, to, line] of this.#squares.get(keyOf(squareOf(spot.x), squareOf(spot.y))) ?? []) {
			this.#compared++;
			const far = squared(spot, from, to);
			if (far < (least.get(line) ?? Number.POSITIVE_INFINITY)) least.set(line, far);
		}
		for (const [line, far] of least) least.set(line, Math.sqrt(far));
		return least;
	}

	/** The squares that a bit of a line comes near to. A long one is cut, since its box holds many squares that it is far from. */
	#met(from: Planar, to: Planar): Set<number> {
		const met = new Set<number>();
		const [dx, dy] = [to.x - from.x, to.y - from.y];
		const cuts = Math.max(1, Math.ceil(Math.hypot(dx, dy) / SQUARE));
		for (let i = 0; i < cuts; i++) {
			const [x1, x2] = [from.x + (dx * i) / cuts, from.x + (dx * (i + 1)) / cuts];
			const [y1, y2] = [from.y + (dy * i) / cuts, from.y + (dy * (i + 1)) / cuts];
			const right = squareOf(Math.max(x1, x2) + this.#reach);
			const bottom = squareOf(Math.max(y1, y2) + this.#reach);
			for (let x = squareOf(Math.min(x1, x2) - this.#reach); x <= right; x++) {
				for (let y = squareOf(Math.min(y1, y2) - this.#reach); y <= bottom; y++) met.add(keyOf(x, y));
			}
		}
		return met;
	}
}

function squareOf(pixels: number): number {
	return Math.floor(pixels / SQUARE);
}

function keyOf(x: number, y: number): number {
	return (x + WIDE) * 2 * WIDE + y + WIDE;
}

/** The distance from a point to a line. */
export function distance(point: Planar, line: readonly Planar[]): number {
	let least = Number.POSITIVE_INFINITY; // squared
	for (let i = 1; i < line.length; i++) {
		least = Math.min(least, squared(point, line[i - 1] as Planar, line[i] as Planar));
	}
	return Math.sqrt(least);
}

/** The square of the distance from a point to a bit of a line. */
function squared(point: Planar, a: Planar, b: Planar): number {
	const [dx, dy] = [b.x - a.x, b.y - a.y];
	const along = ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy || 1);
	const t = Math.max(0, Math.min(1, along));
	const [x, y] = [point.x - a.x - t * dx, point.y - a.y - t * dy];
	return x * x + y * y;
}
