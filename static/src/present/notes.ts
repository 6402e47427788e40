import type { Beat } from "../lesson/beats.ts";
import { made, say, worded } from "../lesson/say.ts";
import type { Language } from "../lesson/wording.ts";

/** What the speaker wants to know of a screen: notes, questions, what one could notice, and the quiz's right answers. */
export function notesOf({ told, question }: Beat, language: Language): HTMLElement[] {
	const { strings } = language;
	const part = (key: string, ...nodes: HTMLElement[]) => {
		const section = made("section", "notes-part");
		section.append(made("h3", "", strings.text(key)), ...nodes);
		return section;
	};
	const text = (wording: Parameters<typeof say>[1]) => say(made("div", "notes-text"), wording);
	if (question) {
		const list = made("ol", "panel-answers");
		for (const answer of question.answers) {
			list.append(worded("li", answer.correct ? "is-correct" : "", language.say(answer.text)));
		}
		return [part("quiz.title", list), part("quiz.explanation", text(language.say(question.explanation)))];
	}
	if (!told) return [];
	const parts = [part("lesson.notes", text(language.say(told.notes)))];
	if (told.questions?.length) {
		const list = made("ol", "");
		for (const one of told.questions) list.append(say(made("li", ""), language.say(one)));
		parts.push(part("lesson.questions", list));
	}
	if (told.decision) parts.push(part("lesson.decision", text(language.say(told.decision))));
	if (told.signs?.length || told.noticing) {
		const signs = told.signs ?? [];
		const list = made("p", "notes-signs", signs.map((sign) => strings.term("sign", sign)).join(" · "));
		parts.push(part("lesson.noticing", ...(signs.length ? [list] : []), text(language.say(told.noticing))));
	}
	if (told.protects) parts.push(part("lesson.protects", text(language.say(told.protects))));
	if (told.help) parts.push(part("lesson.help", text(language.say(told.help))));
	return parts;
}
