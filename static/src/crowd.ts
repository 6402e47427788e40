import * as L from "leaflet";
import { type Brush, Brushes } from "./brushes.ts";
import { type Fade, fade, type Planar } from "./curve.ts";
import { BAND, bandOf, type Course, headOf } from "./flow.ts";
import type { Label } from "./labels.ts";
import type { Arrow } from "./lanes.ts";
import { distance } from "./nearby.ts";
import { Painting } from "./painting.ts";

/** How far from a line or a ring a choice may be, in pixels. */
const REACH = 9;
/** How far beyond the view is painted, as a share of it, so that a short move needs nothing new. */
const AROUND = 0.25;

/** A line where it runs, in pixels of the zoom that it was laid out for. */
export interface Run {
	readonly course: Course;
	readonly path: readonly Planar[];
	readonly arrows: readonly Arrow[];
}

interface Laid extends Run {
	readonly box: L.Bounds;
}

/** Lines and rings on one canvas, where they are too many for elements of their own; they look as those do. */
export class Crowd extends Painting {
	#lines: readonly Laid[] = [];
	#zoom = 0;
	#labels: readonly Label[] = [];
	#painted: L.LatLngBounds | undefined;
	#brushes: Brushes | undefined;
	#tip: L.Tooltip | undefined;

	constructor() {
		super("crowd", "legs", AROUND);
	}

