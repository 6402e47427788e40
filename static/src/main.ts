import { items } from "./api.ts";
import { Atlas } from "./atlas.ts";
import { Legend } from "./legend.ts";
import { element, readPage } from "./page.ts";
import { type Layer, type State, Store } from "./state.ts";
import { Status } from "./status.ts";
import { Story } from "./story.ts";

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
		const load = async (signal: AbortSignal) =>
			atlas.loadParts(await items("places", { lang: page.lang, partOf }, signal));
		void status.run(`places-${partOf}`, load, "places");
	}
}

async function load(): Promise<void> {
	const query = { lang: page.lang, route: page.route };
	await Promise.all([
		status.run("backdrop", (signal) => atlas.loadBackdrop(signal)),
		status.run("stops", async (signal) => {
			legend.count("route", atlas.loadStops(await items("stops", query, signal)));
			loadParts();
		}),
		status.run("legs", async (signal) => atlas.loadLegs(await items("legs", query, signal))),
		status.run("movements", async (signal) => {
			legend.count("movements", atlas.movements.load(await items("movements", query, signal)));
		}),
		status.run("sites", async (signal) => {
			legend.count("sites", atlas.loadSites(await items("sites", query, signal)));
			loadParts();
		}),
	]);
}

apply(store.state);
scrolling = false;
void load();
