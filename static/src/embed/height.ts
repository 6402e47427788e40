import { element } from "../page.ts";

/** How much higher a page around may make its frame, in pixels. */
const MOST = 20_000;

/**
 * Tells the page around how much room the text takes that does not fit into the frame. Nothing in it is secret, so it may be
 * read by any page; one with our script makes its frame higher by that and says so, and the embed then keeps its own height.
 */
export function reportHeight(): void {
	if (parent === window) return;
	let applied = 0;
	let told = -1;
	const measure = () => {
		const extra = Math.max(0, Math.ceil(document.body.offsetHeight - innerHeight + applied));
		if (Math.abs(extra - told) < 2) return;
		told = extra;
		parent.postMessage({ corridorExtra: extra }, "*");
	};
	addEventListener("message", (event) => {
		const extra: unknown =
			event.source === parent ? (event.data as { corridorApplied?: unknown } | null)?.corridorApplied : undefined;
		if (typeof extra !== "number" || !(extra >= 0 && extra <= MOST)) return;
		applied = extra;
		document.documentElement.style.setProperty("--extra", `${extra}px`);
		measure();
	});
	new ResizeObserver(measure).observe(document.body);
	element("[data-text]").addEventListener("toggle", measure);
	measure();
}
