import * as L from "leaflet";
import type { Crowd, Run } from "./crowd.ts";
import { length, type Planar, spots } from "./curve.ts";
import { type Course, courseOf, type Flow, FlowLine } from "./flow.ts";
import type { Labels } from "./labels.ts";
import { apart, arrows, Lanes } from "./lanes.ts";
import { Slices } from "./turn.ts";

/** How far apart arrowheads stand, in pixels: those of the route read first. */
const SPACING = { legs: 130, movements: 190 };
/** How far apart the spots of a line are that names and labels keep off, in pixels. */
const STEP = 8;
/** How far apart the positions of a drawn curve are, in pixels: nearer ones would show that each is a whole pixel. */
const BEND = 14;
/** How far beyond the view arrowheads are drawn, in pixels. */
const BEYOND = 40;
/** How many lines have elements of their own; more are painted on a canvas. */
const MOST = 150;
/** How far apart the positions of one line among so many are, in pixels. */
const ROUGH = 8;

export type FlowGroup = keyof typeof SPACING;

interface Drawn {
	readonly course: Course;
	/** Its elements, where it has its own. */
	line?: FlowLine;
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

	readonly #crowd: Crowd | undefined;
	/** The lines of a crowd, and the zoom that they are being laid out for. */
	#runs: readonly Run[] = [];
	#laying: { zoom: number } | undefined;

	/** Without a crowd each line has elements of its own, however many there are. */
	constructor(map: L.Map, labels: Labels, crowd?: Crowd) {
		this.#map = map;
		this.#labels = labels;
		this.#crowd = crowd;
		map.on("moveend resize", () => this.#lay());
	}

	/** Shows a group's lines in place of its former ones. */
	set(group: FlowGroup, flows: readonly Flow[]): void {
		this.#stopGrowing();
		for (const { line } of this.#groups[group]) line?.dispose();
		this.#groups[group] = flows.map((flow) => ({ course: courseOf(flow), run: [] }));
		this.show(group, this.#visible[group]);
	}

	show(group: FlowGroup, visible: boolean): void {
		this.#visible[group] = visible;
		const crowded = this.#crowded();
		for (const name of Object.keys(this.#groups) as FlowGroup[]) {
			for (const drawn of this.#groups[name]) {
				if (!this.#visible[name] || crowded) drawn.line?.group.remove();
				else {
					drawn.line ??= new FlowLine(this.#map, drawn.course);
					drawn.line.group.addTo(this.#map);
				}
			}
		}
		this.#zoom = undefined;
		this.#laying = undefined;
		this.#lay();
	}

	/** Draws the lines of flows from their start to their end in so many seconds, once the map stands still. */
	grow(ids: ReadonlySet<string>, seconds: number): void {
		const lines = this.#shown().filter(({ course }) => ids.has(course.flow.id));
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
		line?.lay(path.slice(0, Math.max(2, Math.ceil(path.length * eased(share)))));
		line?.point([]);
	}

	bounds(group: FlowGroup): L.LatLngBounds {
		return L.latLngBounds(this.#groups[group].flatMap(({ course }) => [...course.told]));
	}

	#lay(): void {
		if (this.#crowd && this.#crowded()) {
			void this.#layCrowd(this.#crowd);
			return;
		}
		if (this.#runs.length > 0) this.#crowd?.lines([]);
		this.#runs = [];
		const shown = this.#shown();
		if (this.#zoom !== this.#map.getZoom()) this.#run(shown);
		const points: Planar[] = [];
		const heads: Planar[] = [];
		const inView = this.#inView();
		for (const { course, line, run } of shown) {
			const pointing = pointers(course, run).filter(({ at }) => inView(at));
			line?.fadeAlong();
			line?.point(pointing);
			heads.push(...pointing.map(({ at }) => at));
			points.push(...spots(run, STEP).filter(inView));
		}
		this.#labels.keepOff(points, heads);
	}

	/** Lays out a crowd of lines, bit by bit, and paints them; what was painted before stays until then. */
	async #layCrowd(crowd: Crowd): Promise<void> {
		const zoom = this.#map.getZoom();
		if (this.#laying?.zoom === zoom) return;
		if (this.#zoom !== zoom) {
			const laying = { zoom };
			this.#laying = laying;
			const [lanes, slices, runs]: [Lanes, Slices, Run[]] = [new Lanes(), new Slices(), []];
			for (const { course } of this.#shown()) {
				await slices.next();
				if (this.#laying !== laying || this.#map.getZoom() !== zoom) return; // another picture is wanted
				const told = course.told.map((at) => this.#map.project(at));
				const run = lanes.place(told.length > length(told) / ROUGH ? spots(told, ROUGH) : told);
				runs.push({ course, path: spots(run, BEND), arrows: pointers(course, run) });
			}
			this.#runs = runs;
			this.#zoom = zoom;
			this.#laying = undefined;
			crowd.lines(runs);
			await slices.turn();
			if (this.#runs !== runs) return;
		}
		const inView = this.#inView();
		const heads = this.#runs.flatMap((run) => run.arrows.map(({ at }) => at)).filter(inView);
		this.#labels.keepOff(sparse(this.#runs.flatMap(({ path }) => path.filter(inView))), sparse(heads));
	}

	#crowded(): boolean {
		return !!this.#crowd && this.#shown().length > MOST;
	}

	/** Whether a spot is in view or near it, in pixels of the map's zoom. */
	#inView(): (spot: Planar) => boolean {
		const view = this.#map.getPixelBounds();
		const [min, max] = [view.min ?? L.point(0, 0), view.max ?? L.point(0, 0)];
		return ({ x, y }) => x > min.x - BEYOND && x < max.x + BEYOND && y > min.y - BEYOND && y < max.y + BEYOND;
	}

	/** Lets the lines make way for each other at the map's zoom; the route's own choose first. */
	#run(shown: readonly Drawn[]): void {
		this.#zoom = this.#map.getZoom();
		const runs = apart(shown.map(({ course }) => course.told.map((at) => this.#map.project(at))));
		for (const [i, drawn] of shown.entries()) {
			drawn.run = runs[i] ?? [];
			drawn.line?.lay(spots(drawn.run, BEND).map(({ x, y }) => this.#map.unproject([x, y])));
		}
	}

	#shown(): Drawn[] {
		const groups = Object.keys(this.#groups) as FlowGroup[];
		return groups.flatMap((group) => (this.#visible[group] ? this.#groups[group] : []));
	}
}

function pointers({ flow, fading }: Course, run: readonly Planar[]) {
	return arrows(run, SPACING[flow.pane as FlowGroup], fading);
}

/** One spot of those that lie in the same square of a few pixels. */
function sparse(spots: readonly Planar[]): Planar[] {
	const square = ({ x, y }: Planar) => `${Math.floor(x / (2 * STEP))} ${Math.floor(y / (2 * STEP))}`;
	return [...new Map(spots.map((spot) => [square(spot), spot])).values()];
}

/** Slow at both ends. */
function eased(share: number): number {
	return share * share * (3 - 2 * share);
}
