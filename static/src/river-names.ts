import Point from "@mapbox/point-geometry";
import type { Bbox, Feature, Label, LabelSymbolizer, Layout } from "protomaps-leaflet";

export interface RiverLook {
	readonly text: (feature: Feature) => string | undefined;
	readonly font: string;
	readonly fill: string;
	readonly halo: string;
}

/** How far a river may wind away from under its name, in pixels. */
const WINDING = 9;
/** How far apart the places are that are tried, in pixels. */
const STEP = 24;
/** A name is not written twice within this, in pixels. */
const AGAIN = 420;
/** The side of the boxes that a slanting name takes, in pixels. */
const CELL = 13;

interface Stretch {
	readonly from: Point;
	readonly to: Point;
	readonly winding: number;
}

/** Writes a river's name along it, where it runs straightest; rivers wind too much for the rules made for streets. */
export class RiverName implements LabelSymbolizer {
	readonly #look: RiverLook;

	constructor(look: RiverLook) {
		this.#look = look;
	}

	place(layout: Layout, lines: Point[][], feature: Feature): Label[] | undefined {
		const name = this.#look.text(feature);
		if (!name) return undefined;
		layout.scratch.font = this.#look.font;
		const width = layout.scratch.measureText(name).width;
		const best = lines
			.flatMap((line) => stretches(line, width + 8))
			.sort((a, b) => a.winding - b.winding)
			.find(
				(stretch) => stretch.winding <= WINDING && !layout.index.labelCollides(this.#label(name, width, stretch), 99),
			);
		return best && [this.#label(name, width, best)];
	}

	#label(name: string, width: number, { from, to }: Stretch): Label {
		const middle = from.add(to)._div(2);
		const angle = Math.atan2(to.y - from.y, to.x - from.x);
		const upright = Math.abs(angle) > Math.PI / 2 ? angle + Math.PI : angle;
		const along = new Point(Math.cos(upright), Math.sin(upright));
		const bboxes: Bbox[] = [];
		for (let at = -width / 2; at <= width / 2; at += CELL * 0.8) {
			const { x, y } = middle.add(along.mult(at));
			bboxes.push({ minX: x - CELL / 2, minY: y - CELL / 2, maxX: x + CELL / 2, maxY: y + CELL / 2 });
		}
		const { font, fill, halo } = this.#look;
		const draw = (context: CanvasRenderingContext2D) => {
			context.rotate(upright);
			context.font = font;
			context.textAlign = "center";
			context.textBaseline = "middle";
			context.lineJoin = "round";
			context.lineWidth = 3;
			context.strokeStyle = halo;
			context.strokeText(name, 0, 0);
			context.fillStyle = fill;
			context.fillText(name, 0, 0);
		};
		return { anchor: middle, bboxes, draw, deduplicationKey: name, deduplicationDistance: AGAIN };
	}
}

/** The stretches of a line that are as long as a name, each with how far the line leaves its chord. */
export function stretches(line: readonly Point[], length: number): Stretch[] {
	const found: Stretch[] = [];
	let walked = STEP;
	for (let i = 0; i < line.length - 1; i++) {
		const from = line[i] as Point;
		walked += i > 0 ? from.dist(line[i - 1] as Point) : 0;
		if (walked < STEP) continue;
		const end = line.findIndex((point, j) => j > i && point.dist(from) >= length);
		if (end < 0) break;
		walked = 0;
		const to = line[end] as Point;
		const chord = to.sub(from);
		const across = chord.unit()._perp();
		const winding = Math.max(...line.slice(i, end).map((point) => Math.abs(dot(point.sub(from), across))));
		found.push({ from, to: from.add(chord.unit()._mult(length)), winding });
	}
	return found;
}

function dot(a: Point, b: Point): number {
	return a.x * b.x + a.y * b.y;
}
