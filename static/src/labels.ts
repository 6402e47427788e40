import * as L from "leaflet";
import { type About, FAR, type Form, type Place, type Says } from "./arrange.ts";
import { around, type Box, isWithin, lengthOf, overlap, type Size, type Spot, toEdge } from "./boxes.ts";
import type { Pane } from "./map.ts";
import { NUMBER, type Saying, SIGN, sayAll, sayLess } from "./say-less.ts";

/** An area that is narrower than this on the screen, in pixels, is not covered by its own label. */
const SMALL = 180;
/** How far names keep from the middle of a line, and from that of an arrowhead, in pixels. */
const [LINE, HEAD] = [2, 7];
/** More labels than these are only shown whole, where none covers another and each is near to what it is of. */
const FEW = 30;
/** How many labels are placed: more have no room beside each other, and looking for it takes longer than a reader waits. */
const MOST = 120;
/** On a map that is not wider, in pixels, the leader to a stop's name is no longer than so many of its heights. */
const [NARROW, HEIGHTS] = [700, 2];
const SVG = "http://www.w3.org/2000/svg";

export interface Label {
	readonly at: L.LatLng;
	/** The area or line that the label is of, where there is one. */
	readonly bounds?: L.LatLngBounds | undefined;
	readonly node: HTMLElement;
	/** What the label tells of: a name, or a place's id, that the map need not name again. */
	readonly names?: readonly string[];
	/** Whether the label says how precisely its place is known, and may leave that away. */
	readonly precise?: boolean;
	/** Whether the spot itself is a place and gets a ring. */
	readonly spot?: boolean;
	/** Whether the spot is a programme's and gets a square. */
	readonly square?: boolean;
	/** Labels of an area may stand upon it; those of a border stand beside it. */
	readonly upon?: boolean;
}

interface Placed {
	readonly label: Label;
	/** What is on the map of it: nothing where it has no room. */
	drawn?: { markers: L.Marker[]; leader: SVGLineElement };
}

/** Keeps all labels of the map apart from each other and off the lines. */
export class Labels {
	readonly #map: L.Map;
	readonly #covered: (boxes: readonly Box[], told: ReadonlySet<string>) => void;
	readonly #groups = new Map<string, Placed[]>();
	readonly #crowded: ((rest: readonly Label[]) => void) | undefined;
	/** In pixels of the zoom. */
	#kept: { lines: readonly Spot[]; heads: readonly Spot[]; zoom: number } = { lines: [], heads: [], zoom: 0 };
	#favoured: Label | undefined;
	#pending = 0;

