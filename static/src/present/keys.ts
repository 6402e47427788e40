import { WAYS, type Way } from "../lesson/beats.ts";
import { openCard } from "./cards.ts";
import { latinDigits } from "./digits.ts";

/** What keys and controls ask of the presenter. */
export type Command =
	| Way
	| "goto"
	| "blank"
	| "fullscreen"
	| "notes"
	| "beside"
	| "language"
	| "motion"
	| "pointer"
	| "ahead"
	| "follow"
	| "votes"
	| "countdown"
	| "keys"
	| "close";

export function isWay(command: Command): command is Way {
	return (WAYS as readonly string[]).includes(command);
}

/** Keys of clickers and keyboards, which are always on. */
const ALWAYS: Readonly<Record<string, Command>> = {
	ArrowRight: "next",
	ArrowLeft: "previous",
	ArrowDown: "nextStep",
	ArrowUp: "previousStep",
	PageDown: "next",
	PageUp: "previous",
	" ": "next",
	Home: "first",
	End: "last",
};

/** Single signs, which can be switched off, since those who speak to their machine say them by accident. */
const LETTERS: Readonly<Record<string, Command>> = {
	g: "goto",
	b: "blank",
	".": "blank",
	f: "fullscreen",
	s: "notes",
	n: "beside",
	l: "language",
	m: "motion",
	p: "pointer",
	a: "ahead",
	r: "follow",
	v: "votes",
	t: "countdown",
	"?": "keys",
};

/**
 * The sign of a key as a Latin keyboard has it. Keyboards of the region write their own letters and digits, and a clicker's
 * key for the dark screen comes as the place of B, whatever the keyboard writes there.
 */
function signOf(event: Pick<KeyboardEvent, "key" | "code" | "shiftKey">): string {
	const { code, shiftKey } = event;
	const key = latinDigits(event.key);
	if (/^[\da-z.?]$/i.test(key)) return key;
	const digit = /^Digit(\d)$/.exec(code)?.[1];
	if (digit && !shiftKey) return digit; // some write "/" and "-" there
	return /^\P{ASCII}+$/u.test(key) ? latin(code, shiftKey) : "";
}

/** What a Latin keyboard has at the place of a key, of the signs that ask for something. */
function latin(code: string, shiftKey: boolean): string {
	if (code === "Period" && !shiftKey) return ".";
	if (code === "Slash" && shiftKey) return "?";
	return /^Key([A-Z])$/.exec(code)?.[1] ?? "";
}

/** What a key asks for: a command, or the digit with which the number of a step begins; nothing for any other. */
export function commandOf(
	event: Pick<KeyboardEvent, "key" | "code" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">,
	letters: boolean,
): Command | number | undefined {
	if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
	if (event.key === " " && event.shiftKey) return "previous";
	const always = ALWAYS[event.key];
	if (always || !letters) return always;
	const sign = signOf(event);
	if (/^\d$/.test(sign)) return Number(sign);
	return LETTERS[sign.toLowerCase()];
}

/**
 * Whether a key belongs to the card that lies over the lesson, or else to the control that has the focus: text to a field,
 * Space and Enter to a button.
 */
export function isTaken(event: KeyboardEvent): boolean {
	const at = event.target;
	if (openCard()) return !putsAway(event);
	if (!(at instanceof HTMLElement) || at.closest("dialog")) return false; // a card that was closed may still have the focus
	if (at.closest("input, select, textarea")) return true;
	return (event.key === " " || event.key === "Enter") && at.closest("button, a, summary") !== null;
}

/** Whether a key leads on although a card is open: a clicker's does, and so do letters, since the one field takes a number. */
function putsAway(event: KeyboardEvent): boolean {
	const { key, target } = event;
	if (key === "ArrowLeft" || key === "ArrowRight") return !(target instanceof HTMLInputElement);
	return key === "PageDown" || key === "PageUp" || /^[^\d\s]$/.test(signOf(event));
}
