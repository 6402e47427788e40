import * as L from "leaflet";

/** How far from the edge of the map a tip stays, in pixels. */
const EDGE = 4;

/** Keeps what the mouse is told of a line or a place within the map: Leaflet only chooses a side, and on a small map neither has the room. */
export function keepTipsWithin(map: L.Map): void {
	let tip: L.Tooltip | undefined;
	const keep = () => {
		const node = tip?.getElement();
		if (node) shift(node, map.getContainer());
	};
	map.on("tooltipopen", ({ tooltip }) => {
		tip = tooltip;
		keep();
	});
	map.on("mousemove", keep); // by then a tip has followed the mouse
}

function shift(node: HTMLElement, frame: HTMLElement): void {
	const [tip, edge] = [node.getBoundingClientRect(), frame.getBoundingClientRect()];
	const x = within(tip.left, tip.right, edge.left + EDGE, edge.right - EDGE);
	const y = within(tip.top, tip.bottom, edge.top + EDGE, edge.bottom - EDGE);
	if (x || y) L.DomUtil.setPosition(node, L.DomUtil.getPosition(node).add([x, y]));
}

/** How far a span must move to lie between two edges; where it is too long its start does. */
function within(start: number, end: number, least: number, most: number): number {
	return Math.max(least - start, Math.min(0, most - end));
}
