import type { Motion } from "./motion.ts";
import { element } from "./page.ts";
import type { Strings } from "./strings.ts";

/** Beyond how many heights of the window a text is far. */
const FAR = 1.5;

/** Where the text stands beside the map and scrolls without it. */
const BESIDE = matchMedia("(min-width: 56rem)");
/** The height of the page's head with some air, in pixels. */
const HEAD = 80;

interface Item {
	id: string;
	title: string;
	node: HTMLElement;
}

/** The stops in the text and the bar that steps through them. */
export class Story {
	readonly #items: Item[];
	readonly #strings: Strings;
	readonly #motion: Motion;
	readonly #choose: (id: string | undefined) => void;
	#opened = false;
	#current: string | undefined;

	constructor(strings: Strings, motion: Motion, choose: (id: string | undefined) => void) {
		this.#strings = strings;
		this.#motion = motion;
		this.#choose = choose;
		this.#items = [...document.querySelectorAll<HTMLElement>("[data-stop]")].map((node) => ({
			id: node.dataset.stop ?? "",
			title: node.querySelector("[data-choose]")?.textContent ?? "",
			node,
		}));
		this.#listen();
	}

	has(id: string | undefined): boolean {
		return this.#items.some((item) => item.id === id);
	}

	/** Marks a stop as the chosen one, says so, and brings its text into view where asked. */
	select(id: string | undefined, scroll: boolean): void {
		const changed = id !== this.#current;
		this.#current = id;
		for (const item of this.#items) {
			if (item.id === id) item.node.setAttribute("aria-current", "true");
			else item.node.removeAttribute("aria-current");
			if (item.id === id && scroll) this.#scrollTo(item.node);
		}
		this.#opened = true;
		const at = this.#say();
		element("[data-step-text]").textContent = at;
		if (changed) element("[data-live]").textContent = at;
		this.#button("previous").ariaDisabled = String(this.#index() < 0);
		this.#button("next").ariaDisabled = String(this.#index() === this.#items.length - 1);
		this.#button("all").ariaPressed = String(id === undefined);
	}

	/** Brings a stop's text into view: at once where it is far, since a long ride takes long. */
	#scrollTo(node: HTMLElement): void {
		const far = Math.abs(node.getBoundingClientRect().top) > FAR * innerHeight;
		const behavior = this.#opened && !this.#motion.less && !far ? "smooth" : "instant";
		node.scrollIntoView({ block: this.#endsSoon(node) ? "end" : "start", behavior });
	}

	/** Whether the text ends so soon after a stop that bringing the stop to the top would push the map out of view. */
	#endsSoon(node: HTMLElement): boolean {
		const end = element(".lead").getBoundingClientRect().bottom;
		return BESIDE.matches && end - node.getBoundingClientRect().top < innerHeight - HEAD;
	}

	#listen(): void {
		for (const { node, id } of this.#items) {
			node.querySelector("[data-choose]")?.addEventListener("click", (event) => {
				event.preventDefault();
				this.#choose(id);
			});
		}
		const bar = element("[data-steps]");
		this.#button("previous").addEventListener("click", () => this.#go(this.#index() - 1));
		this.#button("next").addEventListener("click", () => this.#go(this.#index() + 1));
		this.#button("all").addEventListener("click", () => this.#choose(undefined));
		bar.addEventListener("keydown", (event) => {
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
		return key === "End" ? this.#items.length - 1 : undefined;
	}

	/** Goes to a stop by its position; before the first lies the whole route. */
	#go(index: number): void {
		if (index < this.#items.length) this.#choose(this.#items[index]?.id);
	}

	#index(): number {
		return this.#items.findIndex((item) => item.id === this.#current);
	}

	#say(): string {
		const total = this.#items.length;
		const item = this.#items[this.#index()];
		if (!item) return this.#strings.text("steps.none", { count: total });
		return this.#strings.text("steps.at", { seq: this.#index() + 1, total, title: item.title });
	}

	#button(step: string): HTMLButtonElement {
		return element<HTMLButtonElement>(`[data-step="${step}"]`);
	}
}