	override onAdd(map: L.Map): this {
		super.onAdd(map);
		map.on("resize", () => this.repaint());
		map.on("mousemove", (event) => this.#hover(event));
		map.on("mouseout", () => this.#hover(undefined));
		map.on("click", (event) => this.#choose(event));
		return this;
	}

	/** Shows these lines, laid out for the map's zoom, in place of the former ones. */
	lines(runs: readonly Run[]): void {
		this.#zoom = this._map.getZoom();
		const box = ({ path }: Run) => L.bounds(path.map(({ x, y }) => L.point(x, y)));
		const order = ({ course }: Run) => Number(course.flow.pane === "legs");
		this.#lines = [...runs].sort((a, b) => order(a) - order(b)).map((run) => ({ ...run, box: box(run) }));
		this.repaint();
	}

	/** Shows the rings and squares of labels that have no room. */
	spots(labels: readonly Label[]): void {
		if (labels.length === 0 && this.#labels.length === 0) return;
		this.#labels = labels;
		this.repaint();
	}

	/** What was painted stays while it covers the view, and until lines are laid out for another zoom. */
	override _update(): void {
		const there = this.#painted?.contains(this._map.getBounds()) && this.#zoom === this._map.getZoom();
		if (there || (this.#lines.length > 0 && this.#zoom !== this._map.getZoom())) return;
		this.repaint();
	}

	override _reset(): void {
		this._update();
		this._updateTransform(this._map.getCenter(), this._map.getZoom());
	}

	protected override repaint(): void {
		if (!this._map || (this.#lines.length > 0 && this.#zoom !== this._map.getZoom())) return;
		super._update();
		this._updateTransform(this._map.getCenter(), this._map.getZoom());
		this._container.hidden = this.#lines.length === 0 && this.#labels.length === 0;
		this._container.dataset.lines = String(this.#lines.length);
		this._container.dataset.spots = String(this.#labels.length);
		this.#painted = undefined;
		if (this._container.hidden) return;
		this.#zoom = this._map.getZoom();
		this.#painted = this._map.getBounds().pad(AROUND - 0.01);
		const view = this.reach();
		const context = this.begin(view);
		if (!context) return;
		this.#brushes = new Brushes(this._map.getContainer());
		const frame = L.bounds([view.minX - 12, view.minY - 12], [view.maxX + 12, view.maxY + 12]);
		const lines = this.#lines.filter(({ box }) => box.isValid() && box.intersects(frame));
		for (const pane of ["movements", "legs"]) {
			const own = lines.filter(({ course }) => course.flow.pane === pane);
			for (const line of own) this.#line(context, line);
			for (const line of own) this.#heads(context, line, frame);
		}
		for (const label of this.#labels) this.#spot(context, label);
	}

	#line(context: CanvasRenderingContext2D, { course, path }: Laid): void {
		const { flow, told, fading } = course;
		const brush = this.#brush(flow.kind);
		const at = (spot: L.LatLng) => this._map.project(spot, this.#zoom);
		const [first, last] = [at(told[0] as L.LatLng), at(told.at(-1) as L.LatLng)];
		const paint = (colour: string, stops: readonly Fade[]) => {
			const gradient = context.createLinearGradient(first.x, first.y, last.x, last.y);
			for (const [offset, share] of stops) gradient.addColorStop(offset, faint(colour, share));
			return gradient;
		};
		if (flow.broad) {
			context.fillStyle = paint(brush.line.colour, BAND);
			trace(context, bandOf(told).map(at));
			context.fill();
		}
		trace(context, path);
		for (const { colour, width, dash } of [brush.casing, brush.line]) {
			const fades = fading.start || fading.end;
			context.strokeStyle = fades ? paint(colour, fade(fading.start, fading.end)) : colour;
			context.lineWidth = width;
			context.setLineDash(dash);
			context.stroke();
		}
		context.setLineDash([]);
	}

	#heads(context: CanvasRenderingContext2D, { course, arrows }: Laid, frame: L.Bounds): void {
		const { halo, head, size: square } = this.#brush(course.flow.kind);
		const form = new Path2D(headOf(course.flow.hollow));
		context.lineJoin = "round";
		for (const { at, degrees, size } of arrows) {
			if (!frame.contains([at.x, at.y])) continue;
			context.save();
			context.translate(at.x, at.y);
			context.scale((size * square) / 16, (size * square) / 16);
			context.rotate((degrees * Math.PI) / 180);
			for (const { fill, stroke, width } of [halo, head]) {
				context.fillStyle = fill;
				context.fill(form);
				if (stroke === "none") continue;
				context.strokeStyle = stroke;
				context.lineWidth = width;
				context.stroke(form);
			}
			context.restore();
		}
		context.lineJoin = "miter";
	}

	#spot(context: CanvasRenderingContext2D, { at, spot, square }: Label): void {
		if (!spot && !square) return;
		const { x, y } = this._map.project(at, this._map.getZoom());
		const { fill, stroke, width } = (this.#brushes as Brushes)[spot ? "ring" : "square"];
		context.beginPath();
		if (spot) context.arc(x, y, 6, 0, 2 * Math.PI);
		else context.rect(x - 5, y - 5, 10, 10);
		context.fillStyle = fill;
		context.fill();
		context.strokeStyle = stroke;
		context.lineWidth = width;
		context.stroke();
	}

	#brush(kind: string): Brush {
		return (this.#brushes as Brushes).of(kind);
	}

	/** The label whose ring a spot of the map is on. */
	#labelAt(spot: L.Point): Label | undefined {
		const near = ({ at }: Label) => this._map.latLngToContainerPoint(at).distanceTo(spot) <= REACH;
		return this.#labels.filter((label) => label.spot || label.square).findLast(near);
	}

	#lineAt(spot: L.Point): Laid | undefined {
		if (this.#zoom !== this._map.getZoom()) return undefined;
		const at = spot.add(this._map.getPixelBounds().min ?? L.point(0, 0));
		const around = L.bounds(at.subtract([REACH, REACH]), at.add([REACH, REACH]));
		return this.#lines.findLast(({ box, path }) => box.intersects(around) && distance(at, path) <= REACH);
	}

	#hover(event: L.LeafletMouseEvent | undefined): void {
		const open = event && onMap(event) ? event : undefined;
		const label = open && this.#labelAt(open.containerPoint);
		const line = label || !open ? undefined : this.#lineAt(open.containerPoint);
		this._map.getContainer().classList.toggle("is-choice", !!label || !!line?.course.flow.onClick);
		const content = label ? named(label) : line?.course.flow.tooltip();
		this.#tip?.remove();
		this.#tip = undefined;
		if (!content || !open) return;
		const options = { className: "map-tip", opacity: 1, direction: "auto" as const };
		this.#tip = L.tooltip(options).setContent(content).setLatLng(open.latlng).addTo(this._map);
	}

	#choose(event: L.LeafletMouseEvent): void {
		if (!onMap(event)) return;
		const label = this.#labelAt(event.containerPoint);
		if (label) label.node.click();
		else {
			this.#hover(event);
			this.#lineAt(event.containerPoint)?.course.flow.onClick?.();
		}
	}
}

/** Whether an event is of the map itself and not of what stands on it. */
function onMap({ originalEvent }: L.LeafletMouseEvent): boolean {
	return !(originalEvent.target as Element | null)?.closest(".map-label, .leaflet-control");
}

function named({ names }: Label): HTMLElement {
	const name = document.createElement("strong");
	name.textContent = names?.[0] ?? "";
	return name;
}

function trace(context: CanvasRenderingContext2D, path: readonly Planar[]): void {
	context.beginPath();
	for (const [i, { x, y }] of path.entries()) i ? context.lineTo(x, y) : context.moveTo(x, y);
}

/** A colour as a style has it, made transparent. Canvases of older phones know no color-mix(). */
function faint(colour: string, share: number): string {
	if (share === 1) return colour;
	const parts = /^rgb\(([\d., ]+)\)$/.exec(colour)?.[1];
	return parts ? `rgba(${parts}, ${share})` : `color-mix(in srgb, ${colour} ${share * 100}%, transparent)`;
}
