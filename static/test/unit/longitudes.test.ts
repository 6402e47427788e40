import assert from "node:assert/strict";
import { test } from "node:test";
import type { Feature, Geometry, Position } from "geojson";
import type { LatLngBounds } from "leaflet";
import { boxOf } from "../../src/few.ts";
import { joined, rangeOf, unwrapped, westOf } from "../../src/longitudes.ts";

const point = (lon: number): Geometry => ({ type: "Point", coordinates: [lon, 0] });
const lines = (...pieces: number[][]): Geometry => ({
	type: "MultiLineString",
	coordinates: pieces.map((lons) => lons.map((lon) => [lon, 0])),
});
const squares = (...sides: [number, number][]): Geometry => ({
	type: "MultiPolygon",
	coordinates: sides.map(([west, east]) => [[west, east, east, west].map((lon, i) => [lon, i > 1 ? 1 : 0])]),
});
const feature = (geometry: Geometry | null, properties = {}): Feature<Geometry | null> => ({
	type: "Feature",
	geometry,
	properties,
});
const lonsOf = (geometry: Geometry | null): number[] =>
	JSON.stringify(geometry)
		.match(/\[-?[\d.]+,-?[\d.]+\]/g)
		?.map((at) => (JSON.parse(at) as Position)[0] ?? 0) ?? [];

test("a map holds what it shows in one range, and goes on beyond the antimeridian only where that is less", () => {
	for (const [name, geometries, west, drawn] of [
		["a route of the Mekong", [point(94), point(106)], -180, [94, 106]],
		["the Pacific", [point(178), point(-172), point(-158), point(175)], 8.5, [178, 188, 202, 175]],
		[
			"its legs",
			[lines([178, 180], [-180, -172]), lines([-158, -180], [180, 175])],
			8.5,
			[178, 180, 180, 188, 202, 180, 180, 175],
		],
		["from Europe on", [point(-10), point(100), point(175), point(-158)], -84, [-10, 100, 175, 202]],
		["most of the world", [point(-120), point(-60), point(0), point(60), point(120)], -180, [-120, -60, 0, 60, 120]],
		["nothing", [null], -180, []],
	] as [string, (Geometry | null)[], number, number[]][]) {
		const from = westOf(rangeOf(geometries));
		assert.equal(from, west, name);
		const placed = geometries.map((geometry) => unwrapped(feature(geometry), from).geometry);
		assert.deepEqual(placed.flatMap(lonsOf), drawn, name);
		assert.deepEqual(
			placed.map((geometry) => unwrapped(feature(geometry), from).geometry),
			placed,
			`${name}, again`,
		);
	}
});

test("what the antimeridian cuts is put together on any map, and its label comes along", () => {
	const fiji = feature(squares([177, 180], [-180, -178]), { label_lon: 178 });
	for (const [west, lons, label] of [
		[-180, [177, 180, 180, 177, 180, 182, 182, 180], 178],
		[0, [177, 180, 180, 177, 180, 182, 182, 180], 178],
		[-360, [-183, -180, -180, -183, -180, -178, -178, -180], -182],
	] as [number, number[], number][]) {
		const { geometry, properties } = unwrapped(fiji, west);
		assert.deepEqual([lonsOf(geometry), properties?.label_lon], [lons, label], `${west}`);
	}
	const [west, east]: Position[][] = [
		[
			[-180, -16],
			[-178, -16],
			[-178, -15],
		],
		[
			[-179.5, -15.9],
			[-179, -15.9],
			[-179, -15.5],
		],
	];
	const vanua = feature({ type: "Polygon", coordinates: [west ?? [], east ?? []] }, { label_lon: -179 });
	for (const [from, lons, label] of [
		[-180, [-180, -178, -178, -179.5, -179, -179], -179],
		[0, [180, 182, 182, 180.5, 181, 181], 181],
		[-540, [-540, -538, -538, -539.5, -539, -539], -539],
	] as [number, number[], number][]) {
		const { geometry, properties } = unwrapped(vanua, from);
		assert.deepEqual([lonsOf(geometry), properties?.label_lon], [lons, label], `an area in one piece on ${from}`);
	}
	const leg = joined([
		[
			[178, -18],
			[180, -16],
		],
		[
			[-180, -16],
			[-172, -14],
		],
	]);
	assert.deepEqual(leg, [
		[178, -18],
		[180, -16],
		[188, -14],
	]);
});

test("a view beyond the antimeridian asks the API for a box whose west is greater than its east", () => {
	const bounds = (west: number, east: number) =>
		({ getWest: () => west, getEast: () => east, getSouth: () => -95, getNorth: () => 10 }) as LatLngBounds;
	for (const [west, east, box] of [
		[94, 106, "94.0000,-90.0000,106.0000,10.0000"],
		[112.6, 201.5, "112.6000,-90.0000,-158.5000,10.0000"],
		[185, 200, "-175.0000,-90.0000,-160.0000,10.0000"],
		[-190, -170, "170.0000,-90.0000,-170.0000,10.0000"],
		[-100, 300, "-180.0000,-90.0000,180.0000,10.0000"],
	] as [number, number, string][]) {
		assert.equal(boxOf(bounds(west, east)), box);
	}
});
