// Features come cut at the antimeridian, with longitudes from -180 to 180. A map draws them in one range that goes on beyond.
import type { Feature, Geometry, Position } from "geojson";

const TURN = 360;
/** West of a map that shows nothing across the antimeridian, in degrees. */
const WEST = -180;

/** From a longitude to one east of it, in degrees. */
export interface Range {
	readonly west: number;
	readonly east: number;
}

/** The smallest range that holds geometries, as geo.Extent has it: its east is beyond 180 where it passes the antimeridian. */
export function rangeOf(geometries: readonly (Geometry | null)[]): Range | undefined {
	const spans = geometries.flatMap((geometry) => (geometry ? partsOf(geometry).map(spanOf) : []));
	const [first, ...rest] = spans.sort((a, b) => a.west - b.west);
	if (!first) return undefined;
	const east = spans.reduce((most, span) => Math.max(most, span.east), first.east);
	let [found, reached, widest] = [{ west: first.west, east }, first.east, TURN + first.west - east];
	for (const span of rest) {
		if (span.west - reached > widest) {
			widest = span.west - reached;
			found = { west: span.west, east: reached + TURN };
		}
		reached = Math.max(reached, span.east);
	}
	return found;
}

/** West of a map that is to show a range whole. */
export function westOf(range: Range | undefined): number {
	return range && range.east > 180 ? (range.west + range.east) / 2 - TURN / 2 : WEST;
}

/** Puts together a feature that the antimeridian cuts, and brings it to where it lies on a map with so much in its west. */
export function unwrapped<F extends Feature<Geometry | null>>(feature: F, west: number): F {
	const range = rangeOf([feature.geometry]);
	if (!feature.geometry || !range) return feature;
	const middle = (range.west + range.east) / 2;
	const by = TURN * Math.ceil((west - middle) / TURN);
	const geometry = moved(feature.geometry, (span) => by + TURN * Math.ceil((range.west - span.west) / TURN));
	const label = (feature.properties as { label_lon?: number } | null)?.label_lon;
	if (label === undefined) return { ...feature, geometry };
	const label_lon = label + TURN * Math.round((middle + by - label) / TURN);
	return { ...feature, geometry, properties: { ...feature.properties, label_lon } };
}

/** A line in one piece, which the antimeridian cuts into several. */
export function joined(pieces: readonly (readonly Position[])[]): Position[] {
	const line: Position[] = [];
	for (const piece of pieces) {
		const [reached = 0] = line.at(-1) ?? piece[0] ?? [];
		const [begins = 0] = piece[0] ?? [];
		const onwards = shifted(piece, TURN * Math.round((reached - begins) / TURN));
		line.push(...(line.length > 0 ? onwards.slice(1) : onwards));
	}
	return line;
}

/** The same longitude from -180 to 180. */
export function wrapped(longitude: number): number {
	return Math.abs(longitude) <= 180 ? longitude : longitude - TURN * Math.round(longitude / TURN);
}

/** The positions of each point, line or area; of an area those of its edge. */
function partsOf(geometry: Geometry): readonly Position[][] {
	switch (geometry.type) {
		case "Point":
			return [[geometry.coordinates]];
		case "MultiPoint":
			return geometry.coordinates.map((at) => [at]);
		case "LineString":
			return [geometry.coordinates];
		case "MultiLineString":
			return geometry.coordinates;
		case "Polygon":
			return geometry.coordinates.slice(0, 1);
		case "MultiPolygon":
			return geometry.coordinates.flatMap((rings) => rings.slice(0, 1));
		case "GeometryCollection":
			return geometry.geometries.flatMap(partsOf);
	}
}

/** Moves each point, line or area of a geometry eastwards by as much as is said of where it reaches. */
function moved(geometry: Geometry, by: (span: Range) => number): Geometry {
	const line = (positions: Position[]) => shifted(positions, by(spanOf(positions)));
	const area = (rings: Position[][]) => {
		const all = by(spanOf(rings[0] ?? []));
		return rings.map((ring) => shifted(ring, all));
	};
	switch (geometry.type) {
		case "Point":
			return { ...geometry, coordinates: line([geometry.coordinates])[0] ?? [] };
		case "MultiPoint":
			return { ...geometry, coordinates: geometry.coordinates.flatMap((at) => line([at])) };
		case "LineString":
			return { ...geometry, coordinates: line(geometry.coordinates) };
		case "MultiLineString":
			return { ...geometry, coordinates: geometry.coordinates.map(line) };
		case "Polygon":
			return { ...geometry, coordinates: area(geometry.coordinates) };
		case "MultiPolygon":
			return { ...geometry, coordinates: geometry.coordinates.map(area) };
		case "GeometryCollection":
			return { ...geometry, geometries: geometry.geometries.map((part) => moved(part, by)) };
	}
}

function shifted(positions: readonly Position[], by: number): Position[] {
	return by === 0 ? [...positions] : positions.map(([lon = 0, ...rest]) => [lon + by, ...rest]);
}

function spanOf(positions: readonly Position[]): Range {
	let [west, east] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
	for (const [lon = 0] of positions) [west, east] = [Math.min(west, lon), Math.max(east, lon)];
	return { west, east };
}
