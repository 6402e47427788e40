import { BEFORE, type Beat, beatsOf, firstsOf, textsOfQuestion, textsOfStep } from "../lesson/beats.ts";
import type { Kit, Question, Step } from "../lesson/kit.ts";
import { made, say, worded } from "../lesson/say.ts";
import { Language } from "../lesson/wording.ts";
import { partsOf } from "./notes.ts";
import { sourcesOf } from "./panel.ts";
import { claimOf, markOf } from "./says.ts";

/**
 * Puts the whole lesson on paper as text, whichever screen is shown when somebody prints. It is made of the kit when it is wanted: so it
 * is sent only once, and in the language that is spoken.
 */
export function printWhole(kit: Kit): void {
	const paper = made("div", "paper");
	document.body.append(paper);
	addEventListener("beforeprint", () => {
		paper.replaceChildren(...wholeOf(kit, new Language(kit, document.documentElement.lang)));
	});
	addEventListener("afterprint", () => paper.replaceChildren());
}

function wholeOf(kit: Kit, language: Language): HTMLElement[] {
	const { strings } = language;
	return [
		worded("h1", "", language.say(kit.lesson.title)),
		made("p", "paper-from", claimOf(kit, kit.route, language)),
		...firstsOf(beatsOf(kit.lesson)).map((beat) => stepOf(kit, beat, language)),
		made("h2", "", strings.text("sources.title")),
		sourcesOf(kit, language),
		made("p", "", strings.text("note.boundary")),
	];
}

/** A step under the number that leads to it on the screen, or the quiz, whose answers stand where they are told. */
function stepOf(kit: Kit, { step, at, told }: Beat, language: Language): HTMLElement {
	const section = made("section", "paper-step");
	const title = made("h2", "", `${at + 1}. `);
	title.append(told ? worded("span", "", language.say(told.title)) : language.strings.text("quiz.title"));
	const quiz = kit.lesson.quiz ?? [];
	if (told) section.append(title, ...wordsOf(kit, told, language));
	else section.append(title, ...(step === BEFORE ? [asked(quiz, language)] : answered(quiz, language)));
	const mark = told ? undefined : markOf(language.least(quiz.flatMap(textsOfQuestion)), language);
	if (mark) section.append(made("p", "paper-mark", mark));
	return section;
}

function wordsOf(kit: Kit, told: Step, language: Language): HTMLElement[] {
	const { strings } = language;
	const narration = language.say(told.narration);
	const facts = (["acts", "means"] as const).flatMap((list) => {
		const codes = told[list] ?? [];
		const name = list === "acts" ? "lesson.acts" : "fact.means";
		const terms = codes.map((code) => strings.term(list === "acts" ? "act" : list, code)).join("; ");
		return terms ? [made("p", "paper-facts", `${strings.text(name)}: ${terms}`)] : [];
	});
	const { noticing, protects, help, questions, decision, notes } = partsOf(told, language);
	const parts = [noticing, protects, help, questions, decision, notes].flat();
	const from = told.citations?.length ? claimOf(kit, told, language) : strings.text("claim.uncited");
	const line = [from, markOf(language.least(textsOfStep(told)), language) ?? []].flat().join(" · ");
	return [say(made("div", ""), narration), ...facts, ...parts, made("p", "paper-from", line)];
}

function asked(quiz: readonly Question[], language: Language): HTMLElement {
	const list = made("ol", "");
	for (const { question } of quiz) list.append(worded("li", "", language.say(question)));
	return list;
}

function answered(quiz: readonly Question[], language: Language): HTMLElement[] {
	return quiz.map((question, i) => {
		const section = made("section", "paper-question");
		const title = made("h3", "", `${i + 1}. `);
		title.append(worded("span", "", language.say(question.question)));
		const list = made("ol", "");
		for (const { text, correct } of question.answers) {
			const item = made("li", "");
			item.append(worded("span", "", language.say(text)));
			if (correct) item.append(" — ", made("strong", "", language.strings.text("quiz.correct")));
			list.append(item);
		}
		section.append(title, list, say(made("div", ""), language.say(question.explanation)));
		return section;
	});
}
