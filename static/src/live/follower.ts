import { element } from "../page.ts";
import { type Connection, Stream } from "./connection.ts";
import type { Followed, State } from "./session.ts";
import { StepMap } from "./step-map.ts";
import { Votes } from "./votes.ts";

/** The page of one who follows: shows the presenter's step, or another that they look at meanwhile. */
export class Follower {
	readonly #followed: Followed;
	readonly #votes: Votes;
	readonly #map: StepMap;
	readonly #steps = [...document.querySelectorAll<HTMLElement>("[data-step-id]")];
	#state: State;
	/** The step that is looked at instead of the presenter's. */
	#own: string | undefined;
	#shown: string | undefined;
	#connection: Connection = "connecting";

	constructor(followed: Followed) {
		this.#followed = followed;
		this.#state = followed.state;
		this.#votes = new Votes(followed);
		this.#map = new StepMap(followed);
	}

	start(): void {
		element("[data-bar]").hidden = false;
		element("[data-return]").addEventListener("click", () => this.#look(undefined));
		this.#button("previous").addEventListener("click", () => this.#go(-1));
		this.#button("next").addEventListener("click", () => this.#go(1));
		this.#show();
		new Stream(
			this.#followed,
			(state) => this.#told(state),
			(connection) => this.#connected(connection),
			(ballot) => this.#votes.give(ballot),
		).start();
		void this.#map.load();
	}

	#told(state: State): void {
		const opened = state.open !== this.#state.open && state.open !== "";
		const turned = state.step !== this.#state.step || state.screen !== this.#state.screen;
		this.#state = state;
		// What may be answered is at the presenter's step; and where the presenter comes to the step that is looked at, both go on together.
		if (opened || state.step === this.#own) this.#own = undefined;
		this.#show();
		if ((turned || opened) && this.#own === undefined) this.#reveal(state);
	}

	/** Brings the part of the step that is told of into view. */
	#reveal({ step, screen }: State): void {
		const node = this.#steps[this.#indexOf(step)];
		const part = screen ? node?.querySelector(`[data-screen="${CSS.escape(screen)}"]`) : undefined;
		if (part) part.scrollIntoView({ block: "start" });
		else scrollTo({ top: 0 });
	}

	#connected(connection: Connection): void {
		if (connection === this.#connection) return;
		this.#connection = connection;
		const line = element("[data-connection]");
		line.dataset.state = connection;
		element("[data-connection-text]", line).textContent = this.#followed.strings.text(`live.connection.${connection}`);
		if (connection === "ended") this.#show(); // a screen that was paused stays dark no longer
	}

	#go(by: number): void {
		const to = this.#indexOf(this.#own ?? this.#state.step) + by;
		const step = this.#steps[to];
		if (step && to <= this.#furthest()) this.#look(step.dataset.stepId);
	}

	/** Looks at a step, or with undefined at the presenter's. */
	#look(step: string | undefined): void {
		this.#own = step === this.#state.step ? undefined : step;
		this.#show();
	}

	/** The position of the last step that may be looked at. */
	#furthest(): number {
		return this.#state.hide_later ? this.#indexOf(this.#state.reached) : this.#steps.length - 1;
	}

	/** Where a step stands; one that the lesson has no longer, since it was imported anew, is taken for the first. */
	#indexOf(step: string): number {
		return Math.max(
			0,
			this.#steps.findIndex((node) => node.dataset.stepId === step),
		);
	}

	#show(): void {
		if (this.#own && this.#indexOf(this.#own) > this.#furthest()) this.#own = undefined;
		const { strings } = this.#followed;
		const at = this.#indexOf(this.#own ?? this.#state.step);
		const id = this.#steps[at]?.dataset.stepId ?? "";
		for (const [i, node] of this.#steps.entries()) node.hidden = i !== at;
		const blank = this.#state.blank && this.#own === undefined && this.#connection !== "ended";
		element("[data-blank]").hidden = !blank;
		element("[data-shown]").hidden = blank;
		element("[data-at]").textContent = strings.text("live.at", { seq: at + 1, total: this.#steps.length });
		const astray = element("[data-astray]");
		astray.hidden = this.#own === undefined;
		element("[data-astray-text]", astray).textContent = strings.text("live.astray", {
			seq: this.#indexOf(this.#state.step) + 1,
		});
		this.#button("previous").ariaDisabled = String(at <= 0);
		this.#button("next").ariaDisabled = String(at >= this.#furthest());
		this.#votes.show(this.#state);
		this.#map.show(id, !this.#state.hide_later);
		if (id !== this.#shown) this.#arrive(id, at);
	}

	/** Says a new step to those who hear the page, and begins at its top; not for the step that the page came with. */
	#arrive(id: string, at: number): void {
		const first = this.#shown === undefined;
		this.#shown = id;
		if (first) return;
		const title = this.#steps[at]?.querySelector("h2")?.textContent ?? "";
		const total = this.#steps.length;
		element("[data-live]").textContent = this.#followed.strings.text("live.said", { seq: at + 1, total, title });
		if (this.#own !== undefined) scrollTo({ top: 0 });
	}

	#button(way: "previous" | "next"): HTMLButtonElement {
		return element<HTMLButtonElement>(`[data-go="${way}"]`);
	}
}
