import * as L from "leaflet";
import type { Pane } from "./map.ts";
import { around, arrange, type Box, boxAt, type Spot } from "./place.ts";

/** An area that is narrower than this on the screen, in pixels, is not covered by its own label. */
const SMALL = 180;
/** How far names keep from the middle of a line, and from that of an arrowhead, in pixels. */
const [LINE, HEAD] = [2, 7];
/** How many labels are placed: more have no room beside each other, and looking for it takes longer than a reader waits. */
const MOST = 120;
const SVG = "http://www.w3.org/2000/svg";

export interface Label {
	readonly at: L.LatLng;
	/** The area or line that the label is of, where there is one. */
	readonly bounds?: L.LatLngBounds | undefined;
	readonly node: HTMLElement;
	/** What the label tells of: a name, or a place's id, that the map need not name again. */
	readonly names?: readonly string[];
	/** Whether the spot itself is a place and gets a ring. */
	readonly spot?: boolean;
	/** Whether the spot is a programme's and gets a square. */
	readonly square?: boolean;
	/** Labels of an area may stand upon it; those of a border stand beside it. */
	readonly upon?: boolean;
}

interface Placed {
	label: Label;
	markers: L.Marker[];
	leader: SVGLineElement;
}

/** Keeps all labels of the map apart from each other and off the lines. */
export class Labels {
	readonly #map: L.Map;
	readonly #covered: (boxes: readonly Box[], told: ReadonlySet<string>) => void;
	readonly #groups = new Map<string, Placed[]>();
	#lines: readonly L.LatLng[] = [];
	#heads: readonly L.LatLng[] = [];
	#favoured: Label | undefined;
	#pending = 0;

