import {
	CenteredTextSymbolizer,
	CircleSymbolizer,
	type Feature,
	GeomType,
	GroupSymbolizer,
	type LabelRule,
	LineSymbolizer,
	linear,
	OffsetTextSymbolizer,
	type PaintRule,
	PolygonSymbolizer,
	TextPlacements,
} from "protomaps-leaflet";
import { RiverName } from "./river-names.ts";

/** The colours and the type of the map, which are the page's. */
export interface Look {
	readonly land: string;
	readonly built: string;
	readonly sea: string;
	readonly coast: string;
	readonly river: string;
	readonly waterName: string;
	readonly border: string;
	readonly provinceLine: string;
	readonly country: string;
	readonly province: string;
	readonly town: string;
	readonly family: string;
	readonly lang: string;
	/** How much larger letters must be than Latin ones to be read as well. */
	readonly size: number;
}

/** Scripts whose letters are small in their body. */
const LARGER: Record<string, number> = { my: 1.08, km: 1.1, lo: 1.08, th: 1.08 };

/** How many zooms after its line a river's name comes. */
const RIVER_NAMES = 0.75;

/** Reads the look from the style of the map's element. */
export function lookOf(node: Element, lang: string): Look {
	const style = getComputedStyle(node);
	const of = (name: string) => style.getPropertyValue(name).trim();
	return {
		land: of("--land"),
		built: of("--built"),
		sea: of("--sea"),
		coast: of("--coast"),
		river: of("--river"),
		waterName: of("--water-name"),
		border: of("--border-line"),
		provinceLine: of("--province-line"),
		country: of("--country"),
		province: of("--province"),
		town: of("--town"),
		family: style.fontFamily,
		lang,
		size: LARGER[lang.split("-")[0] ?? ""] ?? 1,
	};
}

const isArea = (_: number, { geomType }: Feature) => geomType === GeomType.Polygon;
const isBuilt = (_: number, { props }: Feature) => props.kind === "urban_area";
const isRiver = (_: number, { geomType, props }: Feature) => geomType === GeomType.Line && props.kind === "river";
const isDisputed = ({ props }: Feature) => props.disputed === true || props.disputed === 1;
const level = ({ props }: Feature) => Number(props.kind_detail);

/** Land, what is built up of it, and lakes. */
export function areaRules({ land, built, sea }: Look): PaintRule[] {
	return [
		{ dataLayer: "earth", symbolizer: new PolygonSymbolizer({ fill: land }), filter: isArea },
		{ dataLayer: "landcover", symbolizer: new PolygonSymbolizer({ fill: built }), filter: isBuilt },
		{ dataLayer: "water", symbolizer: new PolygonSymbolizer({ fill: sea }), filter: isArea },
	];
}

/** Coasts, rivers and boundaries. */
export function lineRules(look: Look): PaintRule[] {
	const line = (color: string, stops: number[][], dash?: number[]) =>
		new LineSymbolizer({
			color,
			width: linear(stops),
			lineJoin: "round",
			lineCap: dash ? "butt" : "round",
			...(dash && { dash, dashColor: color, dashWidth: linear(stops) }),
		});
	const coast = line(look.coast, [
		[3, 0.6],
		[8, 1.1],
	]);
	const border: number[][] = [
		[3, 0.7],
		[6, 1.2],
		[9, 1.8],
	];
	return [
		{
			dataLayer: "water",
			symbolizer: line(look.river, [
				[3, 0.5],
				[6, 1.1],
				[9, 2],
			]),
			filter: isRiver,
		},
		{ dataLayer: "earth", symbolizer: coast, filter: isArea },
		{ dataLayer: "water", symbolizer: coast, filter: isArea },
		{
			dataLayer: "boundaries",
			symbolizer: line(look.provinceLine, [
				[4, 0.6],
				[9, 1.2],
			]),
			filter: (_, f) => level(f) === 4,
		},
		{
			dataLayer: "boundaries",
			symbolizer: line(look.border, border),
			filter: (_, f) => level(f) <= 2 && !isDisputed(f),
		},
		{
			dataLayer: "boundaries",
			symbolizer: line(look.border, border, [4, 3]),
			filter: (_, f) => level(f) <= 2 && isDisputed(f),
		},
	];
}

