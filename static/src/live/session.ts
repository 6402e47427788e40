import { element, type PageData } from "../page.ts";
import { Strings } from "../strings.ts";

/** What a presenter shows, whole. */
export interface State {
	seq: number;
	/** The id of the current step, and of the furthest that was shown. */
	step: string;
	reached: string;
	/** The presenter's name for the part of the step that is shown: "ask", or of the quiz a question's id; may be empty. */
	screen: string;
	blank: boolean;
	hide_later: boolean;
	/** The poll or the group of polls that may be answered now; empty for none. */
	open: string;
	/** Whether the right answers of the quiz are shown. */
	reveal: boolean;
}

/** The session that a page follows. */
export interface Followed {
	code: string;
	/** Lets the page in again, whatever wrong codes come from its address. */
	pass: string;
	state: State;
	strings: Strings;
}

export function readFollowed(): Followed {
	const data = JSON.parse(element("#page-data").textContent ?? "{}") as PageData & { live: Omit<Followed, "strings"> };
	return { ...data.live, strings: new Strings(data.strings, data.lang) };
}

/** An address of the session's own. */
export function addressOf({ code, pass }: Followed, what: string): string {
	return `/live/${code}/${what}?${new URLSearchParams({ k: pass })}`;
}
