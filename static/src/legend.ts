import { element } from "./page.ts";
import { isLayer, LAYERS, type Layer } from "./state.ts";
import type { Strings } from "./strings.ts";

/** On a map that is not wider, in pixels, the legend stays closed until it is asked for. */
const WIDE = 700;

/** The legend, which is the layers' switch as well. */
export class Legend {
	readonly #node: HTMLDetailsElement;
	readonly #strings: Strings;

	constructor(strings: Strings, changed: (layers: ReadonlySet<Layer>) => void) {
		this.#node = element<HTMLDetailsElement>("[data-legend]");
		this.#strings = strings;
		if (hasRoom()) this.#node.open = true; // a reader may have opened it before
		this.#node.addEventListener("change", () => {
			const on = this.#boxes().filter((box) => box.checked);
			changed(new Set(on.map((box) => box.dataset.layer ?? "").filter(isLayer)));
		});
	}

	show(layers: ReadonlySet<Layer>): void {
		for (const layer of LAYERS) {
			const box = this.#boxes().find((b) => b.dataset.layer === layer);
			if (box) box.checked = layers.has(layer);
		}
	}

	count(layer: Layer, number: number): void {
		const place = this.#node.querySelector(`[data-count="${layer}"]`);
		if (place)
			place.textContent = this.#strings.text(layer === "route" ? "legend.stops" : "legend.count", { count: number });
	}

	#boxes(): HTMLInputElement[] {
		return [...this.#node.querySelectorAll<HTMLInputElement>("input[data-layer]")];
	}
}

/** Whether the legend may lie on the map and leaves enough of it to be seen: on a narrow page it stands below the map. */
function hasRoom(): boolean {
	return matchMedia("(min-width: 56.01rem)").matches && element("[data-frame]").clientWidth > WIDE;
}
