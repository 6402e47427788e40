import { element } from "../page.ts";
import { Strings } from "../strings.ts";
import { go } from "./go.ts";
import { type Result, resultsOf, writeMarked } from "./results.ts";

/** How long a reader must have stopped typing before the server is asked, in milliseconds. */
const PAUSE = 120;

/** Completes a search while one types: a combobox with a list of results, by the pattern of the ARIA authoring practices. */
export class Finder {
	readonly #input: HTMLInputElement;
	readonly #list = document.createElement("ul");
	readonly #status = document.createElement("p");
	readonly #strings: Strings;
	#results: readonly Result[] = [];
	#active = -1;
	#timer = 0;
	#asked: AbortController | undefined;

	constructor(form: HTMLFormElement) {
		this.#strings = new Strings(JSON.parse(form.dataset.texts ?? "{}"), document.documentElement.lang);
		this.#input = element<HTMLInputElement>("[name=q]", form);
		this.#list.id = "find-list";
		this.#list.role = "listbox";
		this.#list.ariaLabel = this.#input.ariaLabel;
		this.#list.className = "find-list";
		this.#list.hidden = true;
		this.#status.className = "visually-hidden";
		this.#status.role = "status";
		form.append(this.#list, this.#status);
		this.#input.role = "combobox";
		this.#input.ariaAutoComplete = "list";
		this.#input.ariaExpanded = "false";
		this.#input.setAttribute("aria-controls", this.#list.id);
		this.#listen();
		if (this.#input.value.trim() && document.activeElement === this.#input) this.#wait();
	}

	#listen(): void {
		this.#input.addEventListener("input", (event) => {
			if (!(event as InputEvent).isComposing) this.#wait(); // half a Chinese word is no word yet
		});
		this.#input.addEventListener("compositionend", () => this.#wait());
		this.#input.addEventListener("keydown", (event) => {
			if (!event.isComposing && this.#key(event.key)) event.preventDefault();
		});
		this.#input.addEventListener("blur", () => this.#close());
		this.#list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
		this.#list.addEventListener("click", (event) => {
			const option = (event.target as Element).closest("[role=option]");
			if (option) this.#choose([...this.#list.children].indexOf(option));
		});
	}

	/** Answers a key and says whether that was all of its meaning. */
	#key(key: string): boolean {
		const count = this.#results.length;
		if (this.#list.hidden) {
			if (key === "ArrowDown" || key === "ArrowUp") this.#wait();
			return key === "ArrowDown" || key === "ArrowUp";
		}
		if (key === "ArrowDown") this.#activate(((this.#active + 2) % (count + 1)) - 1);
		else if (key === "ArrowUp") this.#activate(((this.#active + count + 1) % (count + 1)) - 1);
		else if (key === "Escape") this.#close();
		else if (key === "Enter" && this.#active >= 0) this.#choose(this.#active);
		else return false;
		return true;
	}

	/** Asks once the reader has stopped typing; what was active answers something else that was typed. */
	#wait(): void {
		this.#activate(-1);
		clearTimeout(this.#timer);
		this.#timer = window.setTimeout(() => void this.#ask(), PAUSE);
	}

	async #ask(): Promise<void> {
		this.#asked?.abort();
		const query = this.#input.value.trim();
		if (!query) return this.#close();
		const asked = new AbortController();
		this.#asked = asked;
		try {
			const results = await resultsOf(query, document.documentElement.lang, asked.signal);
			if (!asked.signal.aborted) this.#show(results, query);
		} catch {
			if (asked.signal.aborted) return;
			this.#close();
			this.#status.textContent = this.#strings.text("find.failed");
		}
	}

	#show(results: readonly Result[], query: string): void {
		this.#results = results;
		this.#list.replaceChildren(...results.map((result, i) => this.#option(result, i)));
		this.#list.hidden = results.length === 0;
		this.#input.ariaExpanded = String(results.length > 0);
		this.#activate(-1);
		const count = results.length;
		this.#status.textContent = this.#strings.text(count ? "find.count" : "find.none", { count, query });
	}

	#option(result: Result, index: number): HTMLElement {
		const option = document.createElement("li");
		option.id = `find-${index}`;
		option.role = "option";
		const [title, about, text] = ["strong", "span", "span"].map((name) => document.createElement(name));
		if (!title || !about || !text) return option;
		writeMarked(title, result.title, result.lang, result.title_marks);
		about.className = "find-about";
		about.textContent = this.#about(result);
		text.className = "find-text";
		writeMarked(text, result.snippet, result.snippet_lang, result.snippet_marks);
		option.append(title, " ", about);
		if (result.snippet) option.append(" ", text);
		return option;
	}

	/** What the result is, as of when, and how far it can be relied on. */
	#about(result: Result): string {
		const parts = [result.kind];
		if (result.as_of) parts.push(this.#strings.text("claim.asOf", { year: result.as_of }));
		if (result.historical) parts.push(this.#strings.text("claim.historical"));
		if (result.draft || result.snippet_draft) parts.push(this.#strings.text("mark.draft"));
		return parts.join(" · ");
	}

	/** Makes one of the results the active one; -1 for none. */
	#activate(index: number): void {
		this.#active = index;
		for (const [i, option] of [...this.#list.children].entries()) {
			option.ariaSelected = String(i === index);
			if (i === index) option.scrollIntoView({ block: "nearest" });
		}
		if (index < 0) this.#input.removeAttribute("aria-activedescendant");
		else this.#input.setAttribute("aria-activedescendant", `find-${index}`);
	}

	#choose(index: number): void {
		const result = this.#results[index];
		if (!result) return;
		this.#close();
		go(result.url);
	}

	#close(): void {
		clearTimeout(this.#timer);
		this.#asked?.abort();
		this.#list.hidden = true;
		this.#input.ariaExpanded = "false";
		this.#activate(-1);
	}
}