	/**
	 * Says which boxes of the map's container are taken, and which names and places the labels tell of already; and,
	 * where somebody draws them otherwise, which of many labels are not placed since they have no room.
	 */
	constructor(
		map: L.Map,
		covered: (boxes: readonly Box[], told: ReadonlySet<string>) => void,
		crowded?: (rest: readonly Label[]) => void,
	) {
		this.#map = map;
		this.#covered = covered;
		this.#crowded = crowded;
		map.on("moveend resize", () => this.#later());
		document.fonts.addEventListener("loadingdone", () => this.#later());
	}

	/** Shows a group's labels in place of its former ones; none hides it. */
	set(group: string, labels: readonly Label[]): void {
		for (const placed of this.#groups.get(group) ?? []) withdraw(placed);
		const placed: Placed[] = labels.map((label) => ({ label }));
		this.#groups.set(group, placed);
		if (!this.#tooMany()) for (const one of placed) this.#add(one);
		this.#later();
	}

	/** The spots of lines, and their arrowheads, that labels and names keep off, in pixels of the map's zoom. */
	keepOff(lines: readonly Spot[], heads: readonly Spot[]): void {
		this.#kept = { lines, heads, zoom: this.#map.getZoom() };
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

	#all(): Placed[] {
		return [...this.#groups.values()].flat();
	}

	/** Whether some may stay away: there are many, and somebody draws what those that find no room are of. */
	#tooMany(): boolean {
		return !!this.#crowded && this.#all().length > FEW;
	}

	#add(placed: Placed): SVGLineElement {
		const { label, drawn } = placed;
		if (drawn) return drawn.leader;
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
		placed.drawn = { markers, leader };
		return leader;
	}

	#mark(at: L.LatLng, html: HTMLElement, pane: Pane): L.Marker {
		const icon = L.divIcon({ html, className: "map-label", iconSize: [0, 0] });
		return L.marker(at, { icon, interactive: false, keyboard: false, pane }).addTo(this.#map);
	}

	#arrange(): void {
		const first = ({ label }: Placed) => Number(label === this.#favoured);
		const all = this.#all().sort((a, b) => first(b) - first(a));
		const placed = this.#chosen(all);
		const about = { controls: this.#controls(), ...this.#keptOff(), within: this.#view() };
		const places = this.#place(placed, about);
		const labels: Box[] = [];
		const told = new Set<string>();
		const kept = new Set<Placed>();
		const choosy = this.#tooMany();
		for (const [i, one] of placed.entries()) {
			const place = places[i] as Place;
			const apart = !labels.some((other) => overlap(place.box, other) > 0);
			const near = lengthOf(place.leader) <= FAR;
			const fits = apart && near && isWithin(place.box, about.within);
			if (choosy && !fits && one.label !== this.#favoured) continue;
			labels.push(place.box);
			kept.add(one);
			for (const name of one.label.names ?? []) told.add(name);
			this.#stand(one, place);
		}
		this.#withdraw(all.filter((one) => !kept.has(one)));
		const lines = about.lines.map((spot) => around(spot, LINE));
		const heads = about.heads.map((spot) => around(spot, HEAD));
		this.#covered([...about.controls, ...labels, ...lines, ...heads], told);
	}

	/** Finds places for labels, and what they say there: less where one would be too far off or in the way, and all are shown. */
	#place(placed: readonly Placed[], about: About): Place[] {
		const whole = this.#forms(placed, "whole");
		const sayings = placed.map(({ label }, i) => this.#saying(label, whole[i] as Form));
		const places = sayAll(sayings, about);
		if (this.#tooMany() || !places.some(({ faulty }) => faulty)) return places;
		const [brief, alone] = [this.#forms(placed, "brief"), this.#forms(placed, "alone")];
		const ways = sayings.map((saying, i) => {
			const { label } = placed[i] as Placed;
			if (label === this.#favoured) return saying;
			return { ...saying, brief: label.precise ? brief[i] : undefined, alone: alone[i] };
		});
		return sayLess(ways, about);
	}

	#saying(label: Label, whole: Form): Saying {
		const keep = label === this.#favoured ? this.#small(label) : undefined;
		return { anchor: this.#spot(label.at), mark: !!(label.spot || label.square), keep, whole };
	}

	/** How large labels are that say so much; the favoured one is always whole. */
	#forms(placed: readonly Placed[], says: Says): Form[] {
		for (const { label } of placed) say(label, label === this.#favoured ? "whole" : says);
		return placed.map(({ label }) => this.#form(label, says));
	}

	#form(label: Label, says: Says): Form {
		const { offsetWidth: width, offsetHeight: height } = label.node;
		const upon = this.#carries(label, width, height);
		const own = upon ? undefined : this.#small(label);
		return { says, width, height, upon, own, far: this.#far(label, says, height), less: lessOf(label, says) };
	}

	/** How long the leader to a label may be; on a narrow map a stop's name is nearer than its number. */
	#far({ precise }: Label, says: Says, height: number): number {
		const narrow = precise && says !== "alone" && this.#map.getSize().x <= NARROW;
		return narrow ? Math.min(FAR, HEIGHTS * height) : FAR;
	}

	#stand(placed: Placed, { form, offset }: Place): void {
		const { label } = placed;
		say(label, form.says);
		label.node.style.transform = `translate(${offset.x - form.width / 2}px, ${offset.y - form.height / 2}px)`;
		lead(this.#add(placed), offset, form);
	}

	/** Those that look for a place: where there are too many, none of what is out of view, and not the last ones. */
	#chosen(all: readonly Placed[]): Placed[] {
		const view = this.#map.getBounds();
		const chosen = this.#tooMany() ? all.filter(({ label }) => view.contains(label.at)).slice(0, MOST) : [...all];
		for (const one of chosen) this.#add(one);
		return chosen;
	}

	/** Takes labels off the map; their spots are drawn otherwise. */
	#withdraw(rest: readonly Placed[]): void {
		for (const one of rest) withdraw(one);
		this.#crowded?.(rest.map(({ label }) => label));
	}

	/** What is kept off, in pixels of the map's container. */
	#keptOff(): { lines: Spot[]; heads: Spot[] } {
		const { lines, heads, zoom } = this.#kept;
		const scale = this.#map.getZoomScale(this.#map.getZoom(), zoom);
		const corner = this.#map.getPixelOrigin().subtract(this.#map.layerPointToContainerPoint([0, 0]));
		const place = ({ x, y }: Spot) => ({ x: Math.round(x * scale) - corner.x, y: Math.round(y * scale) - corner.y });
		return { lines: lines.map(place), heads: heads.map(place) };
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
		const over = (frame.closest(".room") ?? frame.closest(".stage") ?? frame).querySelectorAll(
			"[data-legend], [data-over], .leaflet-control",
		);
		return [...over].map((node) => {
			const box = node.getBoundingClientRect();
			return { left: box.left - left, top: box.top - top, right: box.right - left, bottom: box.bottom - top };
		});
	}
}

function withdraw(placed: Placed): void {
	for (const marker of placed.drawn?.markers ?? []) marker.remove();
	delete placed.drawn;
}

function symbol({ spot }: Label): SVGElement {
	const node = document.createElementNS(SVG, spot ? "circle" : "rect");
	const form = spot ? { r: 6 } : { x: -5, y: -5, width: 10, height: 10 };
	for (const [key, value] of Object.entries(form)) node.setAttribute(key, String(value));
	return node;
}

/** What it costs that a label says no more. */
function lessOf({ precise }: Label, says: Says): number {
	if (says !== "alone") return 0;
	return precise ? NUMBER : SIGN;
}

/** Lets a label say so much. What it leaves away is still read out, and told to a pointer. */
function say({ node, precise }: Label, says: Says): void {
	node.classList.toggle("is-brief", says === "brief");
	node.classList.toggle("is-short", says === "alone");
	if (precise) node.title = says === "whole" ? "" : node.textContent;
}

/** Draws the thin line from an anchor to the near edge of its label; none where the label stands upon it. */
function lead(line: SVGLineElement, offset: Spot, size: Size): void {
	const { x, y } = toEdge(offset, size);
	line.setAttribute("x2", String(x));
	line.setAttribute("y2", String(y));
}
