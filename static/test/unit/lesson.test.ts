import assert from "node:assert/strict";
import { test } from "node:test";
import { formatPosition, parsePosition } from "../../src/lesson/address.ts";
import { AFTER, BEFORE, beatsOf, find, led, openAt, pollOf, stepCount, textsOf } from "../../src/lesson/beats.ts";
import type { Kit, Lesson, Step } from "../../src/lesson/kit.ts";
import { pictureOf } from "../../src/lesson/picture.ts";
import { Language } from "../../src/lesson/wording.ts";
import { commandOf } from "../../src/present/keys.ts";
import { claimOf } from "../../src/present/says.ts";

const step = (id: string, more: Partial<Step> = {}): Step => ({
	id,
	kind: "stage",
	title: { en: id },
	narration: { en: id },
	module: "A",
	minutes: 5,
	notes: { en: id },
	...more,
});
const question = (id: string) => ({
	id,
	question: { en: id },
	answers: [{ id: "a", text: { en: "A" }, correct: true }],
	explanation: { en: "" },
});
const lesson: Lesson = {
	id: "x",
	title: {},
	summary: {},
	steps: [
		step("open", { kind: "opening" }),
		step("one", {
			stop: "a",
			noticing: { en: "n" },
			help: { en: "h" },
			questions: [{ en: "q" }],
			decision: { en: "d" },
		}),
		step("two", { stop: "b", leg: "a-b", movements: ["back"] }),
		step("close", { kind: "closing" }),
	],
	quiz: [question("p"), question("q")],
};

test("a lesson is told screen by screen, with the quiz after the opening and before the closing", () => {
	const beats = beatsOf(lesson).map(({ step: id, name }) => `${id}/${name}`);
	assert.deepEqual(beats, [
		"open/tell",
		`${BEFORE}/p`,
		`${BEFORE}/q`,
		"one/tell",
		"one/notice",
		"one/protect",
		"one/ask",
		"one/decide",
		"two/tell",
		`${AFTER}/p`,
		`${AFTER}/p-answer`,
		`${AFTER}/q`,
		`${AFTER}/q-answer`,
		"close/tell",
	]);
	assert.equal(stepCount(beatsOf(lesson)), 6);
});

test("an address leads to its screen, else to its step, else to the beginning", () => {
	const beats = beatsOf(lesson);
	assert.equal(beats[find(beats, "one", "ask")]?.name, "ask");
	assert.equal(beats[find(beats, "one", "gone")]?.name, "tell");
	assert.equal(find(beats, "nowhere", "ask"), 0);
	assert.equal(find(beats, undefined, undefined), 0);
});

test("a way leads to a screen, or beyond the lesson's ends to none", () => {
	const beats = beatsOf(lesson);
	const to = (step: string, name: string, way: Parameters<typeof led>[2]) => {
		const beat = beats[led(beats, find(beats, step, name), way)];
		return beat && `${beat.step}/${beat.name}`;
	};
	assert.equal(to("one", "ask", "next"), "one/decide");
	assert.equal(to("one", "ask", "previous"), "one/protect");
	assert.equal(to("one", "ask", "nextStep"), "two/tell");
	assert.equal(to("one", "ask", "previousStep"), "one/tell", "first to the beginning of the step");
	assert.equal(to("one", "tell", "previousStep"), `${BEFORE}/p`);
	assert.equal(to("one", "ask", "first"), "open/tell");
	assert.equal(to("one", "ask", "last"), "close/tell");
	for (const way of ["next", "nextStep"] as const) assert.equal(to("close", "tell", way), undefined);
	for (const way of ["previous", "previousStep"] as const) assert.equal(to("open", "tell", way), undefined);
});

