// What labels say where they find no room near what they are of: less, before they stand far off.
import { type About, arrange, FAR, type Form, isFar, type Place, rearrange, type Wish } from "./arrange.ts";
import { away, holds, type Spot } from "./boxes.ts";

/** What it costs that a label is its number alone, which the text beside the map explains, or a sign, which nothing does. */
export const [NUMBER, SIGN] = [100, 180];
/** How often names may give way. */
const ROUNDS = 8;

/** A label with all ways to say it. */
export interface Saying extends Omit<Wish, "forms"> {
	readonly whole: Form;
	/** Without how precisely the place is known, where the label says that. */
	readonly brief?: Form | undefined;
	/** Its number or its sign alone; missing where the label is always whole. */
	readonly alone?: Form | undefined;
}

/** Gives each label its place as a whole. */
export function sayAll(sayings: readonly Saying[], about: About): Place[] {
	return arrange(
		sayings.map((saying) => withForms(saying, [saying.whole])),
		about,
	);
}

/**
 * Gives labels their places with fewer words. Those that say how precisely their place is known all go on to, or none does, since a name by
 * which nothing stands would seem to be known better. Before that the others say less, and those whose places lie under the legend.
 */
export function sayLess(sayings: readonly Saying[], about: About): Place[] {
	const isUnder = ({ anchor }: Saying) => about.controls.some((box) => holds(box, anchor));
	const isPrecise = (saying: Saying) => !!saying.brief && !isUnder(saying);
	const others = sayings.map((saying) => withForms(saying, isPrecise(saying) ? [saying.whole] : wholeOrAlone(saying)));
	const places = arrange(others, about);
	if (!places.some(({ faulty }, i) => faulty && isPrecise(sayings[i] as Saying))) {
		return rearrange(others, places, about);
	}
	const all = sayings.map((saying) => withForms(saying, briefOrAlone(saying)));
	return giveWay(all, rearrange(all, arrange(all, about), about), about);
}

/** Makes room for labels that stand too far off though they say their numbers alone: names that are near to where they belong give way. */
function giveWay(wishes: readonly Wish[], places: readonly Place[], about: About): Place[] {
	let [now, settled] = [[...wishes], [...places]];
	for (let round = 0; round < ROUNDS; round++) {
		const inTheWay = settled.flatMap((place) =>
			isFar(place) ? (nearestName(now, settled, place.leader.from) ?? []) : [],
		);
		if (inTheWay.length === 0) break;
		now = now.map((wish, i) => (inTheWay.includes(i) ? { ...wish, forms: wish.forms.slice(-1) } : wish));
		settled = rearrange(now, settled, about);
	}
	return settled;
}

/** The number of the label nearest to a spot that can say less; nothing where none is near. */
function nearestName(wishes: readonly Wish[], places: readonly Place[], spot: Spot): number | undefined {
	let [found, least]: [number | undefined, number] = [undefined, FAR];
	for (const [i, { box, form }] of places.entries()) {
		const far = away(box, spot);
		if (form !== wishes[i]?.forms.at(-1) && far < least) [found, least] = [i, far];
	}
	return found;
}

function wholeOrAlone({ whole, alone }: Saying): Form[] {
	return alone ? [whole, alone] : [whole];
}

function briefOrAlone({ whole, brief, alone }: Saying): Form[] {
	return alone ? [brief ?? whole, alone] : [whole];
}

function withForms({ anchor, mark, keep }: Saying, forms: readonly Form[]): Wish {
	return { anchor, mark, keep, forms };
}
