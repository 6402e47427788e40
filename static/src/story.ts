import type { Motion } from "./motion.ts";
import { element } from "./page.ts";
import { StopBar } from "./stop-bar.ts";
import type { Strings } from "./strings.ts";

/** Beyond how many heights of the window a text is far. */
const FAR = 1.5;

/** Where the text stands beside the map and scrolls without it. */
const BESIDE = matchMedia("(min-width: 56rem)");
/** The height of the page's head with some air, in pixels. */
const HEAD = 80;

/** The stops in the text and the bar that steps through them. */
export class Story {
	readonly #bar: StopBar;
	readonly #motion: Motion;
	#opened = false;
	/** The stop that was brought into view, until its reader does anything: the map that stays above it may still change its height. */
	#brought: HTMLElement | undefined;

	constructor(strings: Strings, motion: Motion, choose: (id: string | undefined) => void) {
		this.#motion = motion;
		this.#bar = new StopBar(strings, undefined, choose);
		for (const { node, id } of this.#bar.stops) {
			node.querySelector("[data-choose]")?.addEventListener("click", (event) => {
				event.preventDefault();
				choose(id);
			});
		}
		this.#keepBrought();
	}

	/** Brings a stop into view once more where the map above has got another height, as when a font or a longer name comes. */
	#keepBrought(): void {
		const pin = document.querySelector("[data-pin]");
		if (!pin) return;
		for (const sign of ["pointerdown", "touchstart", "wheel", "keydown"]) {
			addEventListener(sign, () => (this.#brought = undefined), { capture: true, passive: true });
		}
		new ResizeObserver(() => {
			if (this.#brought) this.#scrollTo(this.#brought, "instant");
		}).observe(pin);
	}

	has(id: string | undefined): boolean {
		return this.#bar.get(id) !== undefined;
	}

	/** Gives the focus to a stop's heading, which is in view or comes there. */
	focus(id: string): void {
		this.#bar.get(id)?.node.querySelector<HTMLElement>("[data-choose]")?.focus({ preventScroll: true });
	}

	/** Marks a stop as the chosen one, says so, and brings its text into view where asked. */
	select(id: string | undefined, scroll: boolean): void {
		this.#brought = scroll ? this.#bar.get(id)?.node : undefined;
		for (const stop of this.#bar.stops) {
			if (stop.id === id) stop.node.setAttribute("aria-current", "true");
			else stop.node.removeAttribute("aria-current");
		}
		if (this.#brought) this.#scrollTo(this.#brought, this.#behaviorTo(this.#brought));
		this.#opened = true;
		this.#bar.show(id);
	}

	/** A stop's text comes into view at once where it is far, since a long ride takes long. */
	#behaviorTo(node: HTMLElement): ScrollBehavior {
		const far = Math.abs(node.getBoundingClientRect().top) > FAR * innerHeight;
		return this.#opened && !this.#motion.less && !far ? "smooth" : "instant";
	}

	#scrollTo(node: HTMLElement, behavior: ScrollBehavior): void {
		node.scrollIntoView({ block: this.#endsSoon(node) ? "end" : "start", behavior });
	}

	/** Whether the text ends so soon after a stop that bringing the stop to the top would push the map out of view. */
	#endsSoon(node: HTMLElement): boolean {
		const end = element(".lead").getBoundingClientRect().bottom;
		return BESIDE.matches && end - node.getBoundingClientRect().top < innerHeight - HEAD;
	}
}
