import { Awakening } from "./embed/awakening.ts";
import { EmbedStory } from "./embed/embed-story.ts";
import { reportHeight } from "./embed/height.ts";
import { leaveByLinks, offerFullScreen } from "./embed/leaving.ts";
import { readPage } from "./page.ts";

/** The small script of an embed: all but the map itself, whose script comes when it is wanted. */
function main(): void {
	const { strings } = readPage();
	const embed = document.querySelector<HTMLElement>("[data-embed]");
	if (!embed) return;
	const awakening = new Awakening(strings);
	if (document.querySelector("[data-steps]")) new EmbedStory(embed, strings, () => awakening.wake());
	leaveByLinks();
	offerFullScreen();
	reportHeight();
}

main();
