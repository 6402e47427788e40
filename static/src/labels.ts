import * as L from "leaflet";
import type { Pane } from "./map.ts";
import { arrange, type Box, boxAt, type Spot } from "./place.ts";

/** An area that is narrower than this on the screen, in pixels, is not covered by its own label. */
const SMALL = 180;
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
	readonly #lines = new Map<string, L.LatLng[]>();
	#pending = 0;

	/** Says which boxes of the map's container are taken, and which names and places the labels tell of already. */
	constructor(map: L.Map, covered: (boxes: readonly Box[], told: ReadonlySet<string>) => void) {
		this.#map = map;
		this.#covered = covered;
		map.on("moveend resize", () => this.#arrange());
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

	/** The lines that a group's labels and all others keep off. */
	keepOff(group: string, line: L.LatLng[]): void {
		this.#lines.set(group, line);
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
		const placed = [...this.#groups.values()].flat();
		const wishes = placed.map(({ label }) => {
			const { offsetWidth: width, offsetHeight: height } = label.node;
			const upon = this.#carries(label, width, height);
			return { anchor: this.#spot(label.at), width, height, upon, own: upon ? undefined : this.#small(label) };
		});
		const lines = [...this.#lines.values()].flat().map((at) => this.#spot(at));
		const controls = this.#controls();
		const offsets = arrange(wishes, controls, lines, this.#view());
		for (const [i, { label, leader }] of placed.entries()) {
			const offset = offsets[i] as Spot;
			const size = wishes[i] as { width: number; height: number };
			label.node.style.transform = `translate(${offset.x - size.width / 2}px, ${offset.y - size.height / 2}px)`;
			lead(leader, offset, size);
		}
		const told = new Set(placed.flatMap(({ label }) => label.names ?? []));
		this.#covered([...controls, ...wishes.map((wish, i) => boxAt(wish, offsets[i] as Spot))], told);
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

	/** What lies over the map: the legend and the controls. */
	#controls(): Box[] {
		const frame = this.#map.getContainer();
		const { left, top } = frame.getBoundingClientRect();
		const over = (frame.closest(".stage") ?? frame).querySelectorAll("[data-legend], .leaflet-control");
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
