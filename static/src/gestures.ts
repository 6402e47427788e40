import type { Map as LeafletMap } from "leaflet";

/** How long a hint stays, in milliseconds. */
const HINT = 1600;

/**
 * Lets the page scroll over the map: on touch one finger scrolls and two move the map; the wheel zooms only with Ctrl or
 * the command key, unless the map is the page's main thing.
 */
export function passScrolling(
	map: LeafletMap,
	hint: HTMLElement,
	texts: { touch: string; wheel: string },
	wheel: () => boolean,
) {
	const container = map.getContainer();
	let timer = 0;
	const say = (text: string) => {
		hint.textContent = text;
		hint.hidden = false;
		clearTimeout(timer);
		timer = window.setTimeout(() => {
			hint.hidden = true;
		}, HINT);
	};
	if (matchMedia("(pointer: coarse)").matches) {
		map.dragging.disable();
		container.classList.add("passes-touch");
		container.addEventListener("touchmove", (e) => e.touches.length === 1 && say(texts.touch), { passive: true });
	}
	container.parentElement?.addEventListener(
		"wheel",
		(e) => {
			if (e.ctrlKey || e.metaKey || wheel() || !container.contains(e.target as Node)) return;
			e.stopPropagation();
			say(texts.wheel);
		},
		{ capture: true, passive: true },
	);
}