	/** Says which boxes of the map's container are taken, and which names and places the labels tell of already. */
	constructor(map: L.Map, covered: (boxes: readonly Box[], told: ReadonlySet<string>) => void) {
		this.#map = map;
		this.#covered = covered;
		map.on("moveend resize", () => this.#later());
		document.fonts.addEventListener("loadingdone", () => this.#later());
	}

	/** Shows a group's labels in place of its former ones; none hides it. */
	set(group: string, labels: readonly Label[]): void {
		for (const { markers } of this.#groups.get(group) ?? []) for (const marker of markers) marker.remove();
		this.#groups.set(
			group,
			labels.map((label) => this.#add(label)),
		);
		this.#later();
	}

	/** The spots of lines, and their arrowheads, that labels and names keep off. */
	keepOff(lines: readonly L.LatLng[], heads: readonly L.LatLng[]): void {
		this.#lines = lines;
		this.#heads = heads;
		this.#later();
	}

	/** Lets a label choose its place before all others, which leave free what it is of. */
	favour(label: Label | undefined): void {
		if (label === this.#favoured) return;
		this.#favoured = label;
		this.#later();
	}

	#later(): void {
		cancelAnimationFrame(this.#pending);
		this.#pending = requestAnimationFrame(() => this.#arrange());
	}

	#add(label: Label): Placed {
		const svg = document.createElementNS(SVG, "svg");
		svg.setAttribute("class", label.spot ? "leader has-spot" : "leader");
		svg.setAttribute("aria-hidden", "true");
		const leader = document.createElementNS(SVG, "line");
		svg.append(leader);
		if (label.spot || label.square) svg.append(symbol(label));
		L.DomEvent.disableClickPropagation(label.node);
		const markers = [
			this.#mark(label.at, svg as unknown as HTMLElement, "leaders"),
			this.#mark(label.at, label.node, "labels"),
		];
		return { label, markers, leader };
	}

	#mark(at: L.LatLng, html: HTMLElement, pane: Pane): L.Marker {
		const icon = L.divIcon({ html, className: "map-label", iconSize: [0, 0] });
		return L.marker(at, { icon, interactive: false, keyboard: false, pane }).addTo(this.#map);
	}

	#arrange(): void {
		const first = ({ label }: Placed) => Number(label === this.#favoured);
		const placed = this.#chosen([...this.#groups.values()].flat().sort((a, b) => first(b) - first(a)));
		const wishes = placed.map(({ label }) => {
			const { offsetWidth: width, offsetHeight: height } = label.node;
			const upon = this.#carries(label, width, height);
			const small = this.#small(label);
			return {
				anchor: this.#spot(label.at),
				width,
				height,
				upon,
				own: upon ? undefined : small,
				keep: label === this.#favoured ? small : undefined,
			};
		});
		const lines = this.#lines.map((at) => this.#spot(at));
		const heads = this.#heads.map((at) => this.#spot(at));
		const controls = this.#controls();
		const offsets = arrange(wishes, controls, { lines, heads }, this.#view());
		for (const [i, { label, leader }] of placed.entries()) {
			const offset = offsets[i] as Spot;
			const size = wishes[i] as { width: number; height: number };
			label.node.style.transform = `translate(${offset.x - size.width / 2}px, ${offset.y - size.height / 2}px)`;
			lead(leader, offset, size);
		}
		const told = new Set(placed.flatMap(({ label }) => label.names ?? []));
		const labels = wishes.map((wish, i) => boxAt(wish, offsets[i] as Spot));
		const drawn = [...lines.map((spot) => around(spot, LINE)), ...heads.map((spot) => around(spot, HEAD))];
		this.#covered([...controls, ...labels, ...drawn], told);
	}

	/** Those that are placed; the others are hidden: where there are too many, the last ones, and those of what is out of view. */
	#chosen(all: readonly Placed[]): Placed[] {
		const view = this.#map.getBounds();
		const chosen = all.length > MOST ? all.filter(({ label }) => view.contains(label.at)).slice(0, MOST) : [...all];
		const kept = new Set(chosen);
		for (const one of all) {
			one.label.node.style.visibility = kept.has(one) ? "" : "hidden";
			one.leader.style.display = kept.has(one) ? "" : "none";
		}
		return chosen;
	}

	#spot(at: L.LatLng): Spot {
		return this.#map.latLngToContainerPoint(at);
	}

	/** The box of an area that a label could hide. */
	#small({ bounds }: Label): Box | undefined {
		if (!bounds) return undefined;
		const { x: left, y: top } = this.#spot(bounds.getNorthWest());
		const { x: right, y: bottom } = this.#spot(bounds.getSouthEast());
		return right - left < SMALL ? { left, top, right, bottom } : undefined;
	}

	/** Whether a label's area is large enough on the screen to carry it. */
	#carries({ upon, bounds }: Label, width: number, height: number): boolean {
		if (!upon || !bounds) return false;
		const a = this.#map.latLngToContainerPoint(bounds.getNorthWest());
		const b = this.#map.latLngToContainerPoint(bounds.getSouthEast());
		return b.x - a.x > width * 1.15 && b.y - a.y > height * 2.2;
	}

	#view(): Box {
		const { x, y } = this.#map.getSize();
		return { left: 4, top: 4, right: x - 4, bottom: y - 4 };
	}

	/** What lies over the map: the legend, the controls and the words of a presenter. */
	#controls(): Box[] {
		const frame = this.#map.getContainer();
		const { left, top } = frame.getBoundingClientRect();
		const over = (frame.closest(".room, .stage") ?? frame).querySelectorAll(
			"[data-legend], [data-over], .leaflet-control",
		);
		return [...over].map((node) => {
			const box = node.getBoundingClientRect();
			return { left: box.left - left, top: box.top - top, right: box.right - left, bottom: box.bottom - top };
		});
	}
}

function symbol({ spot }: Label): SVGElement {
	const node = document.createElementNS(SVG, spot ? "circle" : "rect");
	const form = spot ? { r: 6 } : { x: -5, y: -5, width: 10, height: 10 };
	for (const [key, value] of Object.entries(form)) node.setAttribute(key, String(value));
	return node;
}

/** Draws the thin line from an anchor to the near edge of its label; none where the label stands upon it. */
function lead(line: SVGLineElement, { x, y }: Spot, { width, height }: { width: number; height: number }): void {
	const scale = Math.max(Math.abs(x) / (width / 2), Math.abs(y) / (height / 2));
	const near = scale > 1 ? 1 - 1 / scale : 0;
	line.setAttribute("x2", String(x * near));
	line.setAttribute("y2", String(y * near));
}
