import { made, worded } from "../lesson/say.ts";
import type { Language } from "../lesson/wording.ts";
import { element } from "../page.ts";
import { latinDigits } from "./digits.ts";

/** One step in the list of the card that leads to steps. */
export interface StepEntry {
	readonly id: string;
	readonly at: number;
	/** None where the group may not see what comes. */
	readonly title: { text: string; lang: string } | undefined;
}

/** The card that leads to a step, by its number or from a list. */
export class GoTo {
	readonly #dialog = element<HTMLDialogElement>("[data-goto]");
	readonly #number = element<HTMLInputElement>("[data-goto-number]");
	readonly #list = element("[data-goto-list]");
	readonly #go: (at: number) => void;

	constructor(go: (at: number) => void) {
		this.#go = go;
		element<HTMLFormElement>("form", this.#dialog).addEventListener("submit", () => this.#submit());
	}

	open(steps: readonly StepEntry[], current: number, language: Language): void {
		this.#number.value = "";
		this.#list.replaceChildren(
			...steps.map((step) => {
				const button = made("button", "", "");
				button.type = "button";
				button.append(made("span", "card-number", String(step.at + 1)), " ");
				button.append(
					step.title ? worded("span", "", { ...step.title, draft: false }) : language.strings.text("present.hidden"),
				);
				if (step.at === current) button.setAttribute("aria-current", "step");
				button.addEventListener("click", () => this.#leave(step.at));
				const item = made("li", "");
				item.append(button);
				return item;
			}),
		);
		this.#dialog.showModal();
		this.#number.focus();
	}

	#submit(): void {
		const number = Number.parseInt(latinDigits(this.#number.value), 10);
		if (number > 0) this.#leave(number - 1);
	}

	#leave(at: number): void {
		this.#dialog.close();
		this.#go(at);
	}
}

/** The card that lists the lesson's languages. */
export class Languages {
	readonly #dialog = element<HTMLDialogElement>("[data-languages]");

	constructor(list: readonly { code: string; name: string }[], choose: (code: string) => void) {
		element("[data-language-list]").replaceChildren(
			...list.map(({ code, name }) => {
				const button = made("button", "", "");
				button.type = "button";
				button.append(worded("span", "", { text: name, lang: code, draft: false })); // a button has the font of the card
				button.dataset.code = code;
				button.addEventListener("click", () => {
					this.#dialog.close();
					choose(code);
				});
				const item = made("li", "");
				item.append(button);
				return item;
			}),
		);
	}

	open(current: string): void {
		for (const button of this.#dialog.querySelectorAll<HTMLButtonElement>("[data-code]")) {
			if (button.dataset.code === current) {
				button.setAttribute("aria-current", "true");
			} else button.removeAttribute("aria-current");
		}
		this.#dialog.showModal();
		element<HTMLButtonElement>("[aria-current], [data-code]", this.#dialog).focus();
	}
}

/** The card of keys, with the switch for those that are single signs. */
export class KeyCard {
	readonly #dialog = element<HTMLDialogElement>("[data-keys]");
	readonly #letters = element<HTMLInputElement>("[data-letters]");

	constructor(changed: (letters: boolean) => void) {
		this.#letters.addEventListener("change", () => changed(this.#letters.checked));
	}

	open(letters: boolean): void {
		this.#letters.checked = letters;
		this.#dialog.showModal();
	}
}
