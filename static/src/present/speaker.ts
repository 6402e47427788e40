import { isFile, readPosition } from "../lesson/address.ts";
import { type Beat, beatsOf, find, firstOf, led, stepCount } from "../lesson/beats.ts";
import type { Kit } from "../lesson/kit.ts";
import { plain } from "../lesson/prose.ts";
import { say } from "../lesson/say.ts";
import { Language, ownLanguage } from "../lesson/wording.ts";
import { element } from "../page.ts";
import { speak } from "./controls.ts";
import { Digits } from "./digits.ts";
import { type Command, commandOf, isTaken, isWay } from "./keys.ts";
import { type Asked, Link, type Told } from "./link.ts";
import { notesOf } from "./notes.ts";

/** How often the window says that it is there, and after how long without an answer it says so, in milliseconds. */
const HELLO = 1000;
const SILENT = 3500;
/** How much of a view of the notes a scroll passes, so that the last lines are seen again. */
const PAGE = 0.85;

/** The speaker's view: what is told now and what comes next, the notes, and how the time goes. */
export class Speaker {
	readonly #kit: Kit;
	readonly #beats: readonly Beat[];
	readonly #link: Link<Asked, Told>;
	#language: Language;
	#at: number;
	#state: Told | undefined;
	#heard = 0;
	readonly #digits = new Digits((number) => this.#number(number));
	#shown: Beat | undefined;

	constructor(kit: Kit) {
		const position = readPosition();
		this.#kit = kit;
		this.#beats = beatsOf(kit.lesson);
		this.#language = new Language(kit, position.lang ?? ownLanguage(kit));
		this.#at = find(this.#beats, position.step, position.screen);
		const word = isFile() ? (new URLSearchParams(location.hash.slice(1)).get("word") ?? "") : location.hash.slice(1);
		this.#link = new Link(word, kit.lesson.id, (told) => this.#hear(told));
		this.#link.to(window.opener as Window | null);
		element("[data-speaker]").hidden = false;
	}

	start(): void {
		addEventListener("keydown", (event) => this.#press(event));
		for (const button of document.querySelectorAll<HTMLButtonElement>("[data-ask]")) {
			button.addEventListener("click", (event) => {
				if (event.detail > 0) button.blur(); // Space scrolls again after a click
				this.#ask(button.dataset.ask as Command);
			});
		}
		element("[data-restart]").addEventListener("click", () => this.#link.send({ kind: "restart" }));
		this.#link.send({ kind: "hello" });
		setInterval(() => {
			this.#link.send({ kind: "hello" });
			this.#time();
		}, HELLO);
		this.#show();
	}

	#press(event: KeyboardEvent): void {
		if (isTaken(event)) return;
		const letters = this.#state?.letters ?? readPosition().letters;
		const command = event.key === "Escape" ? "close" : commandOf(event, letters);
		if (command === undefined || command === "notes" || command === "beside") return;
		event.preventDefault();
		if (event.key === " " && this.#scrolls(event.shiftKey ? -1 : 1)) return;
		if (typeof command === "number") this.#digits.type(command);
		else this.#ask(command);
	}

	/** Scrolls the notes; false where there is no more of them. A clicker does not: the room would wait for its screen. */
	#scrolls(by: 1 | -1): boolean {
		const parts = [".speaker-now", ".speaker-main"].map((part) => element(part));
		const node = parts.find(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1);
		if (!node) return false;
		const former = node.scrollTop;
		node.scrollTop += by * PAGE * node.clientHeight;
		return node.scrollTop !== former;
	}

	/** Asks the presenter; where none answers, the window leads through the notes by itself. */
	#ask(command: Command): void {
		this.#digits.clear();
		if (this.#isLinked) this.#link.send({ kind: "command", command });
		else if (isWay(command)) this.#go(led(this.#beats, this.#at, command));
	}

	#number(number: number): void {
		if (this.#isLinked) this.#link.send({ kind: "go", number });
		else this.#go(firstOf(this.#beats, number - 1));
	}

	#go(index: number): void {
		if (!this.#beats[index]) return;
		this.#at = index;
		this.#show();
	}

	/** Whether a presenter answers: its window may be there and show something else. */
	get #isLinked(): boolean {
		return this.#link.isOpen && Date.now() - this.#heard <= SILENT;
	}

