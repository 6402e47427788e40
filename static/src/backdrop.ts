import type { FeatureCollection } from "geojson";
import * as L from "leaflet";
import { feature } from "topojson-client";
import type { Topology } from "topojson-specification";
import { COUNTRIES } from "./countries.ts";
import type { Strings } from "./strings.ts";
import { turn } from "./turn.ts";

/** Draws land and borders on a canvas, and again when the colour scheme changes. */
export async function drawBackdrop(map: L.Map, topology: Topology): Promise<void> {
	const renderer = L.canvas({ pane: "backdrop", padding: 0.3 });
	const layerOf = (name: string): L.GeoJSON => {
		const object = topology.objects[name];
		if (!object) throw new Error(`the backdrop has no ${name}`);
		const options = { renderer, interactive: false, pane: "backdrop" };
		return L.geoJSON(feature(topology, object) as unknown as FeatureCollection, options as L.GeoJSONOptions).addTo(map);
	};
	const land = layerOf("land");
	await turn();
	const borders = layerOf("borders");
	const colour = () => {
		const style = getComputedStyle(map.getContainer());
		const of = (name: string) => style.getPropertyValue(name).trim();
		land.setStyle({ fillColor: of("--land"), fillOpacity: 1, color: of("--coast"), weight: 0.8 });
		borders.setStyle({ color: of("--border-line"), weight: 1, fill: false });
	};
	colour();
	matchMedia("(prefers-color-scheme: dark)").addEventListener("change", colour);
	matchMedia("print").addEventListener("change", colour);
}

/** Writes the countries' names for orientation; not every browser has them in every language of ours, so they are texts. */
export function nameCountries(map: L.Map, strings: Strings): void {
	const markers = COUNTRIES.map(([code, lon, lat, zoom]) => ({
		zoom,
		marker: nameAt(strings.text(`country.${code}`), lon, lat),
	}));
	const update = () => {
		for (const { zoom, marker } of markers) {
			if (map.getZoom() >= zoom) marker.addTo(map);
			else marker.remove();
		}
	};
	map.on("zoomend", update);
	update();
}

function nameAt(name: string, lon: number, lat: number): L.Marker {
	const node = document.createElement("span");
	node.textContent = name;
	const icon = L.divIcon({ html: node, className: "country-name", iconSize: [0, 0] });
	return L.marker([lat, lon], { icon, interactive: false, keyboard: false, pane: "countries" });
}
