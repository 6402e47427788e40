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
	let told = 0;
	const measure = () => {
		const extra = Math.ceil(below() + beside());
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

/** The height of a stop's text where that stands under the map and not beside it, in pixels. */
function beside(): number {
	const told = element("[data-told]");
	const stacked = told.parentElement && getComputedStyle(told.parentElement).flexDirection === "column";
	return stacked ? told.offsetHeight : 0;
}
