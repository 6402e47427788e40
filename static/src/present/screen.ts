import { element } from "../page.ts";

/** What lies over the whole screen: the dark of a pause and the spot that points. */
export class Screen {
	readonly #blank: HTMLElement;
	readonly #spot: HTMLElement;

	constructor(wake: () => void) {
		this.#blank = element("[data-blank]");
		this.#spot = element("[data-spotlight]");
		this.#blank.addEventListener("click", wake);
		addEventListener("pointermove", ({ clientX, clientY }) => {
			this.#spot.style.transform = `translate(${clientX}px, ${clientY}px)`;
		});
	}

	get blank(): boolean {
		return !this.#blank.hidden;
	}

	set blank(on: boolean) {
		this.#blank.hidden = !on;
	}

	get pointing(): boolean {
		return !this.#spot.hidden;
	}

	set pointing(on: boolean) {
		this.#spot.hidden = !on;
	}

	/** Fills the screen, or gives it back; false where the browser does not let it. */
	async full(): Promise<boolean> {
		try {
			if (document.fullscreenElement) await document.exitFullscreen();
			else await document.documentElement.requestFullscreen();
			return true;
		} catch {
			return false;
		}
	}
}

/** How far a finger goes for a swipe, in pixels, and how straight. */
const SWIPE = 50;
const STRAIGHT = 1.6;

/** Turns swipes over an element into steps. */
export function onSwipe(node: HTMLElement, swiped: (forward: boolean) => void): void {
	let from: { x: number; y: number; id: number } | undefined;
	node.addEventListener("pointerdown", (event) => {
		from = event.pointerType === "mouse" ? undefined : { x: event.clientX, y: event.clientY, id: event.pointerId };
	});
	node.addEventListener("pointercancel", () => {
		from = undefined;
	});
	node.addEventListener("pointerup", (event) => {
		if (!from || from.id !== event.pointerId) return;
		const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
		from = undefined;
		if (Math.abs(dx) > SWIPE && Math.abs(dx) > STRAIGHT * Math.abs(dy)) swiped(dx < 0);
	});
}
