import { element } from "../page.ts";
import type { Strings } from "../strings.ts";

/** How long a frame must have been in view before its map comes unasked, in milliseconds: who only scrolls past pays nothing. */
const REST = 7000;

interface Connection {
	saveData?: boolean;
	effectiveType?: string;
}

/**
 * Brings the script of the map when the reader touches the picture, focuses into it or asks for it, or when the frame has
 * been seen for a while, unless the reader saves data or is on a slow line.
 */
export class Awakening {
	readonly #strings: Strings;
	readonly #button: HTMLElement;
	#begun = false;

	constructor(strings: Strings) {
		this.#strings = strings;
		this.#button = element("[data-start]");
		const frame = element("[data-frame]");
		const wake = () => this.wake();
		this.#button.addEventListener("click", wake);
		for (const name of ["pointerdown", "touchstart", "focusin"]) {
			frame.addEventListener(name, wake, { passive: true });
		}
		if (!saves()) this.#whenSeen(frame);
	}

	/** Loads the map once; where that fails the button tries again. */
	wake(): void {
		if (this.#begun) return;
		this.#begun = true;
		this.#button.ariaBusy = "true";
		element("[data-status]").textContent = this.#strings.text("map.loading");
		const { map, sheet: address } = element("#embed-script").dataset;
		const sheet = document.createElement("link");
		sheet.rel = "stylesheet";
		sheet.href = address ?? "";
		const script = document.createElement("script");
		script.src = map ?? "";
		script.addEventListener("error", () => this.#fail(script, sheet));
		sheet.addEventListener("error", () => this.#fail(script, sheet));
		sheet.addEventListener("load", () => document.head.append(script));
		document.head.append(sheet);
	}

	#fail(script: HTMLElement, sheet: HTMLElement): void {
		script.remove();
		sheet.remove();
		this.#begun = false;
		this.#button.ariaBusy = "false";
		element("[data-status]").textContent = this.#strings.text("map.failed", {
			what: this.#strings.text("map.figure"),
		});
	}

	#whenSeen(frame: HTMLElement): void {
		let timer = 0;
		const watch = new IntersectionObserver(
			([entry]) => {
				clearTimeout(timer);
				if (this.#begun) watch.disconnect();
				else if (entry?.isIntersecting) timer = window.setTimeout(() => idle(() => this.wake()), REST);
			},
			{ threshold: 0.5 },
		);
		const start = () => watch.observe(frame);
		if (document.readyState === "complete") start();
		else addEventListener("load", start, { once: true });
	}
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
