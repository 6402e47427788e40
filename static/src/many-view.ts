import * as L from "leaflet";
import type { AtlasParts, Overview } from "./atlas.ts";
import { Few } from "./few.ts";
import { westOf } from "./longitudes.ts";
import { Many } from "./many.ts";
import { ManyCard } from "./many-card.ts";
import { beginAt, show } from "./map.ts";
import type { ManySource } from "./page.ts";
import type { Load } from "./status.ts";

/**
 * Shows tiles of the data instead of single features wherever a view has too many of them; each time that something is wanted
 * it asks for its loading to be run. drawn is told whether features are drawn one by one.
 */
export function manyView(
	source: ManySource,
	run: (load: Load, part?: string) => void,
	drawn: (one: boolean) => void,
): (parts: AtlasParts) => Overview {
	return ({ map, page, card, layers, draw }) => {
		const [west, south, last, north] = source.bounds;
		const east = last < west ? last + 360 : last;
		beginAt(map, westOf({ west, east }));
		show(map, L.latLngBounds([south, west], [north, east]), { animate: false });
		const few = new Few(
			map,
			page.addresses.items,
			(load) => run(load, "stops"),
			(features) => {
				draw(features ?? { stops: [], legs: [], movements: [], sites: [] });
				many.conceal(features !== undefined);
				map.getContainer().classList.toggle("is-few", features !== undefined);
				drawn(features !== undefined);
			},
		);
		const many = new Many(source, run, (count, collections) => few.look(count, collections));
		many.show(layers);
		many.addTo(map);
		const list = new ManyCard(source, page);
		map.on("click", ({ containerPoint }) => {
			const sign = many.at(containerPoint);
			if (sign) card.open([list.sign(sign, many.around(containerPoint, sign))]);
			else if (!many.concealed) card.close(); // features that are drawn one by one have their own
		});
		return many;
	};
}
