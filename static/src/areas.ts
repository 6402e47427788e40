import type { Geometry } from "geojson";
import * as L from "leaflet";
import { type Pane, rendererOf } from "./map.ts";

/** The hatch of a precision: the coarser the place, the wider it stands; each runs in its own way. */
export function hatchOf(precision: string): string {
	if (precision === "region" || precision === "unknown") return "region";
	if (precision === "country") return "country";
	return precision === "province" ? "province" : "prefecture";
}

interface AreaOptions {
	pane: Pane;
	className: string;
	/** The id of the pattern that fills it; none for a light tone alone. */
	hatch?: string;
	onClick?: () => void;
}

/** An area as a soft tone with a hatch over it: somewhere in here, and no spot meant. */
export function area(map: L.Map, geometry: Geometry, { pane, className, hatch, onClick }: AreaOptions): L.FeatureGroup {
	const base = { pane, renderer: rendererOf(map, pane), smoothFactor: 0.8, noClip: true };
	const tone = L.geoJSON(geometry, {
		...base,
		interactive: !!onClick,
		style: { className: `${className} tone` },
	} as L.GeoJSONOptions);
	const group = L.featureGroup([tone]);
	if (hatch) {
		const style = { className: `${className} hatched`, fillColor: `url(#hatch-${hatch})`, fillOpacity: 1 };
		group.addLayer(L.geoJSON(geometry, { ...base, interactive: false, style } as L.GeoJSONOptions));
	}
	if (onClick) tone.on("click", onClick);
	return group;
}

/** The thin outline of a part of an area. */
export function partLine(map: L.Map, part: Geometry, pane: Pane, className: string): L.Layer {
	const options = { pane, renderer: rendererOf(map, pane), interactive: false, smoothFactor: 1.2, noClip: true };
	return L.geoJSON(part, { ...options, style: { className, fill: false } } as L.GeoJSONOptions);
}

/** Puts a class on every path of a group, or takes it away. */
export function mark(layer: L.Layer, className: string, on: boolean): void {
	if (layer instanceof L.LayerGroup) layer.eachLayer((inner) => mark(inner, className, on));
	else if (layer instanceof L.Path) layer.getElement()?.classList.toggle(className, on);
}
