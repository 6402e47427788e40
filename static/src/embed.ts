import { Awakening, isFromDisk } from "./awakening.ts";
import { hideOldContacts } from "./contacts.ts";
import { EmbedStory } from "./embed/embed-story.ts";
import { reportHeight } from "./embed/height.ts";
import { leaveByLinks, offerFullScreen } from "./embed/leaving.ts";
import { bringLetters } from "./embed/letters.ts";
import { applyOptions, readOptions } from "./embed/options.ts";
import { element, readPage } from "./page.ts";
import type { Strings } from "./strings.ts";

/** The small script of an embed: all but the map itself, whose script comes when it is wanted. */
function main(): void {
	const { strings, embed: about } = readPage();
	const embed = document.querySelector<HTMLElement>("[data-embed]");
	if (!embed) return;
	const options = about?.choices && readOptions(location.search);
	if (options && about?.choices) applyOptions(options, about.choices, strings);
	hideOldContacts();
	bringLetters();
	const wake = isFromDisk() ? stayStill() : readyToWake(strings);
	if (about?.single) new EmbedStory(embed, strings, wake).open(options?.stop);
	leaveByLinks();
	offerFullScreen();
	reportHeight();
}

/** Lets the map come when it is wanted; gives what brings it. */
function readyToWake(strings: Strings): () => void {
	const awakening = new Awakening(strings, {
		on: element("[data-frame]"),
		signs: ["pointerdown", "touchstart", "focusin"],
		script: element("#embed-script"),
		button: element("[data-start]"),
	});
	return () => awakening.wake();
}

/** Leaves the still map for good. */
function stayStill(): () => void {
	element("[data-start]").hidden = true;
	return () => {};
}

main();
