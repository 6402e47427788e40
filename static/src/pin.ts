/** What share of the window the map may keep at its top: one that takes more scrolls away with the text. */
const MOST = 0.55;

/**
 * Tells the page's style how many pixels of the window the map takes that stays at its top, so that what is scrolled to stands
 * below it. The map does not stay where it would leave too little: on a small screen, in a language of long words.
 */
export function keepInView(): void {
	const pin = document.querySelector<HTMLElement>("[data-pin]");
	if (!pin) return;
	const root = document.documentElement;
	const measure = () => {
		const high = pin.offsetHeight;
		pin.classList.toggle("is-too-high", high > MOST * innerHeight);
		if (getComputedStyle(pin).position === "sticky") root.style.setProperty("--pinned", `${high}px`);
		else root.style.removeProperty("--pinned");
	};
	measure();
	new ResizeObserver(measure).observe(pin);
	addEventListener("resize", measure);
}
