// Lines as the map draws them. Positions are longitude, latitude in degrees; planar points are Web Mercator with x to the
// right and y down, in degrees of longitude, so that directions and proportions hold at every zoom.

export type Position = readonly number[];

export interface Planar {
	readonly x: number;
	readonly y: number;
}

export function project(position: Position): Planar {
	const [lon = 0, lat = 0] = position;
	const phi = (Math.max(-85, Math.min(85, lat)) * Math.PI) / 180;
	return { x: lon, y: (-Math.log(Math.tan(Math.PI / 4 + phi / 2)) * 180) / Math.PI };
}

export function unproject({ x, y }: Planar): [lon: number, lat: number] {
	return [x, ((2 * Math.atan(Math.exp((-y * Math.PI) / 180)) - Math.PI / 2) * 180) / Math.PI];
}

/** The point at a fraction of a line's length, and its direction there in degrees clockwise from the x axis. */
export function along(line: readonly Planar[], fraction: number): OrientedPoint {
	return alongEach(line, [fraction])[0] as OrientedPoint;
}

/** A point of a line, and the line's direction there in degrees clockwise from the x axis. */
export interface OrientedPoint {
	readonly at: Planar;
	readonly degrees: number;
}

/** The points at fractions of a line's length, which ascend: the line is walked once. */
export function alongEach(line: readonly Planar[], fractions: readonly number[]): OrientedPoint[] {
	const whole = length(line);
	let [i, passed, step] = [0, 0, 0];
	let [a, b] = [line[0] ?? { x: 0, y: 0 }, line[0] ?? { x: 0, y: 0 }];
	return fractions.map((fraction) => {
		while (passed + step < whole * fraction || step === 0) {
			const [from, to] = [line[i], line[i + 1]];
			if (!from || !to) break;
			i++;
			const next = Math.hypot(to.x - from.x, to.y - from.y);
			if (next === 0) continue; // it has no direction
			passed += step;
			[a, b, step] = [from, to, next];
		}
		const t = step ? Math.max(0, Math.min(1, (whole * fraction - passed) / step)) : 0;
		const degrees = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
		return { at: { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t }, degrees };
	});
}

/** Spots along a line, at most so far from each other. */
export function spots(line: readonly Planar[], step: number): Planar[] {
	const count = Math.max(1, Math.ceil(length(line) / step));
	const shares = Array.from({ length: count + 1 }, (_, i) => i / count);
	return alongEach(line, shares).map(({ at }) => at);
}

export function length(line: readonly Planar[]): number {
	let sum = 0;
	for (let i = 1; i < line.length; i++) {
		const a = line[i - 1] as Planar;
		const b = line[i] as Planar;
		sum += Math.hypot(b.x - a.x, b.y - a.y);
	}
	return sum;
}

/** A gradient's stop. */
export type Fade = readonly [offset: number, opacity: number];

/** A gradient's stops: a line fades out where its end is no spot. */
export function fade(start: boolean, end: boolean, reach = 0.24): Fade[] {
	const stops: Fade[] = [];
	if (start) stops.push([0, 0], [reach * 0.35, 0.18], [reach, 1]);
	else stops.push([0, 1]);
	if (end) stops.push([1 - reach, 1], [1 - reach * 0.35, 0.18], [1, 0]);
	else stops.push([1, 1]);
	return stops;
}

/** A band along the beginning of a line that is `width` wide at the start and narrows to nothing at `reach`. */
export function band(line: readonly Planar[], width: number, reach: number, slices = 16): Planar[] {
	const left: Planar[] = [];
	const right: Planar[] = [];
	const shares = Array.from({ length: slices + 1 }, (_, i) => i / slices);
	const points = alongEach(
		line,
		shares.map((t) => t * reach),
	);
	for (const [i, { at, degrees }] of points.entries()) {
		const t = i / slices;
		const half = (width / 2) * (1 - t) ** 1.4;
		const normal = ((degrees + 90) * Math.PI) / 180;
		left.push({ x: at.x + Math.cos(normal) * half, y: at.y + Math.sin(normal) * half });
		right.unshift({ x: at.x - Math.cos(normal) * half, y: at.y - Math.sin(normal) * half });
	}
	return [...left, ...right];
}
