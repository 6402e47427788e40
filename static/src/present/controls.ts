import type { Language } from "../lesson/wording.ts";
import { element } from "../page.ts";
import type { Strings } from "../strings.ts";
import type { Command } from "./keys.ts";

/** The keys of each command as they stand on a keyboard, for the card of keys. */
const CAPS: Readonly<Record<string, string>> = {
	next: "→  ␣  PgDn",
	previous: "←  ⇧␣  PgUp",
	nextStep: "↓",
	previousStep: "↑",
	ends: "Home  End",
	goto: "1–9  g",
	blank: "b  .",
	fullscreen: "f",
	notes: "s",
	beside: "n",
	language: "l",
	motion: "m",
	pointer: "p",
	ahead: "a",
	follow: "r",
	votes: "v",
	countdown: "t",
	countdownChange: "↑  ↓",
	keys: "?",
	reload: "F5",
};

/** The controls of the presenter: one that can be seen for each key. */
export class Controls {
	readonly #bar: HTMLElement;

	constructor(ask: (command: Command) => void) {
		this.#bar = element("[data-bar]");
		addEventListener("resize", () => this.#fit());
		document.fonts.addEventListener("loadingdone", () => this.#fit());
		for (const button of this.#bar.querySelectorAll<HTMLButtonElement>("[data-command]")) {
			button.addEventListener("click", (event) => {
				if (event.detail > 0) button.blur(); // keys are the presenter's again after a click
				ask(button.dataset.command as Command);
			});
		}
	}

	/** Says which commands are on, and which lead nowhere now. */
	show(on: Partial<Record<Command, boolean>>, off: Partial<Record<Command, boolean>>): void {
		for (const button of this.#bar.querySelectorAll<HTMLButtonElement>("[data-command]")) {
			const command = button.dataset.command as Command;
			if (command in on && button.ariaPressed !== null) button.ariaPressed = String(on[command]);
			button.ariaDisabled = String(!!off[command]);
		}
		this.#fit(); // labels of what is on are wider, and the steps of the lesson stand beside them
	}

	/** Names the controls in the language that is spoken, each with its key. */
	speak(strings: Strings): void {
		for (const button of this.#bar.querySelectorAll<HTMLButtonElement>("[data-command]")) {
			const command = button.dataset.command ?? "";
			button.title = `${strings.text(`present.${command}`)} (${CAPS[command] ?? ""})`;
		}
		for (const cap of document.querySelectorAll<HTMLElement>("[data-keycap]")) {
			const keys = (CAPS[cap.dataset.keycap ?? ""] ?? "").split(/\s{2}/).map((key) => {
				const node = document.createElement("kbd");
				node.textContent = key;
				return node;
			});
			cap.replaceChildren(...keys);
		}
	}

	/** Leaves out the tools' labels where a language has no room for them beside the steps: a narrow projector, or a large zoom. */
	#fit(): void {
		this.#bar.classList.remove("is-compact");
		this.#bar.classList.toggle("is-compact", this.#bar.scrollWidth > this.#bar.clientWidth);
	}
}

/** Puts the interface's texts, in the language that is spoken, wherever the page names one. */
export function speak({ code, dir, strings }: Language): void {
	document.documentElement.lang = code;
	document.documentElement.dir = dir;
	for (const node of document.querySelectorAll<HTMLElement>("[data-say]")) {
		node.textContent = strings.text(node.dataset.say ?? "");
	}
	for (const node of document.querySelectorAll<HTMLElement>("[data-name]")) {
		node.ariaLabel = strings.text(node.dataset.name ?? "");
	}
}
