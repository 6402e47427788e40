// Stands in the bundle for what protomaps-leaflet imports and the map never calls: its own styles and the reading of PMTiles
// in the browser. Styles and tiles are ours.
export class PMTiles {}
export function namedFlavor() {
	throw new Error("the bundle has no styles of Protomaps");
}
export function mix() {}
