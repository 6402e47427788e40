import { element } from "./page.ts";
import type { Strings } from "./strings.ts";

interface Stop {
	readonly id: string;
	readonly title: string;
	/** Its text on the page. */
	readonly node: HTMLElement;
}

/** The bar that steps through the stops of a page's text. An embed may be without it: then it is only said which stop is chosen. */
export class StopBar {
	readonly stops: readonly Stop[];
	readonly #strings: Strings;
	readonly #choose: (id: string | undefined) => void;
	readonly #bar = document.querySelector<HTMLElement>("[data-steps]");
	#current: string | undefined;

	/** current is the stop that the page shows as it comes. */
	constructor(strings: Strings, current: string | undefined, choose: (id: string | undefined) => void) {
		this.#strings = strings;
		this.#current = current;
		this.#choose = choose;
		this.stops = [...document.querySelectorAll<HTMLElement>("[data-stop]")].map((node) => {
			const title = node.querySelector("[data-choose]") ?? node.querySelector("h3");
			return { id: node.dataset.stop ?? "", title: title?.textContent ?? "", node };
		});
		if (this.#bar) this.#listen(this.#bar);
	}

	get isThere(): boolean {
		return this.#bar !== null;
	}

	get(id: string | undefined): Stop | undefined {
		return this.stops.find((stop) => stop.id === id);
	}

	/** Says where the chosen stop stands; aloud where it is another than before. */
	show(id: string | undefined): void {
		const changed = id !== this.#current;
		this.#current = id;
		const [index, total] = [this.#index(), this.stops.length];
		const title = this.stops[index]?.title ?? "";
		const at =
			index < 0
				? this.#strings.text("steps.none", { count: total })
				: this.#strings.text("steps.at", { seq: index + 1, total, title });
		if (changed) element("[data-live]").textContent = at;
		if (!this.#bar) return;
		element("[data-step-text]").textContent = at;
		button("previous").ariaDisabled = String(index < 0);
		button("next").ariaDisabled = String(index === total - 1);
		button("all").ariaPressed = String(index < 0);
		this.#keepFocus();
	}

	/** A narrow embed has no room for the button that shows the whole route while that is shown: its focus goes to the one that leads on. */
	#keepFocus(): void {
		const all = button("all");
		if (document.activeElement === all && all.getClientRects().length === 0) button("next").focus();
	}

	#listen(bar: HTMLElement): void {
		button("previous").addEventListener("click", () => this.#go(this.#index() - 1));
		button("next").addEventListener("click", () => this.#go(this.#index() + 1));
		button("all").addEventListener("click", () => this.#choose(undefined));
		bar.addEventListener("keydown", (event) => {
			if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return; // Alt and ← go back in the browser
			const to = this.#target(event.key);
			if (to === undefined) return;
			event.preventDefault();
			this.#go(to);
		});
	}

	#target(key: string): number | undefined {
		if (key === "ArrowRight" || key === "ArrowDown") return this.#index() + 1;
		if (key === "ArrowLeft" || key === "ArrowUp") return this.#index() - 1;
		if (key === "Home") return 0;
		return key === "End" ? this.stops.length - 1 : undefined;
	}

	/** Goes to a stop by its position; before the first lies the whole route. */
	#go(index: number): void {
		if (index < this.stops.length) this.#choose(this.stops[index]?.id);
	}

	#index(): number {
		return this.stops.findIndex((stop) => stop.id === this.#current);
	}
}

function button(step: string): HTMLButtonElement {
	return element<HTMLButtonElement>(`[data-step="${step}"]`);
}
