// Which lines run near a spot. All in pixels.
import type { Planar } from "./curve.ts";

/** The side of a square of the grid, in pixels. */
const SQUARE = 8;
/** Beyond how many squares from the corner of the world no line comes, on either side. */
const WIDE = 2 ** 20;

/** Lines in a grid of squares, so that only what is near a spot is looked at. */
export class Nearby {
	readonly #reach: number;
	/** The bits of all lines, one after the other: where each begins and ends, and of which line it is. */
	readonly #bits: number[] = [];
	/** Where the bits that come near a square stand. */
	readonly #squares = new Map<number, number[]>();
	/** The square of how far each line is from the spot that is asked for. */
	readonly #least: number[] = [];
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
		const number = this.#least.push(Number.POSITIVE_INFINITY) - 1;
		for (let i = 1; i < line.length; i++) {
			const [from, to] = [line[i - 1] as Planar, line[i] as Planar];
			const bit = this.#bits.push(from.x, from.y, to.x, to.y, number) - 5;
			for (const key of this.#met(from, to)) {
				const square = this.#squares.get(key);
				if (square) square.push(bit);
				else this.#squares.set(key, [bit]);
			}
		}
	}

	/** Names each line within reach of a spot and how far it is from there. */
	around({ x, y }: Planar, found: (line: number, distance: number) => void): void {
		const [bits, least, near] = [this.#bits, this.#least, this.#squares.get(keyOf(squareOf(x), squareOf(y))) ?? []];
		const lines: number[] = [];
		this.#compared += near.length;
		for (const bit of near) {
			const far = squared(x, y, bits[bit] ?? 0, bits[bit + 1] ?? 0, bits[bit + 2] ?? 0, bits[bit + 3] ?? 0);
			const line = bits[bit + 4] ?? 0;
			const known = least[line] ?? 0;
			if (far >= this.#reach ** 2 || far >= known) continue;
			if (known === Number.POSITIVE_INFINITY) lines.push(line);
			least[line] = far;
		}
		for (const line of lines) {
			found(line, Math.sqrt(least[line] ?? 0));
			least[line] = Number.POSITIVE_INFINITY;
		}
	}

	/** The squares that a bit of a line comes near to. A long one is cut, since its box holds many squares that it is far from. */
	#met(from: Planar, to: Planar): Iterable<number> {
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
		const [a, b] = [line[i - 1] as Planar, line[i] as Planar];
		least = Math.min(least, squared(point.x, point.y, a.x, a.y, b.x, b.y));
	}
	return Math.sqrt(least);
}

/** The square of the distance from a point to a bit of a line that goes from a to b. */
function squared(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
	const dx = bx - ax;
	const dy = by - ay;
	const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
	const t = Math.max(0, Math.min(1, along));
	const left = x - ax - t * dx;
	const up = y - ay - t * dy;
	return left * left + up * up;
}