test("what an audience may answer is open on the screen that asks it, and its answers stand with what is right too", () => {
	const beats = beatsOf(lesson);
	const of = <T>(step: string, name: string, ask: (beat: (typeof beats)[number]) => T) => {
		const beat = beats[find(beats, step, name)];
		assert.equal(beat?.name, name);
		return beat && ask(beat);
	};
	assert.equal(of("one", "tell", openAt), "");
	assert.equal(of("one", "ask", openAt), "question.one");
	assert.equal(of("one", "decide", openAt), "decision.one");
	assert.equal(of(AFTER, "p", openAt), `${AFTER}.p`);
	assert.equal(of(AFTER, "p-answer", openAt), "", "who has seen what is right answers no more");
	assert.equal(of(AFTER, "p-answer", pollOf), `${AFTER}.p`);
	assert.equal(of("one", "decide", pollOf), "decision.one");
	assert.equal(of("one", "ask", pollOf), undefined);
});

test("the map shows nothing of what comes, unless the group may look ahead", () => {
	const [open, one, two, close] = lesson.steps as [Step, Step, Step, Step];
	const legs = ["a-b", "b-c", "c-d"].map((id) => ({ id, to: id.at(-1) ?? "" }));
	const order = { stops: ["a", "b", "c", "d"], legs };
	const shown = (told: Step[], current: Step | undefined, ahead = false) => {
		const picture = pictureOf(order, told, current, ahead);
		return [[...picture.stops], [...picture.legs], [...picture.movements]];
	};
	const all = [order.stops, legs.map(({ id }) => id)];
	assert.deepEqual(shown([open], open), [[], [], []]);
	assert.deepEqual(shown([open, one], one), [["a"], [], []]);
	assert.deepEqual(shown([open, one, two], two), [["a", "b"], ["a-b"], ["back"]]);
	assert.deepEqual(shown([open], undefined), [[], [], []], "a quiz before the lesson gives nothing away");
	assert.deepEqual(shown([open, one], one, true), [...all, []]);
	assert.deepEqual(shown([open, one, two, close], close), [...all, []]);
	const far = step("far", { leg: "c-d" });
	assert.deepEqual(shown([one, far], far), [...all, []], "a step that tells of two stops shows the way to both");
});

test("the map keeps to what a step tells of, and shows the whole route where that is nothing on it", () => {
	const order = { stops: ["a", "b"], legs: [{ id: "a-b", to: "b" }] };
	const asked: [Partial<Step>, boolean][] = [
		[{}, true],
		[{ movements: [], sites: [] }, true],
		[{ stop: "a" }, false],
		[{ leg: "a-b" }, false],
		[{ movements: ["back"] }, false],
		[{ sites: ["shelter-programme"] }, false],
	];
	for (const [more, wide] of asked) {
		const told = step("told", more);
		const picture = pictureOf(order, [told], told, false);
		assert.equal(picture.wide, wide, JSON.stringify(more));
		assert.deepEqual([...picture.sites, ...picture.movements], [...(more.sites ?? []), ...(more.movements ?? [])]);
		assert.deepEqual([picture.stop, picture.leg], [more.stop, more.leg]);
		assert.equal(
			picture.goal,
			more.stop ?? (more.leg && "b"),
			"what is reached, where the leg has no place on the map",
		);
	}
	assert.equal(pictureOf(order, [], undefined, false).wide, true, "a quiz");
});

test("an address keeps where the presenter is and how it was set", () => {
	const text = "lesson=x&step=one&screen=ask&lang=th&motion=less&ahead=1&letters=0";
	assert.equal(formatPosition(parsePosition(text)), text);
	assert.equal(formatPosition(parsePosition("step=one&screen=tell")), "step=one");
	assert.equal(parsePosition("").letters, true);
});

test("clickers and keyboards lead on; single signs can be switched off", () => {
	const press = (key: string, letters = true, more = {}) =>
		commandOf({ key, code: "", shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more }, letters);
	for (const key of ["ArrowRight", "PageDown", " "]) assert.equal(press(key, false), "next", key);
	for (const key of ["ArrowLeft", "PageUp"]) assert.equal(press(key, false), "previous", key);
	assert.equal(press(" ", true, { shiftKey: true }), "previous");
	assert.equal(press("b"), "blank");
	assert.equal(press("."), "blank");
	assert.equal(press("B"), "blank");
	assert.equal(press("7"), 7);
	for (const key of ["b", ".", "g", "7", "?"]) assert.equal(press(key, false), undefined, key);
	assert.equal(press("F5"), undefined, "the browser reloads");
	for (const own of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }]) {
		for (const key of ["l", "ArrowLeft", "7"])
			assert.equal(press(key, true, own), undefined, "the browser's own keys stay its own");
	}
});

