import { element } from "../page.ts";
import type { Strings } from "../strings.ts";

const MINUTE = 60_000;
/** How long a group works where no time is planned, and how long at most, in minutes. */
const USUAL = 5;
const LONGEST = 99;

/** The time that a group has left for its work, large enough for the last row. Only the room sees it. */
export class Countdown {
	readonly #node = element("[data-countdown]");
	readonly #left = element("[data-countdown-left]");
	readonly #over = element("[data-countdown-over]");
	readonly #changed: () => void;
	#strings: Strings | undefined;
	#timer = 0;
	/** When it ends, in milliseconds since 1970; 0 where there is none. */
	#ends = 0;

	/** Begins again what was still running, until the time that is given; says whenever it begins, ends or has another end. */
	constructor(ends: number | undefined, changed: () => void) {
		this.#changed = changed;
		if (ends && ends > Date.now()) this.#ends = ends;
		for (const [name, act] of [
			["more", () => this.change(1)],
			["less", () => this.change(-1)],
			["end", () => this.close()],
		] as const) {
			const button = element<HTMLButtonElement>(`[data-countdown-${name}]`);
			button.addEventListener("click", (event) => {
				if (event.detail > 0) button.blur(); // keys are the presenter's again after a click
				act();
			});
		}
	}

	get ends(): number {
		return this.#ends;
	}

	get isOpen(): boolean {
		return this.#ends > 0;
	}

	/** Whether it is open and no time is left. */
	get isOver(): boolean {
		return this.isOpen && this.#ends <= Date.now();
	}

	/** Begins with the time that is planned, in minutes, or puts away what was begun. */
	toggle(planned: number | undefined): void {
		this.#set(this.isOpen ? 0 : Date.now() + Math.min(planned || USUAL, LONGEST) * MINUTE);
	}

	/** Gives a group so many minutes more, or less where as many are left. */
	change(minutes: number): void {
		const left = Math.max(0, this.#ends - Date.now()) + minutes * MINUTE;
		if (this.isOpen && left > 0) this.#set(Date.now() + Math.min(left, LONGEST * MINUTE));
	}

	close(): void {
		if (this.isOpen) this.#set(0);
	}

	speak(strings: Strings): void {
		this.#strings = strings;
		this.#show();
	}

	#set(ends: number): void {
		this.#ends = ends;
		this.#show();
		this.#changed();
	}

	/** Shows what is left, and again when the next second is over. */
	#show(): void {
		clearTimeout(this.#timer);
		this.#node.hidden = !this.isOpen;
		const left = Math.max(0, this.#ends - Date.now());
		const seconds = Math.ceil(left / 1000);
		this.#left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
		this.#node.classList.toggle("is-over", this.isOver);
		const says = this.isOver ? (this.#strings?.text("present.countdownOver") ?? "") : "";
		if (this.#over.textContent !== says) this.#over.textContent = says; // it is said once
		if (left > 0) this.#timer = window.setTimeout(() => this.#show(), left % 1000 || 1000);
	}
}
