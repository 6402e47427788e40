import type { LatLngBounds } from "leaflet";
import { type Flow, isLine } from "./flow.ts";
import type { Flows } from "./flows.ts";
import type { Strings } from "./strings.ts";
import { isSpot, type LegFeature } from "./types.ts";

/** The legs: solid where documented, dashed where inferred, fading out where an end is no spot. */
export class Legs {
	readonly #flows: Flows;
	readonly #strings: Strings;

	constructor(flows: Flows, strings: Strings) {
		this.#flows = flows;
		this.#strings = strings;
	}

	load(features: readonly LegFeature[]): void {
		this.#flows.set(
			"legs",
			features.flatMap((feature) => this.#flow(feature)),
		);
	}

	show(visible: boolean): void {
		this.#flows.show("legs", visible);
	}

	bounds(): LatLngBounds {
		return this.#flows.bounds("legs");
	}

	#flow(feature: LegFeature): Flow[] {
		const { geometry, properties } = feature;
		if (!isLine(geometry)) return [];
		const inferred = properties.evidence === "inferred";
		const flow: Flow = {
			id: `leg-${properties.route}-${properties.leg}`,
			pane: "legs",
			geometry,
			kind: inferred ? "inferred" : "documented",
			hollow: inferred,
			fadeStart: !isSpot(properties.from_precision),
			fadeEnd: !isSpot(properties.to_precision),
			broad: !!properties.from_one_of,
			tooltip: () => this.#tip(feature),
		};
		return [flow];
	}

	#tip({ properties: { title, evidence, means, lang } }: LegFeature): HTMLElement {
		const name = document.createElement("strong");
		name.textContent = title;
		if (lang) name.lang = lang;
		const facts = document.createElement("span");
		const told = `${this.#strings.text("fact.means")}: ${this.#strings.term("means", means)}`;
		facts.textContent = `${this.#strings.term("evidence", evidence)} · ${told}`;
		const tip = document.createElement("div");
		tip.append(name, facts);
		return tip;
	}
}
