import { whenSeen } from "../awakening.ts";
import { element } from "../page.ts";

/** How long the frame must have been in view, in milliseconds: who only scrolls past pays nothing. */
const REST = 2000;
/** A letter of each language whose script a device may lack. */
const LETTERS: Readonly<Record<string, string>> = { my: "က", km: "ក", lo: "ກ", th: "ก", "zh-Hans": "中" };
/** No character has this number: what is drawn for it is drawn for every letter that is missing. */
const NONE = "\u{10ffff}";

/**
 * Brings the map's style sheet, which has the fonts, to a reader who does not touch the map and whose device has no letters of
 * the page's language, on a slow line too: the words are the embed's content, and boxes in their place say nothing.
 */
export function bringLetters(): void {
	const letter = LETTERS[document.documentElement.lang];
	const pen = document.createElement("canvas").getContext("2d");
	if (!letter || !pen) return;
	pen.font = "40px sans-serif";
	if (pen.measureText(letter).width !== pen.measureText(NONE).width) return;
	whenSeen(element("[data-frame]"), REST, () => {
		const sheet = document.createElement("link");
		sheet.rel = "stylesheet";
		sheet.href = element("#embed-script").dataset.sheet ?? "";
		document.head.append(sheet);
	});
}
