import * as L from "leaflet";
import type { Topology } from "topojson-specification";
import { COUNTRIES } from "./countries.ts";
import { Land } from "./land.ts";
import type { Strings } from "./strings.ts";

/** Draws land and borders, and again when the colour scheme changes. */
export function drawBackdrop(map: L.Map, topology: Topology): void {
	const paint = () => {
		const style = getComputedStyle(map.getContainer());
		const of = (name: string) => style.getPropertyValue(name).trim();
		return { land: of("--land"), coast: of("--coast"), border: of("--border-line") };
	};
	const land = new Land("backdrop", topology, paint()).addTo(map);
	for (const media of ["(prefers-color-scheme: dark)", "print"]) {
		matchMedia(media).addEventListener("change", () => land.recolour(paint()));
	}
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
