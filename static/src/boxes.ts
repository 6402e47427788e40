// Boxes, spots and the straight lines between them. All in pixels.

export interface Spot {
	readonly x: number;
	readonly y: number;
}

export interface Box {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

export interface Size {
	readonly width: number;
	readonly height: number;
}

/** A straight line between two spots. */
export interface Segment {
	readonly from: Spot;
	readonly to: Spot;
}

/** The box of a size whose centre is so far from a spot. */
export function boxAt({ x, y }: Spot, { width, height }: Size, offset: Spot): Box {
	const [left, top] = [x + offset.x - width / 2, y + offset.y - height / 2];
	return { left, top, right: left + width, bottom: top + height };
}

/** The box that reaches so far from a spot. */
export function around({ x, y }: Spot, by: number): Box {
	return { left: x - by, top: y - by, right: x + by, bottom: y + by };
}

export function grow(box: Box, by: number): Box {
	return { left: box.left - by, top: box.top - by, right: box.right + by, bottom: box.bottom + by };
}

export function areaOf({ left, top, right, bottom }: Box): number {
	return Math.max(1, (right - left) * (bottom - top));
}

export function overlap(a: Box, b: Box): number {
	const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
	const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
	return width > 0 && height > 0 ? width * height : 0;
}

export function isWithin(box: Box, { left, top, right, bottom }: Box): boolean {
	return box.left >= left && box.right <= right && box.top >= top && box.bottom <= bottom;
}

export function holds(box: Box, { x, y }: Spot): boolean {
	return x > box.left && x < box.right && y > box.top && y < box.bottom;
}

/** How far a box is from a spot. */
export function away(box: Box, { x, y }: Spot): number {
	return Math.hypot(Math.max(0, box.left - x, x - box.right), Math.max(0, box.top - y, y - box.bottom));
}

export function lengthOf({ from, to }: Segment): number {
	return Math.hypot(to.x - from.x, to.y - from.y);
}

/** Whether two lines cross; those that begin at the same spot do not. */
export function cross(a: Segment, b: Segment): boolean {
	return (
		side(a, b.from.x, b.from.y) * side(a, b.to.x, b.to.y) < 0 &&
		side(b, a.from.x, a.from.y) * side(b, a.to.x, a.to.y) < 0
	);
}

/** Whether a line runs through a box or ends in it. */
export function runsThrough(line: Segment, box: Box): boolean {
	const { from, to } = line;
	const { left, top, right, bottom } = box;
	if ((from.x <= left && to.x <= left) || (from.x >= right && to.x >= right)) return false;
	if ((from.y <= top && to.y <= top) || (from.y >= bottom && to.y >= bottom)) return false;
	// It comes across the box's stretch both ways, so it misses the box only where all corners are on one side.
	const [a, b] = [side(line, left, top), side(line, right, bottom)];
	const [c, d] = [side(line, left, bottom), side(line, right, top)];
	return Math.min(a, b, c, d) < 0 && Math.max(a, b, c, d) > 0;
}

/** On which side of a line a spot lies: positive, negative, or 0 upon it. */
function side({ from, to }: Segment, x: number, y: number): number {
	return (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x);
}

/** How far the near edge of a box lies from a spot, on the way to its centre, which is so far off; nothing where the box is upon it. */
export function toEdge({ x, y }: Spot, { width, height }: Size): Spot {
	const scale = Math.max(Math.abs(x) / (width / 2), Math.abs(y) / (height / 2));
	const near = scale > 1 ? 1 - 1 / scale : 0;
	return { x: x * near, y: y * near };
}
