import * as L from "leaflet";
import { drawFlow, isLine, positions } from "./flow.ts";
import type { Labels } from "./labels.ts";
import { toggle } from "./stops.ts";
import type { Strings } from "./strings.ts";
import { isSpot, type LegFeature } from "./types.ts";

/** The legs: solid where documented, dashed where inferred, fading out where an end is no spot. */
export class Legs {
	readonly #map: L.Map;
	readonly #labels: Labels;
	readonly #strings: Strings;
	#shown = L.featureGroup();
	#visible = true;

	constructor(map: L.Map, labels: Labels, strings: Strings) {
		this.#map = map;
		this.#labels = labels;
		this.#strings = strings;
	}

	load(features: readonly LegFeature[]): void {
		this.#shown.remove();
		this.#shown = L.featureGroup(features.flatMap((feature) => this.#draw(feature)));
		this.#labels.keepOff(
			"legs",
			features.flatMap(({ geometry }) => (isLine(geometry) ? positions(geometry) : [])),
		);
		this.show(this.#visible);
	}

	show(visible: boolean): void {
		this.#visible = visible;
		toggle(this.#map, this.#shown, visible);
	}

	bounds(): L.LatLngBounds {
		return this.#shown.getBounds();
	}

	#draw(feature: LegFeature): L.Layer[] {
		const { geometry, properties } = feature;
		if (!isLine(geometry)) return [];
		const inferred = properties.evidence === "inferred";
		const flow = {
			id: `leg-${properties.route}-${properties.leg}`,
			pane: "legs" as const,
			kind: inferred ? "inferred" : "documented",
			hollow: inferred,
			fadeStart: !isSpot(properties.from_precision),
			fadeEnd: !isSpot(properties.to_precision),
			broad: !!properties.from_one_of,
			tooltip: this.#tip(feature),
		};
		return [drawFlow(this.#map, geometry, flow)];
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
