import { type Collection, items } from "./api.ts";
import { loadForPaper } from "./appearance.ts";
import { Atlas } from "./atlas.ts";
import { Legend } from "./legend.ts";
import { manyView } from "./many-view.ts";
import { Motion } from "./motion.ts";
import { element, filled, type Page } from "./page.ts";
import { type Layer, type State, Store } from "./state.ts";
import { Status } from "./status.ts";
import { Story } from "./story.ts";
import { turn } from "./turn.ts";

/** A page with its map: keeps the text, the legend, the map and the address in step. */
export class App {
	readonly #page: Page;
	readonly #status: Status;
	readonly #atlas: Atlas;
	readonly #story: Story | undefined;
	readonly #legend: Legend;
	readonly #motion: Motion;
	readonly #store: Store;
	/** Settled once the stops are there; none before the start. */
	#stops: Promise<void> | undefined;
	#hasStops = false;
	/** Whether the map under the route is there, or was given up. */
	#isPainted = false;
	/** The layers that were asked for; the route's own is loaded at the start. */
	readonly #loaded = new Set<Layer>(["route"]);
	/** Whether the text follows the choice: at first to the stop that the address names. */
	#scrolling = true;

	constructor(page: Page) {
		this.#page = page;
		this.#status = new Status(element("[data-status]"), element("[data-frame]"), page.strings);
		this.#motion = new Motion(element("[data-motion]"), (motion) => this.#store.update({ motion }));
		this.#atlas = new Atlas(page, this.#motion, (id) => this.#tell(id));
		this.#story = page.page === "route" ? new Story(page.strings, this.#motion, (id) => this.#choose(id)) : undefined;
		this.#legend = new Legend(page.strings, (layers) => this.#store.update({ layers }));
		this.#store = new Store(defaultLayers(page), (state) => this.#apply(state));
	}

	/** Shows what the address asks for and loads everything at once; the stops come first, since they settle the view. */
	async start(): Promise<void> {
		this.#apply(this.#store.state);
		this.#scrolling = false;
		const { many } = this.#page;
		if (many) {
			this.#atlas.showOverview(
				manyView(
					many,
					(load, part = "legs") => void this.#status.run(part, load),
					(one) => {
						element("[data-sign-keys]").hidden = one;
						element("[data-few]").hidden = !one;
						if (one) this.#loadParts();
					},
				),
			);
			this.#hasStops = true;
			this.#showBasemap();
			return;
		}
		const stops = this.#status.run("stops", async (signal) => {
			const features = await this.#items("stops", signal);
			await turn();
			this.#legend.count("route", await this.#atlas.loadStops(features));
			this.#hasStops = true;
			this.#showMap();
			this.#loadParts();
		});
		this.#stops = stops;
		await Promise.all([
			stops,
			this.#status.run("legs", (signal) =>
				this.#after(this.#items("legs", signal), (legs) => this.#atlas.loadLegs(legs)),
			),
			stops.then(() => this.#showBasemap()),
			...this.#loadLayers(this.#store.state.layers),
		]);
	}

	/** Shows the map under the route. */
	#showBasemap(): void {
		let settled = false;
		const paint = () => {
			this.#isPainted = true;
			this.#showMap();
		};
		this.#atlas.showBasemap((load) => {
			const done = this.#status.run("basemap", load);
			if (!settled) void done.then(paint);
			settled = true;
		});
		if (!settled) paint();
	}

	/** Takes the still picture away once there is as much to be seen as on it: a map without its route says less. */
	#showMap(): void {
		if (!this.#isPainted || !this.#hasStops) return;
		element("[data-frame]").dataset.moving = "";
		loadForPaper();
	}

	/** Reads the features of a collection, those of the page's route where it has one. */
	#items<C extends Collection>(collection: C, signal: AbortSignal) {
		return items(collection, filled(this.#page.addresses.items, "collection", collection), signal);
	}

	/** Draws what was loaded, once the stops have settled the view. */
	async #after<T>(data: Promise<T>, draw: (data: T) => void | Promise<void>): Promise<void> {
		const [loaded] = await Promise.all([data, this.#stops]);
		await turn();
		await draw(loaded);
	}

	/** Loads the layers beside the route when they are first to be seen. */
	#loadLayers(layers: ReadonlySet<Layer>): Promise<void>[] {
		const missing = [...layers].filter((layer) => !this.#loaded.has(layer));
		for (const layer of missing) this.#loaded.add(layer);
		return missing.map((layer) => {
			if (layer === "movements") {
				return this.#status.run("movements", (signal) =>
					this.#after(this.#items("movements", signal), (movements) =>
						this.#legend.count("movements", this.#atlas.loadMovements(movements)),
					),
				);
			}
			return this.#status.run("sites", (signal) =>
				this.#after(this.#items("sites", signal), (sites) => {
					this.#legend.count("sites", this.#atlas.loadSites(sites));
					this.#loadParts();
				}),
			);
		});
	}

	#choose(stop: string | undefined): void {
		const again = stop === this.#store.state.stop;
		this.#scrolling = true;
		this.#store.update({ stop });
		this.#scrolling = false;
		if (again) this.#atlas.select(stop, again);
	}

	/** Leads from a stop on the map to its text. */
	#tell(stop: string): void {
		this.#choose(stop);
		this.#story?.focus(stop);
	}

	/** Shows the state everywhere: in the legend, in the text and on the map. */
	#apply(state: State): void {
		const stop = this.#story?.has(state.stop) ? state.stop : undefined;
		this.#motion.show(state.motion);
		this.#legend.show(state.layers);
		this.#story?.select(stop, this.#scrolling && stop !== undefined);
		this.#atlas.show(state.layers);
		this.#atlas.select(stop);
		this.#loadParts();
		if (this.#stops) this.#loadLayers(state.layers);
	}

	/** Loads the parts of areas once they are to be seen. */
	#loadParts(): void {
		const { parts } = this.#page.addresses;
		for (const { pack = "", place } of this.#atlas.missingParts()) {
			const address = filled(filled(parts, "pack", pack), "place", place);
			const load = async (signal: AbortSignal) => {
				for (const part of await items("places", address, signal)) {
					await turn();
					this.#atlas.addPart(part);
				}
			};
			void this.#status.run(`places-${pack}-${place}`, load, "places");
		}
	}
}

/** The map of everything shows everything where there is room for its labels. */
function defaultLayers({ page }: Page): ReadonlySet<Layer> {
	const everything = page === "home" && matchMedia("(min-width: 48rem)").matches;
	return new Set<Layer>(everything ? ["route", "movements", "sites"] : ["route"]);
}
