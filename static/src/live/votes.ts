import { AFTER, BEFORE } from "../lesson/beats.ts";
import { addressOf, type Followed, type State } from "./session.ts";

const TIMEOUT = 8000;

/** What this page has answered in this session; it stays in this tab and goes with it. */
interface Memory {
	/**
	 * What the first stream brought: random, with the server's proof. The server keeps a hash of it while the session lasts, so
	 * that nobody answers twice.
	 */
	ballot?: string;
	answers: Record<string, string>;
	/** What was answered without a word from the server: it may have arrived, so it can be sent again and not changed. */
	tried: Record<string, string>;
}

/** The questions that can be answered: one tap, once, without a name. */
export class Votes {
	readonly #followed: Followed;
	readonly #memory: Memory;
	/** The polls whose answer is on its way. */
	readonly #sending = new Set<string>();
	#state: State;

	constructor(followed: Followed) {
		this.#followed = followed;
		this.#state = followed.state;
		this.#memory = this.#recall();
		for (const poll of document.querySelectorAll<HTMLElement>("[data-poll]")) {
			for (const button of buttonsOf(poll)) button.addEventListener("click", () => void this.#answer(poll, button));
		}
	}

	/** Opens what the presenter has opened. */
	show(state: State): void {
		this.#state = state;
		this.#showPolls();
	}

	/** Takes the ballot of a stream; a page that connects anew keeps its first. */
	give(ballot: string): void {
		if (this.#memory.ballot !== undefined) return;
		this.#memory.ballot = ballot;
		this.#remember();
		this.#showPolls();
	}

	#showPolls(): void {
		for (const poll of document.querySelectorAll<HTMLElement>("[data-poll]")) this.#showPoll(poll);
	}

	#showPoll(poll: HTMLElement): void {
		const { screen, reveal } = this.#state;
		const question = poll.dataset.question;
		// Of the quiz the question that the presenter shows is to be seen alone; of other screens nothing is known.
		const shown = question === undefined || !this.#namesQuestion() || screen.replace(/-answer$/, "") === question;
		const open = this.#isOpen(poll);
		const id = poll.dataset.poll ?? "";
		const given = this.#memory.answers[id];
		const tried = this.#memory.tried[id];
		const sending = this.#sending.has(id);
		const right = question !== undefined && reveal && shown;
		poll.hidden = !shown;
		const answers = poll.querySelector<HTMLElement>("[data-answers]");
		if (answers) answers.hidden = !open && !right && given === undefined && question === undefined;
		for (const button of buttonsOf(poll)) {
			const { answer } = button.dataset;
			button.ariaPressed = String(answer === given || (sending && answer === tried));
			const done = sending || given !== undefined || (tried !== undefined && answer !== tried);
			button.disabled = !open || reveal || done || this.#memory.ballot === undefined;
			this.#mark(button, right && button.dataset.correct !== undefined);
		}
		const explanation = poll.querySelector<HTMLElement>("[data-explanation]");
		if (explanation) explanation.hidden = !right;
		this.#say(poll, sending ? "live.vote.sending" : given === undefined ? "" : "live.vote.counted");
	}

	#isOpen(poll: HTMLElement): boolean {
		return isOpenIn(this.#state, poll);
	}

	/** Whether the presenter's screen is one question of the quiz, or its answer. */
	#namesQuestion(): boolean {
		const { step, screen } = this.#state;
		if (step !== BEFORE && step !== AFTER) return false;
		const name = CSS.escape(screen.replace(/-answer$/, ""));
		return document.querySelector(`[data-question="${name}"]`) !== null;
	}

	#mark(button: HTMLElement, right: boolean): void {
		button.classList.toggle("is-right", right);
		button.querySelector(".live-right")?.remove();
		if (!right) return;
		const mark = document.createElement("span");
		mark.className = "live-right";
		mark.lang = document.documentElement.lang;
		mark.textContent = this.#followed.strings.text("live.quiz.right");
		button.append(mark);
	}

	async #answer(poll: HTMLElement, button: HTMLButtonElement): Promise<void> {
		const id = poll.dataset.poll ?? "";
		const answer = button.dataset.answer ?? "";
		const token = this.#memory.ballot ?? "";
		const again = this.#memory.tried[id] !== undefined;
		this.#memory.tried[id] = answer;
		this.#remember();
		this.#sending.add(id);
		this.#showPoll(poll);
		let status = await this.#send({ token, poll: id, answer });
		if (status === 409 && again) status = await this.#whyRefused(poll);
		this.#sending.delete(id);
		if (status === 204) this.#memory.answers[id] = answer;
		if (status !== 0) delete this.#memory.tried[id];
		this.#remember();
		this.#showPoll(poll);
		if (status === 409 || status === 410) this.#say(poll, "live.vote.closed", true);
		else if (status !== 204) this.#say(poll, "live.vote.failed", true);
	}

	/** Sends an answer and gives the status; 0 where no server answered. */
	async #send(vote: { token: string; poll: string; answer: string }): Promise<number> {
		try {
			const { status } = await fetch(addressOf(this.#followed, "votes"), {
				method: "POST",
				headers: { "Content-Type": "application/json" },
				body: JSON.stringify(vote),
				signal: AbortSignal.timeout(TIMEOUT),
			});
			return status;
		} catch {
			return 0;
		}
	}

	/**
	 * Why an answer was refused that had been sent before, as the status of the first try: while the question is open, since it was
	 * counted then; 0 where no server says. This page's own state may be old, for its stream may be lost.
	 */
	async #whyRefused(poll: HTMLElement): Promise<number> {
		try {
			const response = await fetch(addressOf(this.#followed, "state"), { signal: AbortSignal.timeout(TIMEOUT) });
			if (!response.ok) return response.status;
			const state = (await response.json()) as State;
			return isOpenIn(state, poll) && !state.reveal ? 204 : 409;
		} catch {
			return 0;
		}
	}

	#say(poll: HTMLElement, key: string, failure = false): void {
		const said = poll.querySelector<HTMLElement>("[data-said]");
		if (!said) return;
		said.textContent = key ? this.#followed.strings.text(key) : "";
		said.classList.toggle("is-failure", failure);
	}

	get #key(): string {
		return `corridor-live-${this.#followed.code}`;
	}

	#recall(): Memory {
		try {
			const kept = sessionStorage.getItem(this.#key);
			if (kept) return JSON.parse(kept) as Memory;
		} catch {
			// A browser may refuse its storage: then a reload may answer again.
		}
		return { answers: {}, tried: {} };
	}

	#remember(): void {
		try {
			sessionStorage.setItem(this.#key, JSON.stringify(this.#memory));
		} catch {
			// As above.
		}
	}
}

function isOpenIn({ open }: State, { dataset }: HTMLElement): boolean {
	return open !== "" && (dataset.poll === open || dataset.group === open);
}

function buttonsOf(poll: HTMLElement): HTMLButtonElement[] {
	return [...poll.querySelectorAll<HTMLButtonElement>("[data-answer]")];
}