test("keyboards of the region ask for the same with the keys at the same places", () => {
	const press = (key: string, code: string, shiftKey = false, letters = true) =>
		commandOf({ key, code, shiftKey, ctrlKey: false, metaKey: false, altKey: false }, letters);
	const asked: [string, string, boolean, unknown][] = [
		["ิ", "KeyB", false, "blank"], // Thai
		["ื", "KeyN", false, "beside"], // Lao
		["ဘ", "KeyB", false, "blank"], // Burmese
		["ុះ", "KeyG", false, "goto"], // Khmer, two signs on one key
		["ใ", "Period", false, "blank"],
		["ฦ", "Slash", true, "keys"],
		["ๅ", "Digit1", false, 1],
		["/", "Digit2", false, 2], // Thai
		["๕", "Digit8", true, 5],
		["໕", "Digit8", true, 5],
		["၅", "Digit5", false, 5],
		["៥", "Digit5", false, 5],
		["x", "KeyB", false, undefined], // Dvorak: Latin letters are what they say
		["£", "Digit3", true, undefined],
		["Process", "KeyB", false, undefined],
	];
	for (const [key, code, shift, to] of asked) assert.equal(press(key, code, shift), to, `${key} on ${code}`);
	assert.equal(press("ิ", "KeyB", false, false), undefined, "letters that are off are off here too");
});

test("each claim of a lesson is historical by its own year, not by the route's", () => {
	const words = {
		"claim.saidBy": "Told by {who}",
		"claim.asOf": "as of {year}",
		"claim.historical": "historical account",
	};
	const kit = {
		route: { said_by: { en: "Somebody" }, as_of: 2008 },
		historical_before: 2016,
		original: "en",
		content: [],
		languages: [],
		strings: { en: words },
	} as unknown as Kit;
	const claim = (as_of?: number) =>
		claimOf(kit, { citations: ["A ¶1", "A ¶2"], ...(as_of ? { as_of } : {}) }, new Language(kit, "en"));
	assert.equal(claim(), "Told by Somebody · as of 2008 · historical account · A ¶1, ¶2");
	assert.equal(claim(2015), "Told by Somebody · as of 2015 · historical account · A ¶1, ¶2");
	assert.equal(claim(2016), "Told by Somebody · as of 2016 · A ¶1, ¶2");
});

// The speaker of a room must see that one of the texts has no translation, whichever it is.
test("a screen is marked by any of the texts on it", () => {
	const kit = {
		original: "en",
		content: [
			{ code: "en", status: "original" },
			{ code: "th", status: "draft" },
			{ code: "my", status: "reviewed" },
		],
		languages: [],
		strings: { en: {}, th: {}, my: {} },
	};
	const both = { en: "e", th: "ก", my: "က" };
	const only = { en: "e" };
	const told = step("one", { narration: both, protects: both, help: only, questions: [both, only], decision: both });
	const asked = { ...question("p"), question: both };
	const beats = beatsOf({
		...lesson,
		steps: [told, step("close", { kind: "closing", narration: both })],
		quiz: [asked],
	});
	const marksIn = (code: string) => {
		const language = new Language(kit as unknown as Kit, code);
		return beats.map((beat) => {
			const { lang, draft } = language.least(textsOf(beat));
			return `${beat.name}: ${lang !== code ? "other" : draft ? "draft" : ""}`;
		});
	};
	const end = ["p: other", "p-answer: other"];
	assert.deepEqual(marksIn("th"), [
		"tell: draft",
		"protect: other",
		"ask: other",
		"decide: draft",
		...end,
		"tell: draft",
	]);
	assert.deepEqual(marksIn("my"), ["tell: ", "protect: other", "ask: other", "decide: ", ...end, "tell: "]);
	assert.ok(marksIn("en").every((mark) => mark.endsWith(": ")));
});
