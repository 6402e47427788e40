import { backdrop, items } from "./api.ts";
import { Atlas } from "./atlas.ts";
import { Legend } from "./legend.ts";
import { element, readPage } from "./page.ts";
import { type Layer, type State, Store } from "./state.ts";
import { Status } from "./status.ts";
import { Story } from "./story.ts";
import { turn } from "./turn.ts";

const page = readPage();
/** The map of everything shows everything where there is room for its labels. */
const everything = page.page === "home" && matchMedia("(min-width: 48rem)").matches;
const defaults = new Set<Layer>(everything ? ["route", "movements", "sites"] : ["route"]);
const status = new Status(element("[data-status]"), element("[data-frame]"), page.strings);
const atlas = new Atlas(page, (id) => choose(id, true));
const story = page.page === "route" ? new Story(page.strings, (id) => choose(id, true)) : undefined;
const legend = new Legend(page.strings, (layers) => store.update({ layers }));
const store = new Store(defaults, apply);

/** Whether the text follows the choice: at first to the stop that the address names. */
let scrolling = true;

function choose(stop: string | undefined, scroll: boolean): void {
	scrolling = scroll;
	store.update({ stop });
	scrolling = false;
}

/** Shows the state everywhere: in the legend, in the text and on the map. */
function apply(state: State): void {
	const stop = story?.has(state.stop) ? state.stop : undefined;
	legend.show(state.layers);
	story?.select(stop, scrolling && stop !== undefined);
	atlas.show(state.layers);
	atlas.select(stop);
	loadParts();
}

/** Loads the parts of areas once they are to be seen. */
function loadParts(): void {
	for (const partOf of atlas.missingParts()) {
		const load = async (signal: AbortSignal) => {
			for (const part of await items("places", { lang: page.lang, partOf }, signal)) {
				await turn();
				atlas.addPart(part);
			}
		};
		void status.run(`places-${partOf}`, load, "places");
	}
}

/** Asks for everything at once; the stops come first, since they say what to bring into view. */
function load(): void {
	const query = { lang: page.lang, route: page.route };
	const stops = status.run("stops", async (signal) => {
		const features = await items("stops", query, signal);
		await turn();
		legend.count("route", await atlas.loadStops(features));
		loadParts();
	});
	const after = async <T>(data: Promise<T>, draw: (data: T) => void | Promise<void>): Promise<void> => {
		const [loaded] = await Promise.all([data, stops]);
		await turn();
		await draw(loaded);
	};
	void status.run("legs", (signal) => after(items("legs", query, signal), (legs) => atlas.loadLegs(legs)));
	void status.run("backdrop", (signal) => after(backdrop(page.backdrop, signal), (land) => atlas.loadBackdrop(land)));
	void status.run("movements", (signal) =>
		after(items("movements", query, signal), (list) => legend.count("movements", atlas.movements.load(list))),
	);
	void status.run("sites", (signal) =>
		after(items("sites", query, signal), (sites) => {
			legend.count("sites", atlas.loadSites(sites));
			loadParts();
		}),
	);
}

apply(store.state);
scrolling = false;
load();
