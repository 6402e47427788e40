import { element } from "./page.ts";
import { isLayer, LAYERS, type Layer } from "./state.ts";
import type { Strings } from "./strings.ts";

/** The legend, which is the layers' switch as well. */
export class Legend {
	readonly #node: HTMLDetailsElement;
	readonly #strings: Strings;

	constructor(strings: Strings, changed: (layers: ReadonlySet<Layer>) => void) {
		this.#node = element<HTMLDetailsElement>("[data-legend]");
		this.#strings = strings;
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
