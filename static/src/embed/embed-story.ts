import { element } from "../page.ts";
import type { Strings } from "../strings.ts";
import { CHOOSE, chosenStop, tellChosen } from "./events.ts";

interface Item {
	id: string;
	title: string;
	node: HTMLElement;
}

/** The bar that steps through the stops, and the text of the one that is chosen. It works before the map is there. */
export class EmbedStory {
	readonly #embed: HTMLElement;
	readonly #strings: Strings;
	readonly #wake: () => void;
	readonly #items: Item[];
	readonly #told = element("[data-told]");

	constructor(embed: HTMLElement, strings: Strings, wake: () => void) {
		this.#embed = embed;
		this.#strings = strings;
		this.#wake = wake;
		this.#items = [...document.querySelectorAll<HTMLElement>("[data-stop]")].map((node) => ({
			id: node.dataset.stop ?? "",
			title: node.querySelector("h3")?.textContent ?? "",
			node,
		}));
		this.#listen();
		this.#say(chosenStop(embed), false);
	}

	/** Opens with a stop, if there is such a one. */
	open(id: string | undefined): void {
		const item = this.#items.find((known) => known.id === id);
		if (!item) return;
		this.#show(item.node);
		tellChosen(this.#embed, item.id);
		this.#say(item.id, true);
		for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-out]")) {
			const page = new URL(link.href);
			page.searchParams.set("stop", item.id);
			link.href = page.href;
		}
	}

	#listen(): void {
		this.#button("previous").addEventListener("click", () => this.#go(this.#index() - 1));
		this.#button("next").addEventListener("click", () => this.#go(this.#index() + 1));
		this.#button("all").addEventListener("click", () => this.#choose(undefined));
		element("[data-steps]").addEventListener("keydown", (event) => {
			const to = this.#target(event.key);
			if (to === undefined) return;
			event.preventDefault();
			this.#go(to);
		});
		this.#embed.addEventListener(CHOOSE, (event) =>
			this.#choose((event as CustomEvent<string | undefined>).detail ?? undefined),
		);
	}

	#target(key: string): number | undefined {
		if (key === "ArrowRight") return this.#index() + 1;
		if (key === "ArrowLeft") return this.#index() - 1;
		if (key === "Home") return 0;
		return key === "End" ? this.#items.length - 1 : undefined;
	}

	/** Goes to a stop by its position; before the first lies the whole route. */
	#go(index: number): void {
		if (index < this.#items.length) this.#choose(this.#items[index]?.id);
	}

	#choose(id: string | undefined): void {
		this.#show(this.#items.find((item) => item.id === id)?.node);
		tellChosen(this.#embed, id);
		this.#say(id, true);
		this.#wake();
	}

	/** Shows a stop's text, taken from the list of all. */
	#show(node: HTMLElement | undefined): void {
		this.#told.hidden = !node;
		const parts = [...(node?.children ?? [])].filter((child) => !child.classList.contains("embed-leg"));
		element("[data-told-body]", this.#told).replaceChildren(...parts.map((child) => child.cloneNode(true)));
	}

	#say(id: string | undefined, aloud: boolean): void {
		const [index, total] = [this.#items.findIndex((item) => item.id === id), this.#items.length];
		const title = this.#items[index]?.title ?? "";
		const text =
			index < 0
				? this.#strings.text("steps.none", { count: total })
				: this.#strings.text("steps.at", { seq: index + 1, total, title });
		if (aloud) {
			element("[data-step-text]").textContent = text;
			element("[data-live]").textContent = text;
		}
		this.#button("previous").ariaDisabled = String(index < 0);
		this.#button("next").ariaDisabled = String(index === total - 1);
		this.#button("all").ariaPressed = String(index < 0);
	}

	#index(): number {
		return this.#items.findIndex((item) => item.id === chosenStop(this.#embed));
	}

	#button(step: string): HTMLButtonElement {
		return element<HTMLButtonElement>(`[data-step="${step}"]`);
	}
}
