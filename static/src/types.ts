import type { Feature, Geometry, MultiPolygon, Point, Polygon } from "geojson";

/** What every feature says of who tells it and where. */
export interface Told {
	title: string;
	pack?: string;
	text?: string;
	as_of: number;
	time?: string;
	citation: string;
	said_by?: string;
	historical?: boolean;
	lang?: string;
	draft?: boolean;
	precision?: string;
	/** Where the label of an area or a line may be drawn; never a location. */
	label_lon?: number;
	label_lat?: number;
	place_id?: string;
	/** Of how many areas the place is made. */
	parts?: number;
}

export interface StopProperties extends Told {
	route: string;
	stop: string;
	seq: number;
	place: string;
	role: string;
	precision: string;
	one_of?: boolean;
}

/** What legs and movements share: a generalised curve whose ends may lie in areas, where they mean nothing. */
export interface FlowProperties extends Told {
	from_precision: string;
	to_precision: string;
	from_one_of?: boolean;
	schematic?: boolean;
}

export interface LegProperties extends FlowProperties {
	route: string;
	leg: string;
	from: string;
	to: string;
	evidence: string;
	crossing: string;
	transport: string;
	means: string;
}

export interface Counted {
	count?: number;
	count_unit?: string;
	count_text?: string;
	approximate?: boolean;
}

export interface MovementProperties extends FlowProperties, Counted {
	/** The ids of the routes beside which it is told, with "; " between them. */
	route?: string;
	movement: string;
	kind: string;
	from_title?: string;
	to_title?: string;
}

export interface SiteProperties extends Told, Counted {
	/** The ids of the routes beside which it is told, with "; " between them. */
	route?: string;
	site: string;
	kind: string;
	organisations?: string;
	place?: string;
}

export interface PlaceProperties {
	place: string;
	pack?: string;
	part_of?: string;
	title: string;
	precision: string;
}

export type StopFeature = Feature<Geometry | null, StopProperties>;
export type LegFeature = Feature<Geometry | null, LegProperties>;
export type MovementFeature = Feature<Geometry | null, MovementProperties>;
export type SiteFeature = Feature<Geometry | null, SiteProperties>;
export type PlaceFeature = Feature<Geometry, PlaceProperties>;

/** A feature that is on the map: the source says where it is. */
export type Placed<F extends Feature<Geometry | null>> = F & { geometry: Geometry };

export function isPlaced<F extends Feature<Geometry | null>>(feature: F): feature is Placed<F> {
	return feature.geometry !== null;
}

export function isArea(geometry: Geometry): geometry is Polygon | MultiPolygon {
	return geometry.type === "Polygon" || geometry.type === "MultiPolygon";
}

export function isPoint(geometry: Geometry): geometry is Point {
	return geometry.type === "Point";
}

/** Whether a place is known finely enough to be a spot: only there is a ring drawn, and may a line end. */
export function isSpot(precision: string): boolean {
	return precision === "exact" || precision === "settlement";
}
