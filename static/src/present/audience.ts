import type { Kit } from "../lesson/kit.ts";
import { element } from "../page.ts";
import type { Strings } from "../strings.ts";
import { CallFailed, call } from "./call.ts";
import { Lead } from "./lead.ts";

/** How long after a failure a move is sent again, and how often the answers are counted, in milliseconds. */
const AGAIN = 1000;
const COUNTING = 1500;
/** After how many requests in a row without an answer the trainer is told that the phones do not follow. */
const LOST = 2;

/** What followers are shown. */
export interface Move {
	readonly step: string;
	readonly screen: string;
	readonly blank: boolean;
	readonly hide_later: boolean;
	/** What may be answered now; empty for nothing. */
	readonly open: string;
	readonly reveal: boolean;
}

/** The answers to one poll, counted. */
export interface Tally {
	readonly id: string;
	readonly votes: number;
	readonly answers: readonly { readonly id: string; readonly votes: number }[];
}

interface Session {
	readonly code: string;
	readonly spelled: string;
	readonly secret: string;
	readonly url: string;
	readonly qr: string;
	readonly entry: string;
	/** Whether no phone can reach the address. */
	readonly local: boolean;
}

/** What the server answers to a move. */
interface Moved {
	readonly seq: number;
}

interface Totals {
	readonly followers: number;
	readonly polls: readonly Tally[];
}

/** By it spreadsheets know the letters; what comes as text has lost it. */
const BYTE_ORDER_MARK = "\ufeff";

/** The session in which an audience follows on its phones: opened by the presenter's wish, kept over a reload, ended here. */
export class Audience {
	readonly #kit: Kit;
	readonly #key: string;
	#lead: Lead | undefined;
	readonly #dialog = element<HTMLDialogElement>("[data-follow]");
	readonly #changed: () => void;
	readonly #now: () => Move;
	#session: Session | undefined;
	/** The last one that is over: its answers can still be saved. */
	#over: Session | undefined;
	#totals: Totals | undefined;
	#wanted: Move | undefined;
	/** The number of the last move that the server has answered: by it one that a bad network holds back is refused; 0 for none. */
	#after = 0;
	#opening = false;
	#sending = false;
	#counting = false;
	/** How many requests in a row had no answer. */
	#unanswered = 0;
	#strings: Strings;

