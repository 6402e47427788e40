import type { Covered } from "../lesson/stage.ts";
import { element } from "../page.ts";

/** What of the map the words, the notes beside it, the small print and the bar cover. */
export function covered(): Covered {
	const map = element("#map").getBoundingClientRect();
	let [left, right, from] = [0, 0, element("[data-says]").getBoundingClientRect().top];
	for (const node of [element(".panel-frame"), element("[data-drawer]")]) {
		const box = node.getBoundingClientRect();
		if (box.width === 0 || box.bottom <= map.top || box.top >= map.bottom) continue; // it is not shown, or not over the map
		if (box.width > 0.75 * map.width) from = Math.min(from, box.top);
		// Where lines are written from right to left, the words are at the left.
		else if (box.left + box.right < map.left + map.right) left = Math.max(left, box.right - map.left);
		else right = Math.max(right, map.right - box.left);
	}
	return { left, top: 0, right, bottom: Math.max(0, map.bottom - from) };
}
