import type { PlaceProperties, Told } from "./types.ts";

/** A place that is made of several areas. Another pack may have a place of the same id. */
export interface Whole {
	readonly pack: string | undefined;
	readonly place: string;
}

/** The place of a feature, where it is made of several areas. */
export function wholeOf({ pack, parts, place_id: place }: Told): Whole[] {
	return parts && place ? [{ pack, place }] : [];
}

/** Whether an area is a part of a place. */
export function isPart({ pack, part_of }: PlaceProperties, whole: Whole): boolean {
	return part_of === whole.place && pack === whole.pack;
}
