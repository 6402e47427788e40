import { element } from "./page.ts";
import type { Strings } from "./strings.ts";

/** How long a map's frame must have been in view before the map comes unasked, in milliseconds: who only scrolls past pays nothing. */
const REST = 7000;

/** How long after a failure a sign of the reader does not ask again, in milliseconds: each move of a mouse is one. */
const AGAIN = 2000;

interface Connection {
	saveData?: boolean;
	effectiveType?: string;
}

/** What wakes a map. */
export interface Sleep {
	/** What the reader does first, and where: events by name on a target. */
	readonly on: EventTarget;
	readonly signs: readonly string[];
	/** Names the map's script in data-map, and in data-sheet a style for it where it needs one. Its data-unasked says that no reader has asked. */
	readonly script: HTMLElement;
	/** Asks for the map; there need be none. */
	readonly button?: HTMLElement;
}

/**
 * Brings the script of the map, in whose place there is a still picture, at the first sign of a reader, or when its frame
 * has been seen for a while, unless the reader saves data or is on a slow line.
 */
export class Awakening {
	readonly #strings: Strings;
	readonly #sleep: Sleep;
	#begun = false;
	/** When it last failed, in milliseconds of performance.now(). */
	#failed = Number.NEGATIVE_INFINITY;
	#later = 0;

	constructor(strings: Strings, sleep: Sleep) {
		this.#strings = strings;
		this.#sleep = sleep;
		const sign = () => this.#sign();
		sleep.button?.addEventListener("click", () => this.wake());
		for (const name of sleep.signs) sleep.on.addEventListener(name, sign, { passive: true });
		if (!saves()) whenSeen(element("[data-frame]"), REST, () => idle(() => this.#wake(false)));
	}

	/** A sign of the reader brings the map, but soon after a failure only once that is a while ago. */
	#sign(): void {
		if (this.#begun) {
			delete this.#sleep.script.dataset.unasked;
			return;
		}
		clearTimeout(this.#later);
		const wait = this.#failed + AGAIN - performance.now();
		if (wait > 0) this.#later = window.setTimeout(() => this.wake(), wait);
		else this.wake();
	}

	/** Loads the map once; where that fails the button tries again at once, and so does a sign of the reader after a while. */
	wake(): void {
		this.#wake(true);
	}

	#wake(asked: boolean): void {
		if (asked) delete this.#sleep.script.dataset.unasked;
		if (this.#begun) return;
		this.#begun = true;
		if (!asked) this.#sleep.script.dataset.unasked = "";
		if (this.#sleep.button) this.#sleep.button.ariaBusy = "true";
		element("[data-status]").textContent = this.#strings.text("map.loading");
		const { map = "", sheet: address } = this.#sleep.script.dataset;
		const script = document.createElement("script");
		script.src = map;
		if (!address) {
			script.addEventListener("error", () => this.#fail(script));
			document.head.append(script);
			return;
		}
		const sheet = document.createElement("link");
		sheet.rel = "stylesheet";
		sheet.href = address;
		for (const part of [script, sheet]) part.addEventListener("error", () => this.#fail(script, sheet));
		sheet.addEventListener("load", () => document.head.append(script));
		document.head.append(sheet);
	}

	#fail(...parts: HTMLElement[]): void {
		for (const part of parts) part.remove();
		this.#begun = false;
		this.#failed = performance.now();
		if (this.#sleep.button) this.#sleep.button.ariaBusy = "false";
		const isAsked = !("unasked" in this.#sleep.script.dataset);
		const failure = () => this.#strings.text("map.failed", { what: this.#strings.text("map.figure") });
		element("[data-status]").textContent = isAsked ? failure() : "";
	}
}

/** Whether the page was opened from a disk, where its pictures and scripts are found but nothing can be read that a moving map needs. */
export function isFromDisk(): boolean {
	return location.protocol === "file:";
}

/** Does something once the page is loaded and an element has been in view for a while, in milliseconds. */
export function whenSeen(node: HTMLElement, rest: number, act: () => void): void {
	let timer = 0;
	const watch = new IntersectionObserver(
		([entry]) => {
			clearTimeout(timer);
			if (!entry?.isIntersecting) return;
			timer = window.setTimeout(() => {
				watch.disconnect();
				act();
			}, rest);
		},
		{ threshold: 0.5 },
	);
	const start = () => watch.observe(node);
	if (document.readyState === "complete") start();
	else addEventListener("load", start, { once: true });
}

/** Whether the reader's device saves data or is on a slow line: then nothing comes unasked. */
function saves(): boolean {
	const { connection } = navigator as Navigator & { connection?: Connection };
	return !!connection?.saveData || /2g|3g/.test(connection?.effectiveType ?? "");
}

function idle(work: () => void): void {
	if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 5000 });
	else work();
}
