import type { Feature, FeatureCollection } from "geojson";
import { json } from "./api.ts";
import { Atlas } from "./atlas.ts";
import { closeLanguages } from "./languages.ts";
import { leaveQuickly } from "./leave.ts";
import { Motion, type MotionWish } from "./motion.ts";
import { element, readPage } from "./page.ts";
import { Status } from "./status.ts";
import type { LegFeature, MovementFeature, PlaceFeature, SiteFeature, StopFeature } from "./types.ts";

/** The map of a page of the API: the features of its table, and no others. */
async function main(): Promise<void> {
	leaveQuickly();
	closeLanguages();
	if (!document.querySelector("#map")) return;
	const page = readPage();
	const { data } = page;
	if (!data) return;
	const frame = element("[data-frame]");
	const status = new Status(element("[data-status]"), frame, page.strings);
	const show = (wish: MotionWish | undefined) => motion.show(wish);
	const motion = new Motion(element("[data-motion]"), show);
	show(undefined);
	const atlas = new Atlas(page, motion, () => {});
	atlas.show(new Set(["route", "movements", "sites"]));
	await status.run("data", async (signal) => draw(atlas, data.collection, await features(data.address, signal)));
	atlas.showBasemap((load) => void status.run("basemap", load));
}

/** Reads a collection's page or one feature. */
async function features(address: string, signal: AbortSignal): Promise<Feature[]> {
	const answer = await json<FeatureCollection | Feature>(address, signal);
	return answer.type === "FeatureCollection" ? answer.features : [answer];
}

async function draw(atlas: Atlas, collection: string, list: Feature[]): Promise<void> {
	const drawn: unknown = list.filter(({ geometry }) => geometry);
	switch (collection) {
		case "stops":
			await atlas.loadStops(drawn as StopFeature[]);
			break;
		case "legs":
			atlas.loadLegs(drawn as LegFeature[]);
			break;
		case "movements":
			atlas.loadMovements(drawn as MovementFeature[]);
			break;
		case "sites":
			atlas.loadSites(drawn as SiteFeature[]);
			break;
		case "places":
			atlas.loadPlaces(drawn as PlaceFeature[]);
	}
	atlas.showAll(list);
}

void main();
