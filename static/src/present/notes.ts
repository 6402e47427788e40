import { type Beat, textsOfQuestion, textsOfStep } from "../lesson/beats.ts";
import type { Question, Step, Text } from "../lesson/kit.ts";
import { made, say, worded } from "../lesson/say.ts";
import type { Language, Wording } from "../lesson/wording.ts";
import { markOf } from "./says.ts";

/**
 * What the speaker wants to know of a screen: notes, questions, what one could notice, and the quiz's right answers. First it says
 * whether they are a draft, or stand in for another language: they are read out.
 */
export function notesOf({ told, question }: Beat, language: Language): HTMLElement[] {
	if (question) return [...marked(textsOfQuestion(question), language), ...answersOf(question, language)];
	if (!told) return [];
	const { notes, questions, decision, noticing, protects, help } = partsOf(told, language);
	return [marked(textsOfStep(told), language), notes, questions, decision, noticing, protects, help].flat();
}

function marked(texts: readonly Text[], language: Language): HTMLElement[] {
	const mark = markOf(language.least(texts), language);
	return mark ? [made("p", "mark", mark)] : [];
}

type Part = "noticing" | "protects" | "help" | "questions" | "decision" | "notes";

/** What a step says besides its account, each part under its name; one that the step has not is empty. */
export function partsOf(told: Step, language: Language): Record<Part, HTMLElement[]> {
	const { strings } = language;
	const { signs = [], questions = [] } = told;
	const some = (name: Part, text: Step["notes"] | undefined) =>
		text ? [part(`lesson.${name}`, language, textOf(language.say(text)))] : [];
	const list = made("ol", "");
	for (const one of questions) list.append(say(made("li", ""), language.say(one)));
	const named = made("p", "notes-signs", signs.map((sign) => strings.term("sign", sign)).join(" · "));
	const noticing = [...(signs.length ? [named] : []), textOf(language.say(told.noticing))];
	return {
		noticing: signs.length || told.noticing ? [part("lesson.noticing", language, ...noticing)] : [],
		protects: some("protects", told.protects),
		help: some("help", told.help),
		questions: questions.length ? [part("lesson.questions", language, list)] : [],
		decision: some("decision", told.decision),
		notes: [part("lesson.notes", language, textOf(language.say(told.notes)))],
	};
}

/** The answers to a question of the quiz, the right ones marked, and why. */
function answersOf(question: Question, language: Language): HTMLElement[] {
	const list = made("ol", "panel-answers");
	for (const answer of question.answers) {
		list.append(worded("li", answer.correct ? "is-correct" : "", language.say(answer.text)));
	}
	const why = textOf(language.say(question.explanation));
	return [part("quiz.title", language, list), part("quiz.explanation", language, why)];
}

function part(key: string, { strings }: Language, ...nodes: HTMLElement[]): HTMLElement {
	const section = made("section", "notes-part");
	section.append(made("h3", "", strings.text(key)), ...nodes);
	return section;
}

function textOf(wording: Wording): HTMLElement {
	return say(made("div", "notes-text"), wording);
}
