import { type LessonPosition, onReturn, readPosition, writePosition } from "../lesson/address.ts";
import {
	type Beat,
	beatsOf,
	find,
	firstOf,
	firstsOf,
	led,
	openAt,
	pollOf,
	stepCount,
	type Way,
} from "../lesson/beats.ts";
import type { Kit, Step } from "../lesson/kit.ts";
import { pictureOf } from "../lesson/picture.ts";
import { Stage } from "../lesson/stage.ts";
import { Language, languagesOf, ownLanguage } from "../lesson/wording.ts";
import { Motion } from "../motion.ts";
import { element } from "../page.ts";
import { Audience, type Tally } from "./audience.ts";
import { stayAwake } from "./awake.ts";
import { closeCard, keepFocus } from "./cards.ts";
import { Controls, speak } from "./controls.ts";
import { Countdown } from "./countdown.ts";
import { covered } from "./covered.ts";
import { GoTo, KeyCard, Languages, type StepEntry } from "./dialogs.ts";
import { Digits } from "./digits.ts";
import { type Command, commandOf, isTaken, isWay } from "./keys.ts";
import { type Memory, remember, remembered } from "./link.ts";
import { Panel } from "./panel.ts";
import { restInFullScreen } from "./rest.ts";
import { Says } from "./says.ts";
import { onSwipe, Screen } from "./screen.ts";
import { SpeakerWindow } from "./speaker-window.ts";

/** The presenter: keys, controls, fingers and the speaker's window lead through the screens of a lesson. */
export class Presenter {
	readonly #kit: Kit;
	readonly #beats: readonly Beat[];
	readonly #stage: Stage;
	readonly #panel: Panel;
	readonly #controls: Controls;
	readonly #screen: Screen;
	readonly #says: Says;
	readonly #motion: Motion;
	readonly #memory: Memory;
	readonly #digits = new Digits((number) => this.#toStep(number - 1));
	readonly #goto: GoTo;
	readonly #languages: Languages;
	readonly #keyCard: KeyCard;
	readonly #speaker: SpeakerWindow;
	readonly #countdown: Countdown;
	/** None where the page has no dialog for it: no server, no audience. */
	readonly #audience: Audience | undefined;
	/** What each command does that does not lead to another screen. */
	readonly #acts = this.#actions();
	#language: Language;
	#position: LessonPosition;
	#at: number;
	/** The frame after which the map sets out. */
	#moving = 0;
	/** The polls of which the room sees who chose what. */
	readonly #openVotes = new Set<string>();
	/** The answers in the words that are shown, as JSON. */
	#shownTally: string | undefined;

