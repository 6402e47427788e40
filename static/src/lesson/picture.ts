import type { Lesson, Step } from "./kit.ts";

/** What the map shows while a step is told, by the ids of the content. */
export interface Picture {
	readonly stops: ReadonlySet<string>;
	readonly legs: ReadonlySet<string>;
	readonly movements: ReadonlySet<string>;
	readonly sites: ReadonlySet<string>;
	/** The stop that is told of. */
	readonly stop: string | undefined;
	/** The leg that is told of, which is drawn before the eyes of the group. */
	readonly leg: string | undefined;
	/** Whether the whole route is to be in view, not what is told of alone. */
	readonly wide: boolean;
}

/**
 * The picture of a step: what was told up to it, and nothing of what comes, unless the group may look ahead. A step that
 * is no step of the lesson, such as a quiz, shows what was told before it.
 */
export function pictureOf(lesson: Lesson, told: readonly Step[], current: Step | undefined, ahead: boolean): Picture {
	const shown = ahead || current?.kind === "closing" ? lesson.steps : told;
	return {
		stops: new Set(shown.flatMap(({ stop }) => stop ?? [])),
		legs: new Set(shown.flatMap(({ leg }) => leg ?? [])),
		movements: new Set(current?.movements),
		sites: new Set(current?.sites),
		stop: current?.stop,
		leg: current?.leg,
		wide: !current?.stop && !current?.leg && !current?.movements?.length && !current?.sites?.length,
	};
}
