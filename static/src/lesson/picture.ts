import type { Order, Step } from "./kit.ts";

/** What the map shows while a step is told, by the ids of the content. */
export interface Picture {
	readonly stops: ReadonlySet<string>;
	readonly legs: ReadonlySet<string>;
	readonly movements: ReadonlySet<string>;
	readonly sites: ReadonlySet<string>;
	/** The stop that is told of. */
	readonly stop: string | undefined;
	/** The leg that is told of; where none is, the map keeps to the stop. */
	readonly leg: string | undefined;
	/** The stop that is reached, which the map keeps to where the leg is not drawn: one of its ends may be of unknown place. */
	readonly goal: string | undefined;
	/** Whether the whole route is to be in view, not what is told of alone. */
	readonly wide: boolean;
}

/**
 * The picture of a step: the route as far as it was told, and nothing of what comes, unless the group may look ahead. A
 * step may tell of several stops at once; so the way to it is shown whole. A screen that is no step of the lesson, such as
 * a question of the quiz, shows what was told before it.
 */
export function pictureOf(order: Order, told: readonly Step[], current: Step | undefined, ahead: boolean): Picture {
	const whole = ahead || current?.kind === "closing";
	const reached = Math.max(-1, ...told.map((step) => order.stops.indexOf(goalOf(step, order) ?? "")));
	const stops = new Set(whole ? order.stops : order.stops.slice(0, reached + 1));
	return {
		stops,
		legs: new Set(order.legs.filter(({ to }) => stops.has(to)).map(({ id }) => id)),
		movements: new Set(current?.movements),
		sites: new Set(current?.sites),
		stop: current?.stop,
		leg: current?.leg,
		goal: current && goalOf(current, order),
		wide: !current?.stop && !current?.leg && !current?.movements?.length && !current?.sites?.length,
	};
}

/** The stop that a step reaches. */
function goalOf({ stop, leg }: Step, order: Order): string | undefined {
	return stop ?? order.legs.find(({ id }) => id === leg)?.to;
}
