import { Awakening, isFromDisk } from "./awakening.ts";
import { offerCompletion } from "./completion.ts";
import { hideOldContacts } from "./contacts.ts";
import { closeLanguages } from "./languages.ts";
import { leaveQuickly } from "./leave.ts";
import { isLess, motionWish } from "./motion.ts";
import { element, readPage } from "./page.ts";
import { keepForMap } from "./pending.ts";
import { keepInView } from "./pin.ts";
import { offerSharing } from "./share.ts";

/** What a reader does first on a page, with whatever hand. */
const SIGNS = ["pointermove", "pointerdown", "touchstart", "wheel", "scroll", "keydown", "focusin"];

/**
 * The small script of the viewers' pages: all but the map, whose script comes when the page has a reader. It comes at once
 * where no still picture stands in for the map, or where the address tells what to show.
 */
function main(): void {
	leaveQuickly();
	closeLanguages();
	hideOldContacts();
	offerCompletion();
	const { strings } = readPage();
	offerSharing(strings);
	startByKey();
	keepInView();
	if (isFromDisk() && document.querySelector("[data-still]")) {
		for (const part of document.querySelectorAll(".steps, .motion, .legend")) part.remove(); // as without scripts
		return;
	}
	keepForMap();
	const map = new Awakening(strings, { on: window, signs: SIGNS, script: element("#viewer-script") });
	const query = new URLSearchParams(location.search);
	element("[data-motion]").ariaChecked = String(isLess(motionWish(query.get("motion"))));
	const asked = ["stop", "layers", "motion"].some((name) => query.has(name));
	if (asked || !document.querySelector("[data-still]")) map.wake();
}

/** F5 starts the presenter of the route's lesson, as it starts any presentation; with Ctrl it loads the page again. */
function startByKey(): void {
	const present = document.querySelector<HTMLAnchorElement>("[data-present]");
	if (!present) return;
	addEventListener("keydown", (event) => {
		if (event.key !== "F5" || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
		event.preventDefault();
		location.assign(present.href);
	});
}

main();
