import * as L from "leaflet";
import { drawFlow, isLine, positions } from "./flow.ts";
import type { Labels } from "./labels.ts";
import { toggle } from "./stops.ts";
import type { Strings } from "./strings.ts";
import { isSpot, type MovementFeature } from "./types.ts";

const HOME = ["return", "repatriation"];

/** Flows told of besides the route; returns and repatriation never look like trafficking. */
export class Movements {
	readonly #map: L.Map;
	readonly #labels: Labels;
	readonly #strings: Strings;
	readonly #choose: (movement: MovementFeature) => void;
	#shown = L.featureGroup();
	#lines: L.LatLng[] = [];
	#visible = false;

	constructor(map: L.Map, labels: Labels, strings: Strings, choose: (movement: MovementFeature) => void) {
		this.#map = map;
		this.#labels = labels;
		this.#strings = strings;
		this.#choose = choose;
	}

	/** Draws those that have a place at both ends and gives their number. */
	load(features: readonly MovementFeature[]): number {
		this.#shown.remove();
		const drawn = features.filter(({ geometry }) => isLine(geometry));
		this.#shown = L.featureGroup(drawn.flatMap((feature) => this.#draw(feature)));
		this.#lines = drawn.flatMap(({ geometry }) => (isLine(geometry) ? positions(geometry) : []));
		this.show(this.#visible);
		return drawn.length;
	}

	show(visible: boolean): void {
		this.#visible = visible;
		toggle(this.#map, this.#shown, visible);
		this.#labels.keepOff("movements", visible ? this.#lines : []);
	}

	#draw(feature: MovementFeature): L.Layer[] {
		const { geometry, properties } = feature;
		if (!isLine(geometry)) return [];
		const tip = document.createElement("div");
		const name = document.createElement("strong");
		name.textContent = properties.title;
		if (properties.lang) name.lang = properties.lang;
		const kind = document.createElement("span");
		kind.textContent = this.#strings.term("movement_kind", properties.kind);
		tip.append(name, kind);
		const flow = {
			id: `movement-${properties.movement}`,
			pane: "movements" as const,
			kind: HOME.includes(properties.kind) ? "return" : "movement",
			hollow: !HOME.includes(properties.kind),
			fadeStart: !isSpot(properties.from_precision),
			fadeEnd: !isSpot(properties.to_precision),
			broad: false,
			tooltip: tip,
			onClick: () => this.#choose(feature),
		};
		return [drawFlow(this.#map, geometry, flow)];
	}
}