	constructor(kit: Kit) {
		this.#kit = kit;
		this.#beats = beatsOf(kit.lesson);
		this.#position = readPosition();
		this.#at = find(this.#beats, this.#position.step, this.#position.screen);
		this.#language = new Language(kit, this.#position.lang ?? ownLanguage(kit));
		element("[data-presenter]").hidden = false;
		this.#motion = new Motion(element("[data-motion]"), (motion) => this.#set({ motion }));
		this.#motion.show(this.#position.motion);
		this.#panel = new Panel(element("[data-panel]"), kit, () => this.#do("votes"));
		this.#stage = new Stage(element("#map"), kit, this.#language, this.#motion, covered);
		this.#stage.map.keyboard.disable();
		this.#memory = remembered(Date.now());
		this.#screen = new Screen(() => this.#do("blank"));
		this.#screen.blank = !!this.#memory.dark;
		this.#says = new Says(kit);
		this.#countdown = new Countdown(this.#memory.ends, () => this.#tell());
		this.#goto = new GoTo((at) => this.#toStep(at));
		this.#languages = new Languages(languagesOf(kit, this.#language.code), (lang) => this.#speakIn(lang));
		this.#keyCard = new KeyCard((letters) => this.#set({ letters }));
		this.#controls = new Controls((command) => this.#do(command));
		this.#speaker = new SpeakerWindow(kit, this.#memory, {
			command: (command) => this.#do(command),
			go: (number) => this.#toStep(number - 1),
			state: () => this.#state(),
		});
		stayAwake();
		const { strings } = this.#language;
		this.#audience = document.querySelector("[data-follow]")
			? new Audience(
					kit,
					strings,
					() => this.#shown(),
					() => this.#counted(),
				)
			: undefined;
	}

	start(): void {
		this.#audience?.start();
		this.#listen();
		speak(this.#language);
		this.#controls.speak(this.#language.strings);
		this.#countdown.speak(this.#language.strings);
		this.#show(false);
		writePosition(this.#here(), false);
		document.documentElement.dataset.ready = "";
	}

	#listen(): void {
		keepFocus();
		restInFullScreen(element("[data-bar]"));
		// In the capture phase, so that the map cannot keep a key for itself.
		addEventListener("keydown", (event) => this.#press(event), { capture: true });
		// Back leads to the step before; what was set meanwhile stays set.
		onReturn(({ step, screen }) => {
			this.#digits.clear();
			closeCard();
			this.#light();
			this.#at = find(this.#beats, step, screen);
			this.#show(true);
			writePosition(this.#here(), false);
		});
		onSwipe(this.#panel.node, (forward) => this.#do(forward ? "next" : "previous"));
		this.#stage.onStray(() => {
			element("[data-back]").hidden = false;
		});
		element("[data-come-back]").addEventListener("click", () => {
			element("[data-back]").hidden = true;
			this.#stage.comeBack();
		});
	}

	#press(event: KeyboardEvent): void {
		if (isTaken(event)) return;
		const ends = event.key === "Escape" && this.#countdown.isOpen;
		const command = ends ? "close" : commandOf(event, this.#position.letters);
		if (command === undefined) return;
		event.preventDefault();
		event.stopPropagation();
		if (typeof command === "number") this.#says.toast(this.#digits.type(command));
		else this.#do(command);
	}

	/** Does what is asked for; a card goes first, and where it is its own command that came again, that is all. */
	#do(command: Command): void {
		this.#digits.clear();
		const card = closeCard();
		if (card === command || (card && command === "close")) return;
		if (this.#setsTime(command)) return;
		if (command === "nextStep") this.#toStep(this.#current.at + 1);
		else if (isWay(command)) this.#go(led(this.#beats, this.#at, command));
		else this.#acts[command]();
	}

	/** While a group works, the arrows up and down give it more or less time; when its time is over, the one down leads on. */
	#setsTime(command: Command): boolean {
		const up = command === "previousStep";
		if (!this.#countdown.isOpen || !(up || (command === "nextStep" && !this.#countdown.isOver))) return false;
		this.#countdown.change(up ? 1 : -1);
		return true;
	}

	#actions(): Record<Exclude<Command, Way>, () => void> {
		return {
			goto: () => this.#goto.open(this.#entries(), this.#current.at, this.#language),
			blank: () => {
				this.#screen.blank = !this.#screen.blank;
				this.#tell();
			},
			fullscreen: () => void this.#screen.full().then((done) => !done && this.#toast("present.noFullscreen")),
			notes: () => this.#withNotes(() => this.#speaker.open(this.#current, this.#language)),
			beside: () => this.#withNotes(() => this.#speaker.toggleBeside(this.#current, this.#language)),
			language: () => this.#languages.open(this.#language.code),
			motion: () => element("[data-motion]").click(),
			pointer: () => {
				this.#screen.pointing = !this.#screen.pointing;
				this.#tell();
			},
			ahead: () => this.#set({ ahead: !this.#position.ahead }),
			follow: () => this.#audience?.show(),
			votes: () => this.#toggleVotes(),
			keys: () => this.#keyCard.open(this.#position.letters),
			countdown: () => this.#countdown.toggle(this.#current.told?.minutes ?? this.#kit.lesson.quiz_minutes),
			close: () => this.#countdown.close(),
		};
	}

	/** Opens or closes the notes; where they come or go on this screen, the map keeps clear of them. */
	#withNotes(act: () => void): void {
		const before = this.#speaker.isBeside;
		act();
		if (this.#speaker.isBeside !== before) this.#show(true);
	}

	get #current(): Beat {
		return this.#beats[this.#at] as Beat;
	}

	#toast(key: string, values: Record<string, number> = {}): void {
		this.#says.toast(this.#language.strings.text(key, values));
	}

	#toStep(at: number): void {
		this.#digits.clear();
		closeCard();
		const index = firstOf(this.#beats, at);
		if (index < 0) this.#toast("present.noStep", { count: stepCount(this.#beats) });
		this.#go(index < 0 ? this.#at : index);
	}

	/** Lights a dark screen; says whether it was dark. */
	#light(): boolean {
		const was = this.#screen.blank;
		this.#screen.blank = false;
		return was;
	}

	/** Leads to a screen, where there is one. Whoever leads on wants to be seen: a dark screen is lit in any case. */
	#go(index: number): void {
		const lit = this.#light();
		if (index < 0 || index >= this.#beats.length || index === this.#at) {
			if (lit) this.#tell();
			return;
		}
		const former = this.#current;
		this.#at = index;
		if (this.#countdown.isOver) this.#countdown.close();
		this.#show(true);
		writePosition(this.#here(), this.#current.step !== former.step);
	}

	#set(change: Partial<LessonPosition>): void {
		this.#position = { ...this.#position, ...change };
		this.#motion.show(this.#position.motion);
		this.#show(true);
		writePosition(this.#here(), false);
	}

	#speakIn(lang: string): void {
		this.#language = new Language(this.#kit, lang);
		this.#position = { ...this.#position, lang: this.#language.code };
		speak(this.#language);
		this.#controls.speak(this.#language.strings);
		this.#countdown.speak(this.#language.strings);
		this.#stage.speak(this.#language);
		this.#audience?.speak(this.#language.strings);
		this.#show(false);
		writePosition(this.#here(), false);
	}

	/** What the speaker's window is told. */
	#state() {
		const { letters } = this.#position;
		return { ...this.#address(), blank: this.#screen.blank, lang: this.#language.code, letters };
	}

	#address(): { step: string; screen: string } {
		return { step: this.#current.step, screen: this.#current.name };
	}

	#here(): LessonPosition {
		return { ...this.#position, ...this.#address(), lang: this.#language.code };
	}

	/** Shows the current screen: the words at once, the map on its way. */
	#show(animate: boolean): void {
		const beat = this.#current;
		element("[data-presenter]").dataset.face = beat.face;
		this.#words();
		const picture = pictureOf(this.#kit.route, this.#told(), beat.told, this.#position.ahead);
		this.#says.show(beat, this.#language, stepCount(this.#beats), picture.stops.size > 0);
		element("[data-back]").hidden = true;
		cancelAnimationFrame(this.#moving);
		const move = () => this.#stage.show(picture, { animate });
		// Where things move, the words are on the screen before the map sets out.
		if (animate && !this.#motion.less) this.#moving = requestAnimationFrame(() => setTimeout(move));
		else move();
		this.#tell();
	}

	/** The answers that have come in to what the current screen asks. */
	get #tally(): Tally | undefined {
		const poll = pollOf(this.#current);
		return poll ? this.#audience?.tally(poll) : undefined;
	}

	/** The words of the current screen, with the answers that have come in. */
	#words(): void {
		const tally = this.#tally;
		const open = !!tally && this.#openVotes.has(tally.id);
		this.#panel.show(this.#current, this.#language, tally, open, this.#audience?.followers ?? 0);
		this.#shownTally = JSON.stringify(tally);
	}

	/** Shows answers that came in. Nothing else makes the words anew, since those who hear them would hear all again. */
	#counted(): void {
		if (JSON.stringify(this.#tally) !== this.#shownTally) this.#words();
		else this.#panel.follow(this.#audience?.followers ?? 0, this.#language);
	}

	/** Shows who chose what, or hides it again, so that the first answers do not steer those who still think. */
	#toggleVotes(): void {
		const poll = this.#tally?.id;
		if (!poll) return;
		if (!this.#openVotes.delete(poll)) this.#openVotes.add(poll);
		this.#words();
	}

	/** What followers are shown: they may answer what the screen asks. */
	#shown() {
		const { step, name, face } = this.#current;
		const screen = face === "tell" ? "" : name;
		const { blank } = this.#screen;
		const open = openAt(this.#current);
		return { step, screen, blank, hide_later: !this.#position.ahead, open, reveal: face === "answer" };
	}

	/** The steps up to the current one. */
	#told(): Step[] {
		const steps = this.#beats.slice(0, this.#at + 1).flatMap(({ told }) => told ?? []);
		return [...new Set(steps)];
	}

	/** Tells the controls, the speaker's window and the audience where the lesson is. */
	#tell(): void {
		const { blank, pointing: pointer } = this.#screen;
		this.#memory.dark = blank;
		this.#memory.ends = this.#countdown.ends;
		remember(this.#memory);
		const on = {
			blank,
			pointer,
			ahead: this.#position.ahead,
			beside: this.#speaker.isBeside,
			countdown: this.#countdown.isOpen,
		};
		this.#controls.show(on, { previous: this.#at === 0, next: this.#at === this.#beats.length - 1 });
		this.#speaker.tell(this.#current, this.#language);
		this.#audience?.move();
	}

	/** The steps for the card that leads to them; those that the group may not see yet have no title. */
	#entries(): StepEntry[] {
		const here = this.#current.at;
		return firstsOf(this.#beats).map((beat) => {
			const seen = beat.at <= here || this.#position.ahead;
			const quiz = { text: this.#language.strings.text("quiz.title"), lang: this.#language.code };
			const title = beat.told ? this.#language.say(beat.told.title) : quiz;
			return { id: beat.step, at: beat.at, title: seen ? title : undefined };
		});
	}
}
