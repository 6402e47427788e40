import { type MotionWish, motionWish } from "./motion.ts";

/** What the reader has chosen, mirrored in the page's address. */
export interface State {
	readonly stop: string | undefined;
	readonly layers: ReadonlySet<Layer>;
	/** None where motion is as the system asks. */
	readonly motion?: MotionWish | undefined;
}

export const LAYERS = ["route", "movements", "sites"] as const;
export type Layer = (typeof LAYERS)[number];

export function isLayer(name: string): name is Layer {
	return (LAYERS as readonly string[]).includes(name);
}

/** Reads the state from an address's query; what it leaves out is as the page has it by default. */
export function parse(search: string, defaults: ReadonlySet<Layer>): State {
	const query = new URLSearchParams(search);
	const layers = query.get("layers");
	return {
		stop: query.get("stop") || undefined,
		layers: layers === null ? defaults : new Set(layers.split(",").filter(isLayer)),
		motion: motionWish(query.get("motion")),
	};
}

/** Writes the state into an address's query and keeps everything else there. */
export function format(state: State, defaults: ReadonlySet<Layer>, search: string): string {
	const query = new URLSearchParams(search);
	query.delete("stop");
	query.delete("layers");
	query.delete("motion");
	if (state.stop) query.set("stop", state.stop);
	if (!same(state.layers, defaults)) query.set("layers", LAYERS.filter((l) => state.layers.has(l)).join(","));
	if (state.motion) query.set("motion", state.motion);
	const text = query.toString().replaceAll("%2C", ",");
	return text && `?${text}`;
}

function same(a: ReadonlySet<Layer>, b: ReadonlySet<Layer>): boolean {
	return LAYERS.every((layer) => a.has(layer) === b.has(layer));
}

/** Keeps the state, the page's address and the links to other languages in step. */
export class Store {
	#state: State;
	readonly #defaults: ReadonlySet<Layer>;
	readonly #changed: (state: State) => void;

	constructor(defaults: ReadonlySet<Layer>, changed: (state: State) => void) {
		this.#defaults = defaults;
		this.#changed = changed;
		this.#state = parse(location.search, defaults);
		addEventListener("popstate", () => this.#set(parse(location.search, defaults)));
		this.#mirrorLanguages();
	}

	get state(): State {
		return this.#state;
	}

	update(change: Partial<State>): void {
		this.#set({ ...this.#state, ...change });
		const query = format(this.#state, this.#defaults, location.search);
		history.replaceState(null, "", location.pathname + query + location.hash);
	}

	#set(state: State): void {
		this.#state = state;
		this.#mirrorLanguages();
		this.#changed(state);
	}

	#mirrorLanguages(): void {
		for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-language]")) {
			const url = new URL(link.href);
			link.href = url.pathname + format(this.#state, this.#defaults, url.search);
		}
	}
}
