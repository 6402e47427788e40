import { isFile } from "../lesson/address.ts";
import type { Beat } from "../lesson/beats.ts";
import type { Kit } from "../lesson/kit.ts";
import type { Language } from "../lesson/wording.ts";
import { element } from "../page.ts";
import type { Command } from "./keys.ts";
import { type Asked, Link, type Memory, remember, type Told } from "./link.ts";
import { notesOf } from "./notes.ts";

/** What the speaker's window may ask of the presenter. */
export interface Presenting {
	command(command: Command): void;
	/** Leads to a step by its number, from 1. */
	go(number: number): void;
	state(): Omit<Told, "kind" | "since">;
}

/** The presenter's end of the speaker's window; where no window may open, the notes stand on the presenter's own screen. */
export class SpeakerWindow {
	readonly #kit: Kit;
	readonly #presenting: Presenting;
	readonly #memory: Memory;
	readonly #link: Link<Told, Asked>;
	readonly #drawer = element("[data-drawer]");
	/** The text that says why the notes stand there. */
	#why = "";
	#filled: Beat | undefined;

	constructor(kit: Kit, memory: Memory, presenting: Presenting) {
		this.#kit = kit;
		this.#presenting = presenting;
		this.#memory = memory;
		this.#link = new Link(this.#memory.word, kit.lesson.id, (asked) => this.#hear(asked));
	}

	/** Whether the notes stand beside the map, for all to see. */
	get isBeside(): boolean {
		return !this.#drawer.hidden;
	}

	/** Opens the window; where that is refused, says so and shows the notes here. A second wish takes these away. */
	open(beat: Beat, language: Language): void {
		if (this.isBeside) {
			this.#drawer.hidden = true;
			return;
		}
		const opened = window.open(
			this.#address(language.code),
			`corridor-notes-${this.#memory.word}`,
			"width=1000,height=720",
		);
		if (opened) {
			this.#link.to(opened);
			return;
		}
		this.#beside("present.blocked", beat, language);
	}

	/** Shows the notes beside the map, or takes them away. */
	toggleBeside(beat: Beat, language: Language): void {
		if (this.isBeside) this.#drawer.hidden = true;
		else this.#beside("present.everyone", beat, language);
	}

	#beside(why: string, beat: Beat, language: Language): void {
		this.#drawer.hidden = false;
		this.#why = why;
		this.#fill(beat, language);
	}

	/** Tells the window and the drawer where the lesson is. */
	tell(beat: Beat, language: Language): void {
		if (!this.#drawer.hidden) this.#fill(beat, language);
		this.#link.send({ kind: "state", since: this.#memory.since, ...this.#presenting.state() });
	}

	#fill(beat: Beat, language: Language): void {
		element("[data-drawer-why]").textContent = language.strings.text(this.#why);
		if (beat.told !== this.#filled?.told || beat.question !== this.#filled?.question) this.#drawer.scrollTop = 0;
		this.#filled = beat;
		element("[data-drawer-notes]").replaceChildren(...notesOf(beat, language));
	}

	#hear(asked: Asked): void {
		if (asked.kind === "command") this.#presenting.command(asked.command);
		else if (asked.kind === "go") this.#presenting.go(asked.number);
		else if (asked.kind === "restart") {
			this.#memory.since = Date.now();
			remember(this.#memory);
		}
		this.#link.send({ kind: "state", since: this.#memory.since, ...this.#presenting.state() });
	}

	#address(lang: string): string {
		const query = new URLSearchParams({ lesson: this.#kit.lesson.id, lang });
		if (!isFile()) {
			const page = new URL(document.body.dataset.notes ?? "", location.href);
			for (const [name, value] of query) page.searchParams.set(name, value);
			page.hash = this.#memory.word;
			return page.href;
		}
		query.set("view", "notes");
		query.set("word", this.#memory.word);
		return `#${query}`;
	}
}
