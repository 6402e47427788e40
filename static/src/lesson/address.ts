import { type MotionWish, motionWish } from "../motion.ts";

/** Where a presenter is and how it was set, as the page's address has it. */
export interface Place {
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

export function parsePlace(text: string): Place {
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

/** The query of a place; the first screen of a step and what is as usual are left out. */
export function formatPlace(place: Place): string {
	const query = new URLSearchParams();
	for (const key of ["lesson", "step", "screen", "lang", "motion"] as const) {
		const value = place[key];
		if (value && !(key === "screen" && value === "tell")) query.set(key, value);
	}
	if (place.ahead) query.set("ahead", "1");
	if (!place.letters) query.set("letters", "0");
	return query.toString();
}

/** Whether the page is a lesson in a file of its own. It keeps its place behind the #, since no server reads it. */
export function isFile(): boolean {
	return location.protocol === "file:";
}

export function readPlace(): Place {
	return parsePlace(isFile() ? location.hash.slice(1) : location.search);
}

/** Mirrors a place in the address; a step is one page of the history. */
export function writePlace(place: Place, page: boolean): void {
	const text = formatPlace(place);
	const address = isFile() ? `#${text}` : `${location.pathname}?${text}`;
	if (page) history.pushState(history.state, "", address);
	else history.replaceState(history.state, "", address);
}

/** Tells of each place that the reader goes back to. */
export function onReturn(returned: (place: Place) => void): void {
	addEventListener("popstate", () => returned(readPlace()));
}
