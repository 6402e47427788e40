import type { Lesson, Question, Step, Text } from "./kit.ts";

/** What one screen of a step says. A step is told first; what follows is there for those who want it. */
export type Face = "tell" | "notice" | "protect" | "ask" | "decide" | "question" | "answer";

/** One screen: a click forward leads to the next. */
export interface Beat {
	/** The id of a step, or of the quiz before or after the lesson. */
	readonly step: string;
	/** The name of the screen within its step, as the address has it: "tell", or "lines" for a question. */
	readonly name: string;
	readonly face: Face;
	/** Where the step stands in the lesson, from 0. */
	readonly at: number;
	readonly told: Step | undefined;
	readonly question: Question | undefined;
}

/** The quiz has the same questions before the lesson and after it; only after it come the answers. */
export const BEFORE = "quiz-before";
export const AFTER = "quiz-after";

/** The screens of a lesson in order. The quiz comes after the opening and again before the closing. */
export function beatsOf(lesson: Lesson): Beat[] {
	const beats: Beat[] = [];
	let at = 0;
	for (const step of lesson.steps) {
		if (step.kind === "closing" && lesson.quiz?.length) beats.push(...quiz(AFTER, lesson.quiz, at++));
		beats.push(
			...faces(step).map((face): Beat => ({ step: step.id, name: face, face, at, told: step, question: undefined })),
		);
		at++;
		if (step.kind === "opening" && lesson.quiz?.length) beats.push(...quiz(BEFORE, lesson.quiz, at++));
	}
	return beats;
}

function faces(step: Step): Face[] {
	const list: Face[] = ["tell"];
	if (step.noticing) list.push("notice");
	if (step.protects || step.help) list.push("protect");
	if (step.questions?.length) list.push("ask");
	if (step.decision) list.push("decide");
	return list;
}

function quiz(step: string, questions: readonly Question[], at: number): Beat[] {
	return questions.flatMap((question) => {
		const beat = { step, at, told: undefined, question };
		const asked: Beat = { ...beat, name: question.id, face: "question" };
		const answered: Beat = { ...beat, name: `${question.id}-answer`, face: "answer" };
		return step === AFTER ? [asked, answered] : [asked];
	});
}

/** Where an address leads: the screen that it names, else the first of its step, else the lesson's first. */
export function find(beats: readonly Beat[], step: string | undefined, name: string | undefined): number {
	const exact = beats.findIndex((beat) => beat.step === step && beat.name === name);
	if (exact >= 0) return exact;
	return Math.max(
		0,
		beats.findIndex((beat) => beat.step === step),
	);
}

/** How many steps a lesson has, the quizzes among them. */
export function stepCount(beats: readonly Beat[]): number {
	return (beats.at(-1)?.at ?? -1) + 1;
}

/** The first screen of each step, in order. */
export function firstsOf(beats: readonly Beat[]): Beat[] {
	return beats.filter((beat, i) => beat.at !== beats[i - 1]?.at);
}

/** The first screen of the step that stands at a place of the lesson, from 0; -1 where there is none. */
export function firstOf(beats: readonly Beat[], at: number): number {
	return beats.findIndex((beat) => beat.at === at);
}

/** What leads from one screen to another. */
export const WAYS = ["next", "previous", "nextStep", "previousStep", "first", "last"] as const;
export type Way = (typeof WAYS)[number];

/** The screen to which a way leads from another; beyond the lesson's ends it is none of the lesson's. */
export function led(beats: readonly Beat[], from: number, way: Way): number {
	const at = beats[from]?.at ?? 0;
	const begins = firstOf(beats, at);
	const ways: Record<Way, number> = {
		next: from + 1,
		previous: from - 1,
		nextStep: firstOf(beats, at + 1),
		previousStep: begins < from ? begins : firstOf(beats, at - 1),
		first: 0,
		last: firstOf(beats, stepCount(beats) - 1),
	};
	return ways[way];
}

/** The content's texts on a screen below its title. */
export function textsOf({ face, told, question }: Beat): Text[] {
	if (question) {
		const all = textsOfQuestion(question);
		return face === "answer" ? all : all.slice(0, -1); // the explanation is told with the answer
	}
	const texts: Readonly<Partial<Record<Face, readonly (Text | undefined)[]>>> = {
		tell: [told?.narration],
		notice: [told?.noticing],
		protect: [told?.protects, told?.help],
		ask: told?.questions ?? [],
		decide: [told?.decision],
	};
	return (texts[face] ?? []).filter((text) => text !== undefined);
}

/** All texts of a step, the notes too. */
export function textsOfStep(told: Step): Text[] {
	const { title, narration, noticing, protects, help, questions = [], decision, notes } = told;
	const texts = [title, narration, noticing, protects, help, ...questions, decision, notes];
	return texts.filter((text) => text !== undefined);
}

/** All texts of a question of the quiz. */
export function textsOfQuestion({ question, answers, explanation }: Question): Text[] {
	return [question, ...answers.map(({ text }) => text), explanation];
}

/** What an audience may answer while a screen is shown, as sessions name it; empty for nothing. */
export function openAt({ step, face, question }: Beat): string {
	if (face === "question") return `${step}.${question?.id}`;
	if (face === "ask") return `question.${step}`;
	return face === "decide" ? `decision.${step}` : "";
}

/** The poll whose answers a screen shows; none for most. */
export function pollOf({ step, face, question }: Beat): string | undefined {
	if (question) return `${step}.${question.id}`;
	return face === "decide" ? `decision.${step}` : undefined;
}
