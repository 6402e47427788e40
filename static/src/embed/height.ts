import { element } from "../page.ts";

/** How much higher a page around may make its frame, in pixels. */
const MOST = 20_000;

/**
 * Tells the page around how much room is taken by the text that a reader has opened. Nothing in it is secret, so any page may
 * read it; one with our script makes its frame higher by that and says so, and the embed itself stays as high as before. The
 * room is measured by its own parts and never by the frame's height, so that the two do not drive each other.
 */
export function reportHeight(): void {
	if (parent === window) return;
	let told = -1; // a frame that is still high for another page, or for this one before it was loaded again, hears of 0 too
	const measure = () => {
		const extra = Math.ceil(below() + beneath());
		if (extra === told) return;
		told = extra;
		parent.postMessage({ corridorExtra: extra }, "*");
	};
	addEventListener("message", (event) => {
		if (event.source !== parent) return;
		const data = event.data as { corridorApplied?: unknown; corridorAsks?: unknown } | null;
		if (data?.corridorAsks) {
			told = -1; // our script there came later than what was told
			measure();
		}
		const extra = data?.corridorApplied;
		if (typeof extra !== "number" || !(extra >= 0 && extra <= MOST)) return;
		document.documentElement.style.setProperty("--extra", `${Math.min(extra, Math.ceil(below()))}px`);
	});
	const watch = new ResizeObserver(measure);
	for (const part of document.querySelectorAll("[data-text], [data-told], .help")) watch.observe(part);
}

/** The height of what follows the embed's first screen, in pixels. */
function below(): number {
	const text = element<HTMLDetailsElement>("[data-text]");
	const help = document.querySelector<HTMLElement>(".help");
	const open = text.open ? text.offsetHeight - element("summary", text).offsetHeight : 0;
	return open + (help ? help.offsetHeight + 2 * parseFloat(getComputedStyle(help).marginTop) : 0);
}

/** In a frame that is wide enough for it the text of a stop stands beside the map, unless that frame is low. */
const WIDE = "(min-width: 40rem)";

/** The height of a stop's text under the map, in pixels. A low frame does not count: made higher it would have the text beside the map. */
function beneath(): number {
	return matchMedia(WIDE).matches ? 0 : element("[data-told]").offsetHeight;
}
