import { openCard } from "./cards.ts";

/** How long nobody touches anything before the tools go, in milliseconds. */
const STILL = 4000;
/** The browser's own full screen, such as by F11, counts as much as the one that a page asks for. */
const FULL = "(display-mode: fullscreen)";

/**
 * Lets the bar's tools go while a full screen is only looked at; which step it is stays. Any hand brings them back: on a mouse, a key or
 * the screen. They never go from under one, nor while a card is open.
 */
export function restInFullScreen(bar: HTMLElement): void {
	const query = matchMedia(FULL);
	const isFull = () => document.fullscreenElement !== null || query.matches;
	let timer = 0;
	const wait = () => {
		clearTimeout(timer);
		if (isFull()) timer = window.setTimeout(rest, STILL);
	};
	const rest = () => {
		if (bar.contains(document.activeElement) || openCard()) wait();
		else if (isFull()) bar.dataset.resting = "";
	};
	const wake = () => {
		delete bar.dataset.resting;
		wait();
	};
	for (const hand of ["keydown", "wheel", "focusin"]) addEventListener(hand, wake, { capture: true, passive: true });
	// A finger that brings the tools back has seen none: what it lies on by chance does nothing.
	const touch = () => {
		bar.toggleAttribute("data-waking", "resting" in bar.dataset);
		wake();
	};
	addEventListener("pointerdown", touch, { capture: true });
	addEventListener("click", () => bar.removeAttribute("data-waking"), { capture: true });
	let at = "";
	addEventListener("pointermove", ({ screenX, screenY }) => {
		const to = `${screenX} ${screenY}`;
		if (to !== at) wake(); // what moves under a mouse that lies still is no hand
		at = to;
	});
	document.addEventListener("fullscreenchange", wake);
	query.addEventListener("change", wake);
}
