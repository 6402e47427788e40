import type { Strings } from "./strings.ts";

/** Says what is loading and what failed, and offers to try each failed part again. */
export class Status {
	readonly #node: HTMLElement;
	readonly #frame: HTMLElement;
	readonly #strings: Strings;
	readonly #loading = new Set<string>();
	readonly #failed = new Map<string, { name: string; retry: () => void }>();

	constructor(node: HTMLElement, frame: HTMLElement, strings: Strings) {
		this.#node = node;
		this.#frame = frame;
		this.#strings = strings;
	}

	/** Runs a part's loading; where it fails, a button runs it again. The name is that of its text. */
	async run(part: string, load: (signal: AbortSignal) => Promise<void>, name = part): Promise<void> {
		const leaving = new AbortController();
		const stop = () => leaving.abort();
		addEventListener("pagehide", stop);
		this.#failed.delete(part);
		this.#loading.add(part);
		this.#show();
		try {
			await load(leaving.signal);
		} catch (problem) {
			if (leaving.signal.aborted) return;
			console.warn(problem);
			this.#failed.set(part, { name, retry: () => void this.run(part, load, name) });
		} finally {
			removeEventListener("pagehide", stop);
			this.#loading.delete(part);
			this.#show();
		}
	}

	#show(): void {
		this.#frame.setAttribute("aria-busy", String(this.#loading.size > 0));
		const lines = [...this.#failed.values()].map(({ name, retry }) => this.#failure(name, retry));
		if (this.#loading.size > 0) {
			const line = document.createElement("p");
			line.textContent = this.#strings.text("map.loading");
			lines.push(line);
		}
		this.#node.replaceChildren(...lines);
	}

	#failure(name: string, retry: () => void): HTMLElement {
		const line = document.createElement("p");
		line.className = "is-failure";
		line.dataset.failed = name;
		const button = document.createElement("button");
		button.type = "button";
		button.textContent = this.#strings.text("map.retry");
		button.addEventListener("click", retry);
		const what = this.#strings.text(`map.part.${name}`);
		line.append(`${this.#strings.text("map.failed", { what })} `, button);
		return line;
	}
}
