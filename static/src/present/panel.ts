import { BEFORE, type Beat, textsOf } from "../lesson/beats.ts";
import type { Kit } from "../lesson/kit.ts";
import { made, say, worded } from "../lesson/say.ts";
import type { Language, Wording } from "../lesson/wording.ts";
import type { Tally } from "./audience.ts";
import { markOf } from "./says.ts";

/** How small the words may become so that a long text fits, as a share of their size. */
const SMALLEST = 0.62;
const STEP = 0.04;

/** The words of a screen, in type that the last row can read. */
export class Panel {
	readonly #node: HTMLElement;
	readonly #kit: Kit;
	readonly #askVotes: () => void;

	/** Whoever wants to see the votes asks for it with what is given. */
	constructor(node: HTMLElement, kit: Kit, askVotes: () => void) {
		this.#node = node;
		this.#kit = kit;
		this.#askVotes = askVotes;
		addEventListener("resize", () => this.#fit());
		document.fonts.addEventListener("loadingdone", () => this.#fit());
	}

	get node(): HTMLElement {
		return this.#node;
	}

	/**
	 * Shows a screen, with the answers of an audience where there is one: how many there are, and, where the votes are open or
	 * the right answer is shown, who chose what.
	 */
	show(beat: Beat, language: Language, tally: Tally | undefined, open: boolean, followers: number): void {
		this.#node.dataset.face = beat.face;
		const shown = open || beat.face === "answer" ? tally : undefined;
		const nodes = beat.question ? this.#quiz(beat, language, shown) : this.#step(beat, language);
		const mark = markOf(language.least(textsOf(beat)), language);
		if (mark) nodes.push(made("p", "panel-mark mark", mark));
		if (beat.face === "decide" && tally) nodes.push(this.#chosen(tally, shown, language));
		if (tally?.votes) nodes.push(this.#counted(tally, !shown, language));
		this.#node.replaceChildren(...nodes);
		this.follow(followers, language);
		this.#fit();
	}

	#step({ told, face }: Beat, language: Language): HTMLElement[] {
		if (!told) return [];
		const { strings } = language;
		const title = language.say(told.title);
		if (face === "tell") {
			const nodes: HTMLElement[] = [
				worded("h1", "panel-title", title),
				say(made("div", "panel-words"), language.say(told.narration)),
			];
			if (told.means?.length) nodes.push(this.#facts(strings.text("fact.means"), "means", told.means, language));
			if (told.kind === "closing") nodes.push(sourcesOf(this.#kit, language));
			return nodes;
		}
		const head = worded("p", "panel-step", title);
		if (face === "notice") {
			const nodes: HTMLElement[] = [head, made("h1", "panel-title", strings.text("lesson.noticing"))];
			nodes.push(say(made("div", "panel-words"), language.say(told.noticing)));
			return nodes;
		}
		if (face === "protect") {
			const part = (key: string, text: Wording) => [
				made("h1", "panel-title", strings.text(key)),
				say(made("div", "panel-words"), text),
			];
			return [
				head,
				...(told.protects ? part("lesson.protects", language.say(told.protects)) : []),
				...(told.help ? part("lesson.help", language.say(told.help)) : []),
			];
		}
		if (face === "ask") {
			const list = made("ol", "panel-questions");
			for (const question of told.questions ?? []) list.append(say(made("li", ""), language.say(question)));
			return [head, made("h1", "panel-title", strings.text("lesson.questions")), list];
		}
		const words = say(made("div", "panel-words"), language.say(told.decision));
		return [head, made("h1", "panel-title", strings.text("lesson.decision")), words];
	}

	#quiz({ question, face, step }: Beat, language: Language, tally?: Tally): HTMLElement[] {
		if (!question) return [];
		const number = (this.#kit.lesson.quiz ?? []).indexOf(question) + 1;
		const count = this.#kit.lesson.quiz?.length ?? 0;
		const at = { number, count };
		const when = language.strings.text(step === BEFORE ? "quiz.before" : "quiz.after", at);
		const list = made("ol", "panel-answers");
		for (const answer of question.answers) {
			const item = worded("li", face === "answer" && answer.correct ? "is-correct" : "", language.say(answer.text));
			item.append(...votes(answer.id, tally, language));
			if (face === "answer" && answer.correct) {
				item.append(made("span", "panel-correct", language.strings.text("quiz.correct")));
			}
			list.append(item);
		}
		const nodes: HTMLElement[] = [
			made("p", "panel-step", when),
			worded("h1", "panel-title", language.say(question.question)),
			list,
		];
		if (face === "answer") nodes.push(say(made("div", "panel-explains"), language.say(question.explanation)));
		return nodes;
	}

	/** The kinds of change that an audience chooses from at a decision, with its votes where they are shown. */
	#chosen({ answers }: Tally, shown: Tally | undefined, language: Language): HTMLElement {
		const list = made("ol", "panel-answers");
		for (const { id } of answers) {
			const item = made("li", "", language.strings.text(`live.decision.${id}`));
			item.append(...votes(id, shown, language));
			list.append(item);
		}
		return list;
	}

	/** Says beside the answers how many follow now; those who hear the screen do not hear it again for each phone. */
	follow(count: number, { strings }: Language): void {
		const place = this.#node.querySelector(".panel-following");
		if (place) place.textContent = ` · ${strings.text("present.followers", { count })} `;
	}

	/** How many have answered of how many phones, since more answers than phones are none to go by; and the way to see what. */
	#counted({ votes: count }: Tally, hidden: boolean, { strings }: Language): HTMLElement {
		const line = made("p", "panel-uncounted", strings.text("quiz.votes", { count }));
		const following = made("span", "panel-following");
		following.ariaHidden = "true";
		line.append(following);
		if (!hidden) return line;
		const button = made("button", "", strings.text("present.votes"));
		button.type = "button";
		button.addEventListener("click", this.#askVotes);
		line.append(button);
		return line;
	}

	#facts(name: string, list: string, codes: readonly string[], language: Language): HTMLElement {
		const node = made("p", "panel-facts", `${name}: `);
		node.append(made("strong", "", codes.map((code) => language.strings.term(list, code)).join("; ")));
		return node;
	}

	/** Makes the words as large as the panel holds. */
	#fit(): void {
		let share = 1;
		this.#node.style.setProperty("--fit", "1");
		while (share > SMALLEST && this.#node.scrollHeight > this.#node.clientHeight + 1) {
			share -= STEP;
			this.#node.style.setProperty("--fit", share.toFixed(2));
		}
	}
}

/** The documents that a lesson cites, each with its title and author. */
export function sourcesOf(kit: Kit, language: Language): HTMLElement {
	const list = made("ul", "panel-sources");
	for (const source of kit.sources) {
		const item = made("li", "");
		const title = made("cite", "", source.title);
		title.lang = "en";
		item.append(`${source.id} · `, title, " · ", worded("span", "", language.say(source.author)));
		list.append(item);
	}
	return list;
}

/** How many of an audience chose an answer, as a bar and in words; nothing before the first has answered. */
function votes(id: string, tally: Tally | undefined, language: Language): HTMLElement[] {
	if (!tally?.votes) return [];
	const count = tally.answers.find((answer) => answer.id === id)?.votes ?? 0;
	const bar = made("meter", "panel-votes");
	bar.max = tally.votes;
	bar.value = count;
	const words = language.strings.text("quiz.votes", { count });
	bar.ariaLabel = words;
	return [bar, made("span", "panel-count", words)];
}
