/** How often Shift is pressed to leave, and within how many milliseconds. */
const PRESSES = 3;
const WITHIN = 3000;

/**
 * The quick exit: hides the page at once and goes elsewhere in its place, so that "back" does not lead here. Shift pressed
 * three times does the same: Escape already closes what is open.
 */
export function leaveQuickly(): void {
	const link = document.querySelector<HTMLAnchorElement>("[data-leave]");
	if (!link) return;
	const go = () => {
		document.documentElement.hidden = true;
		document.title = "\u200b";
		location.replace(link.href);
	};
	link.addEventListener("click", (event) => {
		event.preventDefault();
		go();
	});
	let presses: number[] = [];
	addEventListener("keydown", ({ key, repeat }) => {
		if (repeat) return;
		const now = Date.now();
		presses = key === "Shift" ? [...presses.filter((at) => now - at < WITHIN), now] : [];
		if (presses.length >= PRESSES) go();
	});
}
