import * as L from "leaflet";
import type { Topology } from "topojson-specification";
import type { Pane } from "./map.ts";

/** How far beyond the view the canvas reaches, as a share of the view, so that a short move shows no edge. */
const PADDING = 0.3;

interface Paint {
	land: string;
	coast: string;
	border: string;
}

/**
 * Land and borders on one canvas. Positions are projected once, to Web Mercator at zoom 0, and drawn as they are: a map
 * library's own vectors would clip and simplify each of them again for every view.
 */
export class Land extends L.Layer {
	readonly #canvas = document.createElement("canvas");
	readonly #pane: Pane;
	readonly #land: Float64Array[];
	readonly #borders: Float64Array[];
	#paint: Paint;
	#corner: L.LatLng = L.latLng(0, 0);
	#zoom = 0;

	constructor(pane: Pane, topology: Topology, paint: Paint) {
		super();
		this.#pane = pane;
		this.#paint = paint;
		this.#canvas.className = "leaflet-zoom-animated";
		this.#canvas.setAttribute("aria-hidden", "true");
		const arcs = topology.arcs.map((arc) => project(arc, topology));
		this.#land = lines(topology, "land").map((ring) => join(arcs, ring));
		this.#borders = lines(topology, "borders").map((line) => join(arcs, line));
	}

	override onAdd(map: L.Map): this {
		map.getPane(this.#pane)?.append(this.#canvas);
		this.#draw();
		return this;
	}

	override onRemove(): this {
		this.#canvas.remove();
		return this;
	}

	override getEvents(): { [name: string]: L.LeafletEventHandlerFn } {
		const draw = () => this.#draw();
		const follow = (event: L.LeafletEvent) => this.#follow(event as L.ZoomAnimEvent);
		return { moveend: draw, resize: draw, zoomanim: follow };
	}

	/** Draws anew in other colours. */
	recolour(paint: Paint): void {
		this.#paint = paint;
		this.#draw();
	}

	#draw(): void {
		const map = this._map;
		const pad = map.getSize().multiplyBy(PADDING).round();
		const size = map.getSize().add(pad.multiplyBy(2));
		const origin = map.containerPointToLayerPoint(L.point(0, 0)).subtract(pad);
		this.#zoom = map.getZoom();
		this.#corner = map.layerPointToLatLng(origin);
		const ratio = window.devicePixelRatio || 1;
		this.#canvas.width = size.x * ratio;
		this.#canvas.height = size.y * ratio;
		this.#canvas.style.width = `${size.x}px`;
		this.#canvas.style.height = `${size.y}px`;
		L.DomUtil.setTransform(this.#canvas, origin, 1);
		const context = this.#canvas.getContext("2d");
		if (!context) return;
		const scale = 2 ** this.#zoom;
		const at = origin.add(map.getPixelOrigin());
		const trace = (list: readonly Float64Array[]) => path(list, scale, at);
		context.scale(ratio, ratio);
		context.lineJoin = "round";
		const land = trace(this.#land);
		context.fillStyle = this.#paint.land;
		context.fill(land, "evenodd");
		context.lineWidth = 0.8;
		context.strokeStyle = this.#paint.coast;
		context.stroke(land);
		context.lineWidth = 1;
		context.strokeStyle = this.#paint.border;
		context.stroke(trace(this.#borders));
	}

	/** Moves and scales the picture along while the map zooms; the drawing itself follows at the end. */
	#follow({ center, zoom }: L.ZoomAnimEvent): void {
		const map = this._map;
		const pane = map.getPane("mapPane");
		const moved = pane ? L.DomUtil.getPosition(pane) : L.point(0, 0);
		const origin = map.project(center, zoom).subtract(map.getSize().divideBy(2)).add(moved).round();
		const corner = map.project(this.#corner, zoom).subtract(origin);
		L.DomUtil.setTransform(this.#canvas, corner, map.getZoomScale(zoom, this.#zoom));
	}
}

/** The arcs of an object's rings or lines. */
function lines(topology: Topology, name: string): number[][] {
	const object = topology.objects[name];
	if (object?.type === "MultiPolygon") return object.arcs.flat();
	if (object?.type === "MultiLineString") return object.arcs;
	throw new Error(`the backdrop has no ${name}`);
}

/** Decodes an arc and projects it to pixels of zoom 0: x, y, x, y… */
function project(arc: readonly number[][], { transform }: Topology): Float64Array {
	if (!transform) throw new Error("the backdrop is not quantised");
	const out = new Float64Array(arc.length * 2);
	let x = 0;
	let y = 0;
	for (const [i, [dx = 0, dy = 0]] of arc.entries()) {
		x += dx;
		y += dy;
		const lon = x * transform.scale[0] + transform.translate[0];
		const lat = y * transform.scale[1] + transform.translate[1];
		const sin = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
		out[2 * i] = 256 * (lon / 360 + 0.5);
		out[2 * i + 1] = 256 * (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI));
	}
	return out;
}

/** Joins arcs to one line; a negative number is an arc read backwards. */
function join(arcs: readonly Float64Array[], numbers: readonly number[]): Float64Array {
	const out: number[] = [];
	for (const number of numbers) {
		const arc = arcs[number < 0 ? ~number : number] ?? new Float64Array();
		const last = arc.length - 2;
		for (let i = out.length > 0 ? 2 : 0; i <= last; i += 2) {
			const at = number < 0 ? last - i : i;
			out.push(arc[at] as number, arc[at + 1] as number);
		}
	}
	return Float64Array.from(out);
}

/** Traces lines at a scale; positions closer than half a pixel to the one before are passed over. */
function path(list: readonly Float64Array[], scale: number, origin: L.Point): Path2D {
	const out = new Path2D();
	for (const line of list) {
		let x = Number.POSITIVE_INFINITY;
		let y = 0;
		for (let i = 0; i < line.length; i += 2) {
			const nx = (line[i] as number) * scale - origin.x;
			const ny = (line[i + 1] as number) * scale - origin.y;
			if (i === 0) out.moveTo(nx, ny);
			else if (Math.abs(nx - x) + Math.abs(ny - y) < 0.5 && i < line.length - 2) continue;
			else out.lineTo(nx, ny);
			x = nx;
			y = ny;
		}
	}
	return out;
}