	/** Asks for what is shown now whenever it tells the audience, and says when answers have come in. */
	constructor(kit: Kit, strings: Strings, now: () => Move, changed: () => void) {
		this.#kit = kit;
		this.#strings = strings;
		this.#now = now;
		this.#changed = changed;
		this.#key = `corridor-session:${kit.route.id}/${kit.lesson.id}`;
		const on = (name: string, act: () => void) => element(`[data-follow-${name}]`).addEventListener("click", act);
		on("open", () => void this.#open());
		on("end", () => this.#ask(true));
		on("keep", () => this.#ask(false));
		on("sure", () => void this.#end());
		on("csv", () => void this.#save());
		this.#resume();
	}

	/** Goes on with the session that was open when the page was left. */
	start(): void {
		this.move();
		setInterval(() => void this.#count(), COUNTING);
		this.#draw();
	}

	speak(strings: Strings): void {
		this.#strings = strings;
		this.#draw();
	}

	show(): void {
		if (!this.#session && !this.#opening) {
			this.#resume(); // another page of this browser may have opened one meanwhile
			this.move();
		}
		this.#draw();
		this.#ask(false);
		if (!this.#dialog.open) this.#dialog.showModal();
		// What a session has to be done with is not to be done by a key that was meant for the lesson.
		if (this.#session) this.#dialog.querySelector<HTMLButtonElement>("[value=close]")?.focus();
	}

	/** The answers to a poll, where a session counts them. */
	tally(poll: string): Tally | undefined {
		return this.#totals?.polls.find(({ id }) => id === poll);
	}

	/** How many phones follow now. */
	get followers(): number {
		return this.#totals?.followers ?? 0;
	}

	/** Tells the audience what is shown now; of several moves in a hurry the last one counts. */
	move(): void {
		if (!this.#session) return;
		this.#wanted = this.#now();
		if (!this.#sending) void this.#send();
	}

	/** Of several pages of one lesson in this browser the first leads: another is for looking something up. */
	async #leads(): Promise<boolean> {
		if (await this.#lead?.take()) return true;
		this.#wanted = undefined;
		return false;
	}

	async #send(): Promise<void> {
		this.#sending = true;
		while (this.#session && (await this.#leads()) && this.#wanted) {
			const [session, move] = [this.#session, this.#wanted];
			try {
				const body = { ...move, after: this.#after };
				const moved = (await call("PUT", `/live/${session.code}/state`, body, session.secret)) as Moved;
				if (session === this.#session) this.#after = moved.seq;
				if (this.#wanted === move) this.#wanted = undefined;
				this.#answered(true);
			} catch (problem) {
				// One of ours came first although its answer did not, or another page's: what is shown now is newer.
				const isOvertaken = problem instanceof CallFailed && problem.status === 409 && this.#after > 0;
				if (isOvertaken) this.#after = 0;
				else {
					this.#failed(session, problem);
					await new Promise((resolve) => setTimeout(resolve, AGAIN));
				}
			}
		}
		this.#sending = false;
	}

	/** Opens a session, where none is open or about to be: a second click would leave one behind that nobody leads. */
	async #open(): Promise<void> {
		if (this.#opening || this.#session) return;
		this.#opening = true;
		try {
			const body = { route: this.#kit.route.id, lesson: this.#kit.lesson.id, step: this.#now().step };
			const session = (await call("POST", "/live", body)) as Session;
			this.#takeUp(session);
			this.#keep(JSON.stringify(session));
			this.#say("");
		} catch {
			this.#say(this.#strings.text("present.followFailed"));
		}
		this.#opening = false;
		this.move();
		this.#draw();
	}

	#takeUp(session: Session): void {
		this.#session = session;
		this.#lead = new Lead(session.code);
		this.#over = undefined;
		this.#totals = undefined;
		this.#unanswered = 0;
	}

	async #end(): Promise<void> {
		const session = this.#session;
		if (!session) return;
		try {
			await call("DELETE", `/live/${session.code}`, undefined, session.secret);
			this.#forget(session);
			this.#say("");
		} catch (problem) {
			if (problem instanceof CallFailed && problem.isFinal) this.#failed(session, problem);
			else this.#say(this.#strings.text("present.followFailed"));
		}
	}

	/** Saves the answers as a table: sums only, since nothing else is known. */
	async #save(): Promise<void> {
		const { code = "", secret = "" } = this.#session ?? this.#over ?? {};
		try {
			const { lang } = document.documentElement;
			const table = (await call("GET", `/live/${code}/totals.csv?lang=${lang}`, undefined, secret)) as string;
			const link = document.createElement("a");
			link.href = URL.createObjectURL(new Blob([BYTE_ORDER_MARK, table], { type: "text/csv" }));
			link.download = `${this.#kit.route.id}-${code}.csv`;
			link.click();
			URL.revokeObjectURL(link.href);
		} catch {
			this.#say(this.#strings.text("present.followFailed"));
		}
	}

	async #count(): Promise<void> {
		const session = this.#session;
		if (!session || this.#counting) return;
		this.#counting = true;
		try {
			const totals = (await call("GET", `/live/${session.code}/totals`, undefined, session.secret)) as Totals;
			if (session !== this.#session) return;
			this.#answered(true);
			const same = JSON.stringify(totals) === JSON.stringify(this.#totals);
			this.#totals = totals;
			if (same) return;
			this.#draw();
			this.#changed();
		} catch (problem) {
			this.#failed(session, problem);
		} finally {
			this.#counting = false;
		}
	}

	/** Notes what went wrong with a session. It may have ended meanwhile: then it is nothing that the one of now has to do with. */
	#failed(session: Session, problem: unknown): void {
		if (session !== this.#session) return;
		if (problem instanceof CallFailed && problem.isFinal) this.#forget(session, problem.status !== 404);
		else this.#answered(false);
	}

	/** Notes whether the server has answered: without it the phones do not follow, which the trainer must know. */
	#answered(has: boolean): void {
		const before = this.#isLost;
		this.#unanswered = has ? 0 : this.#unanswered + 1;
		if (this.#isLost !== before) this.#draw();
	}

	get #isLost(): boolean {
		return this.#unanswered >= LOST;
	}

	/** Shows the question whether to end the session, which a slip must not answer. */
	#ask(whether: boolean): void {
		element("[data-follow-ask]").hidden = !whether;
		element("[data-follow-tools]").hidden = whether || (!this.#session && !this.#over);
		if (whether) element("[data-follow-keep]").focus();
	}

	/** Takes up the session that is kept, if there is one. */
	#resume(): void {
		const session = this.#remembered();
		if (session) this.#takeUp(session);
	}

	/** The session that is kept. Whether it goes on is the server's to say, whose clock may be another than this machine's. */
	#remembered(): Session | undefined {
		try {
			return (JSON.parse(localStorage.getItem(this.#key) ?? "null") as Session | null) ?? undefined;
		} catch {
			return undefined; // no storage, or not ours
		}
	}

	/** A session is over for this page; where the server still knows it, its answers stay there for a while. */
	#forget(session: Session, isKnown = true): void {
		if (session !== this.#session) return;
		this.#lead?.close();
		this.#over = isKnown ? session : undefined;
		this.#session = undefined;
		this.#wanted = undefined;
		this.#after = 0;
		this.#unanswered = 0;
		if (this.#remembered()?.code === session.code) this.#keep(undefined); // another page may have opened the next one
		this.#ask(false);
		this.#draw();
		this.#changed();
	}

	/** Keeps the session over a reload. A browser may refuse its storage: then the session goes with the page. */
	#keep(session: string | undefined): void {
		try {
			if (session === undefined) localStorage.removeItem(this.#key);
			else localStorage.setItem(this.#key, session);
		} catch {
			// As above.
		}
	}

	#say(text: string): void {
		element("[data-follow-problem]").textContent = text;
	}

	#draw(): void {
		const session = this.#session;
		element("[data-follow-closed]").hidden = session !== undefined;
		element("[data-follow-running]").hidden = session === undefined;
		element("[data-follow-end]").hidden = session === undefined;
		element("[data-follow-over]").hidden = this.#over === undefined;
		const badge = element("[data-followers]");
		const count = this.followers;
		badge.hidden = session === undefined;
		badge.textContent = this.#isLost ? "!" : String(count);
		if (!session) return;
		element("[data-follow-code]").textContent = session.spelled;
		const address = element("[data-follow-entry]");
		address.textContent = session.entry.replace(/^https?:\/\//, "");
		showCode(element("[data-follow-qr]"), session);
		element("[data-follow-local]").hidden = !session.local;
		const said = element("[data-follow-count]");
		said.classList.toggle("is-failure", this.#isLost);
		said.textContent = this.#isLost
			? this.#strings.text("present.followLost")
			: this.#strings.text("present.followers", { count });
	}
}

/** Puts the picture of a session's address into its place, once for each session. */
function showCode(place: HTMLElement, { qr, url }: Pick<Session, "qr" | "url">): void {
	if (place.firstElementChild?.getAttribute("src") === qr) return;
	const picture = document.createElement("img");
	picture.src = qr;
	picture.alt = url;
	place.replaceChildren(picture);
}
