/** What keys and controls ask of the presenter. */
export type Command =
	| "next"
	| "previous"
	| "nextStep"
	| "previousStep"
	| "first"
	| "last"
	| "goto"
	| "blank"
	| "fullscreen"
	| "notes"
	| "language"
	| "motion"
	| "pointer"
	| "ahead"
	| "follow"
	| "votes"
	| "keys";

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
	l: "language",
	m: "motion",
	p: "pointer",
	a: "ahead",
	r: "follow",
	v: "votes",
	"?": "keys",
};

/** What a key asks for: a command, or the digit with which the number of a step begins; nothing for any other. */
export function commandOf(
	event: Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">,
	letters: boolean,
): Command | number | undefined {
	if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
	if (event.key === " " && event.shiftKey) return "previous";
	const always = ALWAYS[event.key];
	if (always || !letters) return always;
	if (/^\d$/.test(event.key)) return Number(event.key);
	return LETTERS[event.key.toLowerCase()];
}

/** Whether a key belongs to the control that has the focus: text to a field, Space and Enter to a button. */
export function isTaken(event: KeyboardEvent): boolean {
	const at = event.target;
	if (!(at instanceof HTMLElement)) return false;
	const dialog = at.closest("dialog");
	if (dialog) return dialog.open; // one that was just closed may still have the focus
	if (at.closest("input, select, textarea")) return true;
	return (event.key === " " || event.key === "Enter") && at.closest("button, a, summary") !== null;
}