	#hear(told: Told): void {
		const former = this.#state;
		this.#state = told;
		this.#heard = Date.now();
		if (told.lang !== this.#language.code) this.#language = new Language(this.#kit, told.lang);
		const at = find(this.#beats, told.step, told.screen);
		if (at !== this.#at || told.lang !== former?.lang || told.blank !== former?.blank) {
			this.#at = at;
			this.#show();
		}
		this.#time();
	}

	#show(): void {
		const { strings } = this.#language;
		speak(this.#language);
		const beat = this.#beats[this.#at] as Beat;
		const next = this.#beats.slice(this.#at + 1).find(({ step }) => step !== beat.step);
		const where = [strings.text("present.at", { number: beat.at + 1, count: stepCount(this.#beats) })];
		where.push(strings.text(`present.face.${beat.face}`));
		if (beat.told) where.push(strings.text("present.minutes", { count: beat.told.minutes }));
		if (this.#state?.blank) where.push(strings.text("present.isBlank"));
		element("[data-where]").textContent = where.join(" · ");
		this.#fill("now", beat);
		element("[data-now-notes]").replaceChildren(...notesOf(beat, this.#language));
		this.#begin(beat);
		element(".speaker-next").hidden = !next;
		if (next) this.#fill("next", next);
		for (const button of document.querySelectorAll<HTMLButtonElement>("[data-ask=blank]")) {
			button.ariaPressed = String(!!this.#state?.blank);
		}
		document.documentElement.dataset.at = `${beat.step} ${beat.name}`;
		this.#time();
	}

	/** Begins at the top with what the notes did not tell of before. */
	#begin(beat: Beat): void {
		const same = beat.told === this.#shown?.told && beat.question === this.#shown?.question;
		this.#shown = beat;
		if (!same) for (const part of [".speaker-now", ".speaker-main"]) element(part).scrollTop = 0;
	}

	#fill(part: "now" | "next", { told, question }: Beat): void {
		const title = told ? this.#language.say(told.title) : this.#language.say(question?.question);
		const node = element(`[data-${part}-title]`);
		node.textContent = plain(title.text);
		node.lang = title.lang;
		say(element(`[data-${part}-words]`), this.#language.say(told?.narration));
	}

	/** The clock, the time since the beginning, and the time planned up to the end of this step. */
	#time(): void {
		const { strings, code } = this.#language;
		const now = new Date();
		element("[data-clock]").textContent = now.toLocaleTimeString(code, { hour: "2-digit", minute: "2-digit" });
		const linked = this.#isLinked;
		element("[data-link]").textContent = strings.text(linked ? "present.linked" : "present.unlinked");
		element("[data-link]").classList.toggle("is-lost", !linked);
		if (!this.#state) return;
		const minutes = Math.floor((now.getTime() - this.#state.since) / 60_000);
		element("[data-elapsed]").textContent = strings.text("present.elapsed", { count: minutes });
		const here = (this.#beats[this.#at] as Beat).at;
		const quiz = this.#kit.lesson.quiz_minutes ?? 0;
		const steps = new Map(
			this.#beats.flatMap(({ step, told, at }) => (at <= here ? [[step, told ? told.minutes : quiz]] : [])),
		);
		const planned = [...steps.values()].reduce((sum, n) => sum + n, 0);
		element("[data-planned]").textContent = strings.text("present.planned", { count: planned });
		element("[data-elapsed]").classList.toggle("is-late", minutes > planned);
	}
}
