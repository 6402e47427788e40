import { element } from "./page.ts";
import type { Strings } from "./strings.ts";

/** Loads a part of a page; the signal says that it is wanted no more. */
export type Load = (signal: AbortSignal) => Promise<void>;

/** A part of the page that is loading or has failed. */
interface Part {
	readonly name: string;
	readonly load: Load;
	failed: boolean;
	/** Offers to try again. It stays while that is tried, so that the focus stays on its button. */
	line: HTMLElement | undefined;
}

/** Says what is loading and what failed, and offers to try each failed part again. */
export class Status {
	readonly #node: HTMLElement;
	readonly #frame: HTMLElement;
	readonly #strings: Strings;
	/** Of several runs of a part at once the latest says how it stands. */
	readonly #parts = new Map<string, Part>();
	readonly #loading = document.createElement("p");

	constructor(node: HTMLElement, frame: HTMLElement, strings: Strings) {
		this.#node = node;
		this.#frame = frame;
		this.#strings = strings;
		this.#loading.textContent = strings.text("map.loading");
	}

	/** Runs a part's loading; where it fails, a button runs it again. The name is that of its text. */
	async run(part: string, load: Load, name = part): Promise<void> {
		const own: Part = { name, load, failed: false, line: this.#parts.get(part)?.line };
		this.#parts.set(part, own);
		this.#show();
		try {
			await untilStayed(load);
		} catch (problem) {
			console.warn(problem);
			own.failed = true;
		}
		if (this.#parts.get(part) !== own) return;
		if (own.failed) own.line ??= this.#line(part);
		else this.#parts.delete(part);
		this.#show();
	}

	/** Changes no more than it must: what is read aloud is not said again, and what has the focus keeps it. */
	#show(): void {
		const parts = [...this.#parts.values()];
		this.#frame.setAttribute("aria-busy", String(parts.some(({ failed }) => !failed)));
		for (const part of parts) this.#say(part);
		const wanted: Node[] = parts.flatMap(({ line }) => line ?? []);
		if (parts.some(({ failed, line }) => !failed && !line)) wanted.push(this.#loading);
		for (const node of [...this.#node.childNodes]) {
			if (wanted.includes(node)) continue;
			const focused = node.contains(document.activeElement);
			node.remove();
			if (focused) element("#map", this.#frame).focus({ preventScroll: true });
		}
		const missing = wanted.filter((node) => !node.isConnected);
		if (this.#loading.isConnected) this.#loading.before(...missing);
		else this.#node.append(...missing);
	}

	#say({ name, failed, line }: Part): void {
		if (!line) return;
		const failure = this.#strings.text("map.failed", { what: this.#strings.text(`map.part.${name}`) });
		element("span", line).textContent = failed ? failure : this.#loading.textContent;
		element("button", line).ariaDisabled = String(!failed);
		if (failed) line.dataset.failed = name;
		else delete line.dataset.failed;
	}

	#line(part: string): HTMLElement {
		const button = document.createElement("button");
		button.type = "button";
		button.textContent = this.#strings.text("map.retry");
		button.addEventListener("click", () => {
			const { failed, load, name } = this.#parts.get(part) ?? {};
			if (failed && load) void this.run(part, load, name);
		});
		const line = document.createElement("p");
		line.className = "is-failure";
		line.append(document.createElement("span"), " ", button);
		return line;
	}
}

/** Runs a loading. What ends since the reader leaves begins again when they come back to the page as the browser has kept it. */
async function untilStayed(load: Load): Promise<void> {
	for (;;) {
		const leaving = new AbortController();
		let back: Promise<unknown> = Promise.resolve();
		const leave = () => {
			back = new Promise((go) => addEventListener("pageshow", go, { once: true }));
			leaving.abort();
		};
		addEventListener("pagehide", leave);
		try {
			return await load(leaving.signal);
		} catch (problem) {
			if (!leaving.signal.aborted) throw problem;
			await back;
		} finally {
			removeEventListener("pagehide", leave);
		}
	}
}
