/** How long a number waits for its next digit, in milliseconds. */
const WAITING = 900;

/** The number of a step, typed digit by digit: it leads there when no other digit follows. */
export class Digits {
	readonly #typed: (number: number) => void;
	#number = "";
	#timer = 0;

	constructor(typed: (number: number) => void) {
		this.#typed = typed;
	}

	/** Takes a digit and gives the number so far. */
	type(digit: number): string {
		clearTimeout(this.#timer);
		this.#number += String(digit);
		this.#timer = window.setTimeout(() => {
			const number = Number.parseInt(this.#number, 10);
			this.clear();
			this.#typed(number);
		}, WAITING);
		return this.#number;
	}

	/** Forgets what was typed: something else was asked for meanwhile. */
	clear(): void {
		clearTimeout(this.#timer);
		this.#number = "";
	}
}

/** A text whose Thai, Lao, Burmese and Khmer digits are Latin ones: the last four bits of each are its value. */
export function latinDigits(text: string): string {
	return text.replace(/[๐-๙໐-໙၀-၉០-៩]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}
