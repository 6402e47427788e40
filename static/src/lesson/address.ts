import { type MotionWish, motionWish } from "../motion.ts";

/** Where a presenter is and how it was set, as the page's address has it. */
export interface LessonPosition {
	readonly step: string | undefined;
	/** The screen within the step. */
	readonly screen: string | undefined;
	readonly lang: string | undefined;
	readonly motion: MotionWish | undefined;
	/** Whether the map shows what is still to come. */
	readonly ahead: boolean;
	/** Whether single letters are keys. */
	readonly letters: boolean;
	readonly lesson: string | undefined;
}

export function parsePosition(text: string): LessonPosition {
	const query = new URLSearchParams(text);
	return {
		step: query.get("step") || undefined,
		screen: query.get("screen") || undefined,
		lang: query.get("lang") || undefined,
		motion: motionWish(query.get("motion")),
		ahead: query.get("ahead") === "1",
		letters: query.get("letters") !== "0",
		lesson: query.get("lesson") || undefined,
	};
}

/** The query of a position; the first screen of a step and what is as usual are left out. */
export function formatPosition(position: LessonPosition): string {
	const query = new URLSearchParams();
	for (const key of ["lesson", "step", "screen", "lang", "motion"] as const) {
		const value = position[key];
		if (value && !(key === "screen" && value === "tell")) query.set(key, value);
	}
	if (position.ahead) query.set("ahead", "1");
	if (!position.letters) query.set("letters", "0");
	return query.toString();
}

/**
 * Whether the page is a lesson in a file of its own, wherever that lies: on a disk, on some web server, or in what a phone has downloaded.
 * It keeps its position behind the #, since no server reads it and nothing else of such an address may be written anew.
 */
export function isFile(): boolean {
	return document.querySelector("#lesson-kit") !== null;
}

export function readPosition(): LessonPosition {
	return parsePosition(isFile() ? location.hash.slice(1) : location.search);
}

/** Mirrors a position in the address; a step is one page of the history. */
export function writePosition(position: LessonPosition, page: boolean): void {
	const text = formatPosition(position);
	const address = isFile() ? `#${text}` : `${location.pathname}?${text}`;
	if (page) history.pushState(history.state, "", address);
	else history.replaceState(history.state, "", address);
}

/** Tells of each position that the reader goes back to. */
export function onReturn(returned: (position: LessonPosition) => void): void {
	addEventListener("popstate", () => returned(readPosition()));
}
