import * as L from "leaflet";
import { area, hatchOf } from "./areas.ts";
import { pointerOnly, rendererOf } from "./map.ts";
import { border } from "./stops.ts";
import type { Strings } from "./strings.ts";
import { isArea, isPoint, isSpot, type PlaceFeature } from "./types.ts";

/** Draws places as precisely as they are known: areas as areas, borders as borders, towns as rings. Each says its name. */
export function drawPlaces(map: L.Map, features: readonly PlaceFeature[], strings: Strings): void {
	for (const feature of features) {
		const shape = shapeOf(map, feature);
		shape.bindTooltip(tip(feature, strings), { className: "map-tip", sticky: true });
		shape.addTo(map);
		shape.eachLayer((part) => part instanceof L.Path && pointerOnly(part));
	}
}

function shapeOf(map: L.Map, { geometry, properties }: PlaceFeature): L.FeatureGroup {
	const nothing = () => {};
	if (isArea(geometry)) {
		return area(map, geometry, {
			pane: "areas",
			className: "area",
			hatch: hatchOf(properties.precision),
			onClick: nothing,
		});
	}
	if (!isPoint(geometry)) return border(map, geometry, nothing);
	if (!isSpot(properties.precision)) return L.featureGroup();
	const [lon = 0, lat = 0] = geometry.coordinates;
	const renderer = rendererOf(map, "areas");
	return L.featureGroup([L.circleMarker([lat, lon], { pane: "areas", renderer, radius: 5, className: "place-point" })]);
}

function tip({ properties }: PlaceFeature, strings: Strings): HTMLElement {
	const name = document.createElement("strong");
	name.textContent = properties.title;
	const precision = document.createElement("span");
	precision.textContent = strings.term("precision", properties.precision);
	const node = document.createElement("div");
	node.append(name, precision);
	return node;
}
