import * as L from "leaflet";
import { onAppearance } from "./appearance.ts";
import type { Pane } from "./map.ts";
import type { View } from "./tiles.ts";

/** What Leaflet's renderers have and its types leave out: a canvas that moves and scales along while the map zooms. */
interface Inner {
	_container: HTMLCanvasElement;
	_bounds: L.Bounds;
	_update(): void;
	_reset(): void;
	_updateTransform(center: L.LatLng, zoom: number): void;
}
const Renderer = L.Renderer as unknown as new (options: L.RendererOptions) => L.Renderer & Inner;

/** A picture over the map, on a canvas of its own. */
export abstract class Painting extends Renderer {
	readonly #className: string;
	#leave = () => {};

	/** padding is how far it reaches beyond the view, as a share of it. */
	constructor(className: string, pane: Pane, padding: number) {
		super({ pane, padding });
		this.#className = className;
	}

	_initContainer(): void {
		this._container = document.createElement("canvas");
		this._container.className = this.#className;
		this._container.setAttribute("aria-hidden", "true");
	}

	override onAdd(map: L.Map): this {
		super.onAdd(map);
		this.#leave = onAppearance(() => this.repaint());
		return this;
	}

	override onRemove(map: L.Map): this {
		this.#leave();
		return super.onRemove(map);
	}

	_destroyContainer(): void {
		this._container.remove();
	}

	/** Paints all of it anew. */
	protected abstract repaint(): void;

	/** What the canvas holds, in pixels of the map's zoom. */
	protected reach(): View {
		const origin = this._map.getPixelOrigin();
		const low = (this._bounds.min ?? L.point(0, 0)).add(origin);
		const high = (this._bounds.max ?? L.point(0, 0)).add(origin);
		return { zoom: this._map.getZoom(), minX: low.x, minY: low.y, maxX: high.x, maxY: high.y };
	}

	/** Lays the canvas over what it holds and gives it, empty, to be painted in pixels of the map's zoom. */
	protected begin({ minX, minY, maxX, maxY }: View): CanvasRenderingContext2D | null {
		const node = this._container;
		const [width, height] = [maxX - minX, maxY - minY];
		const ratio = window.devicePixelRatio || 1;
		node.width = width * ratio;
		node.height = height * ratio;
		node.style.width = `${width}px`;
		node.style.height = `${height}px`;
		L.DomUtil.setPosition(node, this._bounds.min ?? L.point(0, 0));
		const context = node.getContext("2d");
		context?.scale(ratio, ratio);
		context?.translate(-minX, -minY);
		return context;
	}
}