/** Names, the most important first; a place that is told of by one of the given names or ids has none. */
export function labelRules(look: Look, told: ReadonlySet<string>): LabelRule[] {
	const labelProps = [`name:${look.lang}`, "name:en", "name"];
	const isNew = ({ props }: Feature) =>
		!labelProps.some((key) => told.has(String(props[key]))) &&
		!told.has(
			String(props["name:en"] ?? props.name)
				.toLowerCase()
				.replaceAll(" ", "-"),
		);
	const halo = { stroke: look.land, width: 3 };
	const font = (size: (zoom: number, f?: Feature) => number, weight = 400, style = "normal") => ({
		labelProps,
		font: (zoom: number, f?: Feature) =>
			`${style} ${weight} ${(size(zoom, f) * look.size).toFixed(2)}px ${look.family}`,
	});
	const countrySize = linear([
		[3, 11],
		[5, 13.5],
		[8, 18],
	]);
	return [
		{
			dataLayer: "places",
			symbolizer: new CenteredTextSymbolizer({
				...font((z) => countrySize(z), 600),
				fill: look.country,
				...halo,
				lineHeight: 1.3,
			}),
			filter: (z, f) => f.props.kind === "country" && startsBy(f, z) && isNew(f),
		},
		{
			dataLayer: "places",
			symbolizer: town(
				look,
				font((_, f) => townSize(f)),
			),
			sort: (a, b) => Number(b.population ?? 0) - Number(a.population ?? 0),
			filter: (z, f) => f.props.kind === "locality" && startsBy(f, z) && isNew(f),
		},
		{
			dataLayer: "water",
			symbolizer: new RiverName({
				text: ({ props }) =>
					labelProps.map((key) => props[key]).find((name): name is string => typeof name === "string"),
				font: `italic 400 ${(11 * look.size).toFixed(2)}px ${look.family}`,
				fill: look.waterName,
				halo: look.land,
			}),
			filter: (z, f) => isRiver(z, f) && startsBy(f, z - RIVER_NAMES) && isNew(f),
			minzoom: 4,
		},
		{
			dataLayer: "water",
			symbolizer: new CenteredTextSymbolizer({
				...font(() => 11, 400, "italic"),
				fill: look.waterName,
				stroke: look.sea,
				width: 2,
				lineHeight: 1.3,
			}),
			filter: (z, f) => f.geomType === GeomType.Point && f.props.kind === "lake" && startsBy(f, z) && isNew(f),
		},
		{
			dataLayer: "places",
			symbolizer: new CenteredTextSymbolizer({
				...font(() => 10.5),
				fill: look.province,
				...halo,
				lineHeight: 1.3,
			}),
			filter: (z, f) => f.props.kind === "region" && startsBy(f, z) && isNew(f),
			minzoom: 5,
		},
	];
}

/** Whether a thing is to be named at a zoom: its own counts tiles of twice the width of the map's. */
function startsBy({ props }: Feature, zoom: number): boolean {
	return zoom + 0.25 >= Number(props.min_zoom ?? 0) + 1;
}

function isCapital({ props }: Feature): boolean {
	return props.capital === "yes";
}

function townSize(f: Feature | undefined): number {
	return f && (isCapital(f) || Number(f.props.population) > 3e6) ? 12 : 11;
}

function town(look: Look, font: object): GroupSymbolizer {
	const dot = new CircleSymbolizer({
		radius: (_, f) => (f && isCapital(f) ? 2.6 : 2),
		fill: look.land,
		stroke: look.town,
		width: 1.2,
	});
	const text = new OffsetTextSymbolizer({
		...font,
		fill: look.town,
		stroke: look.land,
		width: 3,
		offsetX: 6,
		offsetY: 4.5,
		placements: [TextPlacements.E],
		lineHeight: 1.3,
	});
	return new GroupSymbolizer([dot, text]);
}
