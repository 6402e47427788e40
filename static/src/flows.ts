import * as L from "leaflet";
import { type Planar, spots } from "./curve.ts";
import { type Flow, type FlowLine, linesOf } from "./flow.ts";
import type { Labels } from "./labels.ts";
import { apart, arrows } from "./lanes.ts";

/** How far apart arrowheads stand, in pixels: those of the route read first. */
const SPACING = { legs: 130, movements: 190 };
/** How far apart the spots of a line are that names and labels keep off, in pixels. */
const STEP = 8;
/** How far apart the positions of a drawn curve are, in pixels: nearer ones would show that each is a whole pixel. */
const BEND = 14;
/** How far beyond the view arrowheads are drawn, in pixels. */
const BEYOND = 40;

export type FlowGroup = keyof typeof SPACING;

interface Drawn {
	readonly line: FlowLine;
	/** Where it runs, in pixels of the map's zoom. */
	run: readonly Planar[];
}

/** All lines of the map: they make way for each other and bear arrowheads, both anew at each zoom. */
export class Flows {
	readonly #map: L.Map;
	readonly #labels: Labels;
	readonly #groups: Record<FlowGroup, Drawn[]> = { legs: [], movements: [] };
	readonly #visible: Record<FlowGroup, boolean> = { legs: true, movements: false };
	#zoom: number | undefined;
	/** The frame that draws the next bit of a line, and what begins it. */
	#growing = 0;
	#begin: (() => void) | undefined;

	constructor(map: L.Map, labels: Labels) {
		this.#map = map;
		this.#labels = labels;
		map.on("moveend resize", () => this.#lay());
	}

	/** Shows a group's lines in place of its former ones. */
	set(group: FlowGroup, flows: readonly Flow[]): void {
		this.#stopGrowing();
		for (const { line } of this.#groups[group]) line.group.remove();
		const lines = flows.flatMap((flow) => linesOf(this.#map, flow));
		this.#groups[group] = lines.map((line) => ({ line, run: [] }));
		this.show(group, this.#visible[group]);
	}

	show(group: FlowGroup, visible: boolean): void {
		this.#visible[group] = visible;
		for (const { line } of this.#groups[group]) {
			if (visible) line.group.addTo(this.#map);
			else line.group.remove();
		}
		this.#zoom = undefined;
		this.#lay();
	}

	/** Draws the lines of flows from their start to their end in so many seconds, once the map stands still. */
	grow(ids: ReadonlySet<string>, seconds: number): void {
		const lines = this.#shown().filter(({ line }) => ids.has(line.flow.id));
		this.#stopGrowing();
		const draw = (share: number) => {
			for (const drawn of lines) this.#draw(drawn, share);
		};
		draw(0);
		this.#begin = () => {
			this.#stopGrowing();
			draw(0);
			let begun: number | undefined;
			const step = (now: number) => {
				begun ??= now;
				const share = Math.min(1, (now - begun) / (1000 * seconds));
				draw(share);
				if (share < 1) this.#growing = requestAnimationFrame(step);
				else this.#lay();
			};
			this.#growing = requestAnimationFrame(step);
		};
		this.#map.once("moveend", this.#begin);
	}

	#stopGrowing(): void {
		cancelAnimationFrame(this.#growing);
		if (this.#begin) this.#map.off("moveend", this.#begin);
		this.#begin = undefined;
	}

	/** Draws the first share of a line, without arrowheads. */
	#draw({ line, run }: Drawn, share: number): void {
		const path = spots(run, BEND).map(({ x, y }) => this.#map.unproject([x, y]));
		line.lay(path.slice(0, Math.max(2, Math.ceil(path.length * eased(share)))));
		line.point([]);
	}

	bounds(group: FlowGroup): L.LatLngBounds {
		return L.latLngBounds(this.#groups[group].flatMap(({ line }) => [...line.told]));
	}

	#lay(): void {
		const shown = this.#shown();
		if (this.#zoom !== this.#map.getZoom()) this.#run(shown);
		const points: L.LatLng[] = [];
		const heads: L.LatLng[] = [];
		const view = this.#map.getPixelBounds();
		const [min, max] = [view.min ?? L.point(0, 0), view.max ?? L.point(0, 0)];
		const inView = ({ x, y }: Planar) =>
			x > min.x - BEYOND && x < max.x + BEYOND && y > min.y - BEYOND && y < max.y + BEYOND;
		const place = ({ x, y }: Planar) => this.#map.unproject([x, y]);
		for (const { line, run } of shown) {
			const pointing = arrows(run, SPACING[line.flow.pane as FlowGroup], line.fading).filter(({ at }) => inView(at));
			line.fadeAlong();
			line.point(pointing);
			heads.push(...pointing.map(({ at }) => place(at)));
			points.push(...spots(run, STEP).filter(inView).map(place));
		}
		this.#labels.keepOff(points, heads);
	}

	/** Lets the lines make way for each other at the map's zoom; the route's own choose first. */
	#run(shown: readonly Drawn[]): void {
		this.#zoom = this.#map.getZoom();
		const runs = apart(shown.map(({ line }) => line.told.map((at) => this.#map.project(at))));
		for (const [i, drawn] of shown.entries()) {
			drawn.run = runs[i] ?? [];
			drawn.line.lay(spots(drawn.run, BEND).map(({ x, y }) => this.#map.unproject([x, y])));
		}
	}

	#shown(): Drawn[] {
		const groups = Object.keys(this.#groups) as FlowGroup[];
		return groups.flatMap((group) => (this.#visible[group] ? this.#groups[group] : []));
	}
}

/** Slow at both ends. */
function eased(share: number): number {
	return share * share * (3 - 2 * share);
}
