/** What the reader has said about motion on the page, where that is not what their system says. */
export type MotionWish = "less" | "full";

export function motionWish(text: string | null): MotionWish | undefined {
	return text === "less" || text === "full" ? text : undefined;
}

const REDUCED = "(prefers-reduced-motion: reduce)";

/** Whether a reader wants less motion: what they said on the page, else what their system says. */
export function isLess(wish: MotionWish | undefined): boolean {
	return wish ? wish === "less" : matchMedia(REDUCED).matches;
}

/** Whether things move: as the reader's system asks, unless the page's switch says otherwise. */
export class Motion {
	readonly #system = matchMedia(REDUCED);
	readonly #button: HTMLElement;
	#wish: MotionWish | undefined;

	constructor(button: HTMLElement, changed: (wish: MotionWish | undefined) => void) {
		this.#button = button;
		button.addEventListener("click", () => {
			const less = !this.less;
			changed(less === this.#system.matches ? undefined : less ? "less" : "full");
		});
		this.#system.addEventListener("change", () => this.show(this.#wish));
	}

	get less(): boolean {
		return isLess(this.#wish);
	}

	show(wish: MotionWish | undefined): void {
		this.#wish = wish;
		this.#button.ariaChecked = String(this.less);
	}
}
