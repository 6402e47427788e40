import { element } from "../page.ts";
import { StopBar } from "../stop-bar.ts";
import type { Strings } from "../strings.ts";
import { CHOOSE, chosenStop, tellChosen } from "./events.ts";

/** The bar that steps through the stops, and the text of the one that is chosen. It works before the map is there. */
export class EmbedStory {
	readonly #embed: HTMLElement;
	readonly #wake: () => void;
	readonly #bar: StopBar;
	readonly #told = element("[data-told]");

	constructor(embed: HTMLElement, strings: Strings, wake: () => void) {
		this.#embed = embed;
		this.#wake = wake;
		this.#bar = new StopBar(strings, chosenStop(embed), (id) => this.#choose(id));
		this.#bar.show(chosenStop(embed));
		embed.addEventListener(CHOOSE, (event) => {
			const id = (event as CustomEvent<string | undefined>).detail ?? undefined;
			// Without the bar its stop, chosen once more, leads back to the whole route.
			const isBack = !this.#bar.isThere && id === chosenStop(embed);
			this.#choose(isBack ? undefined : id);
		});
	}

	/** Opens with a stop, if there is such a one. */
	open(id: string | undefined): void {
		const stop = this.#bar.get(id);
		if (!stop) return;
		this.#show(stop.id);
		for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-out]")) {
			const page = new URL(link.href);
			page.searchParams.set("stop", stop.id);
			link.href = page.href;
		}
	}

	#choose(id: string | undefined): void {
		this.#show(id);
		this.#wake();
	}

	/** Shows a stop's text, taken from the list of all, and tells of it. */
	#show(id: string | undefined): void {
		const stop = this.#bar.get(id);
		this.#told.hidden = !stop;
		const parts = [...(stop?.node.children ?? [])].filter((child) => !child.classList.contains("embed-leg"));
		element("[data-told-body]", this.#told).replaceChildren(...parts.map((child) => child.cloneNode(true)));
		tellChosen(this.#embed, id);
		this.#bar.show(id);
	}
}
