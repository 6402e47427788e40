import { json } from "../api.ts";
import { passScrolling } from "../gestures.ts";
import type { Kit } from "../lesson/kit.ts";
import { pictureOf } from "../lesson/picture.ts";
import { Stage } from "../lesson/stage.ts";
import { Language } from "../lesson/wording.ts";
import { Motion } from "../motion.ts";
import { element } from "../page.ts";
import { addressOf, type Followed } from "./session.ts";

/** How long loading may take: a request that hangs keeps a connection from the stream. */
const LOADING = 10_000;
/** When to try again to load the map, in milliseconds. */
const AGAIN = 3000;

/** The small map of a follower: it stands in the step that is read and shows what the presenter's map shows. */
export class StepMap {
	readonly #followed: Followed;
	readonly #figure = element("[data-map]");
	#stage: Stage | undefined;
	#kit: Kit | undefined;
	readonly #page = element("[data-shown]");
	#step = "";
	#ahead = false;
	/** What the map shows. */
	#drawn = "";

	constructor(followed: Followed) {
		this.#followed = followed;
	}

	/** Loads the map after the words; without a network it tries until there is one. */
	async load(): Promise<void> {
		const lang = document.documentElement.lang;
		try {
			this.#kit = await json<Kit>(
				`${addressOf(this.#followed, "lesson.json")}&lang=${lang}`,
				AbortSignal.timeout(LOADING),
			);
		} catch {
			window.setTimeout(() => void this.load(), AGAIN);
			return;
		}
		this.show(this.#step, this.#ahead);
	}

	/** Shows a step's picture; beyond it nothing that comes later, unless one may look ahead. */
	show(step: string, ahead: boolean): void {
		[this.#step, this.#ahead] = [step, ahead];
		const kit = this.#kit;
		if (!kit || this.#page.hidden) return; // a map that nobody sees has no size
		const drawn = `${step} ${ahead}`;
		if (drawn === this.#drawn)
			this.#stage?.map.invalidateSize({ animate: false }); // the phone may have been turned
		else this.#draw(kit, step, ahead);
		this.#drawn = drawn;
	}

	#draw(kit: Kit, step: string, ahead: boolean): void {
		const { steps } = kit.lesson;
		const at = steps.findIndex(({ id }) => id === step);
		const place = document.querySelector(`[data-step-id="${CSS.escape(step)}"] [data-map-here]`);
		this.#figure.hidden = at < 0 || !place;
		if (!place || at < 0) return;
		if (this.#figure.parentElement !== place) place.append(this.#figure);
		const first = this.#stage === undefined;
		const stage = this.#stage ?? this.#make(kit);
		this.#stage = stage;
		stage.map.invalidateSize({ animate: false });
		stage.show(pictureOf(kit.route, steps.slice(0, at + 1), steps[at], ahead), { animate: !first });
		element("[data-map-return]").hidden = true;
	}

	#make(kit: Kit): Stage {
		const motion = new Motion(element("[data-motion]"), (wish) => motion.show(wish));
		motion.show(undefined);
		const language = new Language(kit, document.documentElement.lang);
		const covered = { left: -24, top: -16, right: -24, bottom: -24 };
		const stage = new Stage(element("#map"), kit, language, motion, () => covered);
		const { strings } = language;
		const hints = { touch: strings.text("map.gesture"), wheel: strings.text("map.wheel") };
		passScrolling(stage.map, element("[data-hint]"), hints, () => false);
		const back = element("[data-map-return]");
		stage.onStray(() => {
			back.hidden = false;
		});
		back.addEventListener("click", () => {
			back.hidden = true;
			stage.comeBack();
		});
		return stage;
	}
}
