import { type Flow, isLine } from "./flow.ts";
import type { Flows } from "./flows.ts";
import type { Strings } from "./strings.ts";
import { isSpot, type MovementFeature } from "./types.ts";

const HOME = ["return", "repatriation"];

/** Flows told of besides the route; returns and repatriation never look like trafficking. */
export class Movements {
	readonly #flows: Flows;
	readonly #strings: Strings;
	readonly #choose: (movement: MovementFeature) => void;

	constructor(flows: Flows, strings: Strings, choose: (movement: MovementFeature) => void) {
		this.#flows = flows;
		this.#strings = strings;
		this.#choose = choose;
	}

	/** Draws those that have a place at both ends and gives their number. */
	load(features: readonly MovementFeature[]): number {
		const drawn = features.flatMap((feature) => this.#flow(feature));
		this.#flows.set("movements", drawn);
		return drawn.length;
	}

	show(visible: boolean): void {
		this.#flows.show("movements", visible);
	}

	#flow(feature: MovementFeature): Flow[] {
		const { geometry, properties } = feature;
		if (!isLine(geometry)) return [];
		const flow: Flow = {
			id: `movement-${properties.pack}-${properties.movement}`,
			pane: "movements",
			geometry,
			kind: HOME.includes(properties.kind) ? "return" : "movement",
			hollow: !HOME.includes(properties.kind),
			fadeStart: !isSpot(properties.from_precision),
			fadeEnd: !isSpot(properties.to_precision),
			broad: false,
			tooltip: () => this.#tip(feature),
			onClick: () => this.#choose(feature),
		};
		return [flow];
	}

	#tip({ properties: { title, kind, lang } }: MovementFeature): HTMLElement {
		const name = document.createElement("strong");
		name.textContent = title;
		if (lang) name.lang = lang;
		const what = document.createElement("span");
		what.textContent = this.#strings.term("movement_kind", kind);
		const tip = document.createElement("div");
		tip.append(name, what);
		return tip;
	}
}
