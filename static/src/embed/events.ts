/**
 * What an embed's two scripts say to each other, as events on the embed's element. The chosen stop is in its attribute
 * data-stop-chosen, so that the script which comes later finds it.
 */
export const CHOSEN = "corridor:chosen";
export const CHOOSE = "corridor:choose";

export function chosenStop(embed: HTMLElement): string | undefined {
	return embed.dataset.stopChosen;
}

/** Writes down the chosen stop and tells of it. */
export function tellChosen(embed: HTMLElement, stop: string | undefined): void {
	if (stop === undefined) delete embed.dataset.stopChosen;
	else embed.dataset.stopChosen = stop;
	embed.dispatchEvent(new CustomEvent(CHOSEN));
}

/** Asks for a stop to be chosen. */
export function choose(embed: HTMLElement, stop: string | undefined): void {
	embed.dispatchEvent(new CustomEvent(CHOOSE, { detail: stop }));
}
