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
		const tip = document.createElement("div");
		const name = document.createElement("strong");
		name.textContent = properties.title;
		if (properties.lang) name.lang = properties.lang;
		const kind = document.createElement("span");
		kind.textContent = this.#strings.term("movement_kind", properties.kind);
		tip.append(name, kind);
		const flow: Flow = {
			id: `movement-${properties.movement}`,
			pane: "movements",
			geometry,
			kind: HOME.includes(properties.kind) ? "return" : "movement",
			hollow: !HOME.includes(properties.kind),
			fadeStart: !isSpot(properties.from_precision),
			fadeEnd: !isSpot(properties.to_precision),
			broad: false,
			tooltip: tip,
			onClick: () => this.#choose(feature),
		};
		return [flow];
	}
}
