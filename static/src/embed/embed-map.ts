import { embedFeatures } from "../api.ts";
import { loadForPaper } from "../appearance.ts";
import { Atlas } from "../atlas.ts";
import { Motion } from "../motion.ts";
import { element, type Page } from "../page.ts";
import { isLayer, type Layer } from "../state.ts";
import { Status } from "../status.ts";
import { turn } from "../turn.ts";
import { CHOSEN, choose, chosenStop } from "./events.ts";
import { letterTexts, ofRoutes } from "./options.ts";

/** Coarse tiles are fewer: an embed must be light. */
const NEARLY = -0.25;

/** The map of an embed: takes the picture's place once it is drawn. It writes nothing anywhere, not even an address. */
export class EmbedMap {
	readonly #page: Page;
	readonly #embed = element("[data-embed]");
	readonly #frame = element("[data-frame]");
	readonly #status: Status;
	readonly #atlas: Atlas;
	readonly #layers: ReadonlySet<Layer>;
	/** Whether the reader has gone into the map, so that the wheel may zoom it where the page wants that. */
	#entered = false;

	constructor(page: Page) {
		this.#page = page;
		const { layers = [], scroll, single = true } = page.embed ?? {};
		this.#layers = new Set(layers.filter(isLayer));
		this.#status = new Status(element("[data-status]"), this.#frame, page.strings);
		const wheel = () => scroll === "map" && this.#entered;
		const motion = new Motion(document.createElement("button"), () => {});
		const basemap = { ...page.basemap, nearly: NEARLY };
		this.#atlas = new Atlas({ ...page, basemap, page: single ? "route" : "home", wheel }, motion, (id) =>
			choose(this.#embed, id),
		);
		this.#enterAndLeave();
		this.#embed.addEventListener(CHOSEN, () => this.#select());
	}

	/** Loads everything and shows the map in the picture's place. Where no reader has asked and it fails, the picture stays as it was until one asks. */
	async start(): Promise<void> {
		const { data: address = "", routes } = this.#page.embed ?? {};
		const early = isUnasked() ? await embedFeatures(address).catch(asked) : undefined;
		const load = async (signal: AbortSignal) => {
			const features = early ?? (await embedFeatures(address, signal));
			const { stops, legs, parts, movements, sites } = ofRoutes(features, routes);
			await sized(this.#frame);
			this.#atlas.resized();
			this.#atlas.show(this.#layers);
			this.#atlas.select(chosenStop(this.#embed));
			await this.#atlas.loadStops(stops);
			this.#atlas.loadLegs(legs);
			await turn();
			if (this.#layers.has("movements")) this.#atlas.loadMovements(movements);
			if (this.#layers.has("sites")) this.#atlas.loadSites(sites);
			for (const part of parts) this.#atlas.addPart(part);
			await turn();
			let settled = false;
			this.#atlas.showBasemap((tiles) => {
				const done = this.#status.run("basemap", tiles);
				if (!settled) void done.then(() => this.#show());
				settled = true;
			});
			if (!settled) this.#show();
		};
		await this.#status.run("stops", load);
	}

	/** Takes the picture away; the reader's place on the page stays as it is. */
	#show(): void {
		const focused = document.activeElement?.matches("[data-start]");
		this.#embed.dataset.moving = "";
		letterTexts(this.#page);
		loadForPaper();
		if (focused) element("#map").focus({ preventScroll: true });
	}

	/** The text of a stop beside the map may have changed the map's room. */
	#select(): void {
		this.#atlas.resized();
		this.#atlas.select(chosenStop(this.#embed), true);
	}

	#enterAndLeave(): void {
		const enter = () => {
			this.#entered = true;
		};
		const leave = () => {
			this.#entered = false;
		};
		this.#frame.addEventListener("pointerdown", enter);
		this.#frame.addEventListener("focusin", enter);
		this.#frame.addEventListener("focusout", leave);
		this.#frame.addEventListener("pointerleave", leave);
		this.#frame.addEventListener("keydown", (event) => {
			if (event.key !== "Escape") return;
			leave();
			if (document.activeElement === element("#map")) element("#map").blur();
		});
	}
}

/** Whether the map comes without a reader having asked for it. */
function isUnasked(): boolean {
	return "unasked" in element("#embed-script").dataset;
}

/** Lets the embed sleep again, as if nothing had been tried, until a reader asks for the map. */
async function asked(): Promise<undefined> {
	if (!isUnasked()) return;
	const button = element("[data-start]");
	element("[data-status]").textContent = "";
	button.ariaBusy = "false";
	await new Promise<void>((done) => {
		const watch = new MutationObserver(() => {
			watch.disconnect();
			done();
		});
		watch.observe(element("#embed-script"), { attributeFilter: ["data-unasked"] });
	});
	button.ariaBusy = "true";
}

/** Waits until an element has a size: a page may put the embed away while its map is on the way, and the view depends on the size. */
async function sized(node: HTMLElement): Promise<void> {
	const has = () => node.clientWidth > 0 && node.clientHeight > 0;
	if (has()) return;
	await new Promise<void>((done) => {
		const watch = new ResizeObserver(() => {
			if (!has()) return;
			watch.disconnect();
			done();
		});
		watch.observe(node);
	});
}
