// The backdrop: land and the borders between countries, from Natural Earth at 1:10m, with the detail where the map is
// read and little elsewhere. Attributes are dropped.
import { readFileSync } from "node:fs";
import { mergeArcs, meshArcs } from "topojson-client";

// Degrees: west, south, east, north of the part of the world that keeps its detail.
const NEAR = [88, -2, 126, 31];
const MIDDLE = [60, -15, 150, 56];
// Douglas-Peucker tolerances and the smallest ring that stays, in degrees.
const DETAIL = {
	near: { tolerance: 0.02, ring: 0.08 },
	middle: { tolerance: 0.07, ring: 0.3 },
	far: { tolerance: 0.35, ring: 2 },
};
const STEP = 0.004;

/** Builds the backdrop's TopoJSON from the file countries-10m.json of world-atlas. */
export function backdrop(file) {
	const world = JSON.parse(readFileSync(file, "utf8"));
	const lines = world.arcs.map((arc) => absolute(arc, world.transform));
	const countries = world.objects.countries.geometries;
	const land = mergeArcs(world, countries).arcs.filter((polygon) => isWorthDrawing(polygon[0], lines));
	const borders = meshArcs(world, world.objects.countries, (a, b) => a !== b).arcs;
	return pack(land, borders, lines);
}

function absolute(arc, { scale, translate }) {
	let x = 0;
	let y = 0;
	return arc.map(([dx, dy]) => {
		x += dx;
		y += dy;
		return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
	});
}

function detailAt(points) {
	const inside = ([w, s, e, n]) => points.some(([x, y]) => x >= w && x <= e && y >= s && y <= n);
	if (inside(NEAR)) return DETAIL.near;
	return inside(MIDDLE) ? DETAIL.middle : DETAIL.far;
}

function isWorthDrawing(ring, lines) {
	const points = ring.flatMap((i) => lines[i < 0 ? ~i : i]);
	const xs = points.map((p) => p[0]);
	const ys = points.map((p) => p[1]);
	const size = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
	return size >= detailAt(points).ring && Math.max(...ys) > -60;
}

/** Numbers the arcs in use anew, simplifies and quantises them. */
function pack(land, borders, lines) {
	const arcs = [];
	const numbers = new Map();
	const numberOf = (i) => {
		const own = i < 0 ? ~i : i;
		if (!numbers.has(own)) {
			numbers.set(own, arcs.length);
			arcs.push(deltas(simplify(lines[own], detailAt(lines[own]).tolerance)));
		}
		const n = numbers.get(own);
		return i < 0 ? ~n : n;
	};
	const renumber = (tree) => tree.map((x) => (Array.isArray(x) ? renumber(x) : numberOf(x)));
	return {
		type: "Topology",
		transform: { scale: [STEP, STEP], translate: [-180, -90] },
		objects: {
			land: { type: "MultiPolygon", arcs: renumber(land) },
			borders: { type: "MultiLineString", arcs: renumber(borders) },
		},
		arcs,
	};
}

function deltas(points) {
	let px = 0;
	let py = 0;
	return points.map(([lon, lat], i) => {
		const x = Math.round((lon + 180) / STEP);
		const y = Math.round((lat + 90) / STEP);
		const d = i === 0 ? [x, y] : [x - px, y - py];
		px = x;
		py = y;
		return d;
	});
}

/** Douglas-Peucker; the ends stay, and a closed arc keeps enough points to remain a ring. */
function simplify(points, tolerance) {
	if (points.length < 5) return points;
	const closed = points[0][0] === points.at(-1)[0] && points[0][1] === points.at(-1)[1];
	const keep = new Set([0, points.length - 1]);
	if (closed) {
		keep.add(Math.floor(points.length / 3));
		keep.add(Math.floor((2 * points.length) / 3));
	}
	const fixed = [...keep].sort((a, b) => a - b);
	const spans = fixed.slice(1).map((to, i) => [fixed[i], to]);
	while (spans.length > 0) {
		const [from, to] = spans.pop();
		const { far, distance } = farthest(points, from, to);
		if (distance <= tolerance) continue;
		keep.add(far);
		spans.push([from, far], [far, to]);
	}
	return [...keep].sort((a, b) => a - b).map((i) => points[i]);
}

function farthest(points, from, to) {
	const [ax, ay] = points[from];
	const dx = points[to][0] - ax;
	const dy = points[to][1] - ay;
	const length = Math.hypot(dx, dy) || 1;
	let far = from;
	let distance = -1;
	for (let i = from + 1; i < to; i++) {
		const d = Math.abs((points[i][0] - ax) * dy - (points[i][1] - ay) * dx) / length;
		if (d > distance) {
			far = i;
			distance = d;
		}
	}
	return { far, distance };
}
