import { addressOf, type Followed, type State } from "./session.ts";

export type Connection = "connecting" | "following" | "lost" | "offline" | "ended";

/** How long a new connection may take before another is tried, in milliseconds: three times as long as the last one took. */
const OPENING = { least: 1000, most: 6000, times: 3 };
/** How much later than told a sign of life may come. */
const GRACE = 1000;
/** When to try again; spread, so that a room does not come back in one moment. */
const RETRY = { least: 300, most: 800 };
/** How long to wait where the server said that it is too much. */
const BUSY = 3000;

/**
 * The stream of a session's states. It mends itself: browsers notice a lost network late or never, so the server gives
 * signs of life and says when the next one is due.
 */
export class Stream {
	readonly #followed: Followed;
	readonly #tell: (state: State) => void;
	readonly #show: (connection: Connection) => void;
	readonly #give: (ballot: string) => void;
	#source: EventSource | undefined;
	#timer = 0;
	/** When the next sign of life is overdue, in milliseconds of performance.now(). */
	#due = 0;
	/** Seconds between two signs of life. */
	#every = 2;
	/** How long a new connection may take. */
	#opening = OPENING.most;
	#over = false;

	constructor(
		followed: Followed,
		tell: (state: State) => void,
		show: (connection: Connection) => void,
		give: (ballot: string) => void,
	) {
		this.#followed = followed;
		this.#tell = tell;
		this.#show = show;
		this.#give = give;
	}

	start(): void {
		addEventListener("online", () => this.#connect());
		addEventListener("offline", () => this.#lose());
		addEventListener("pageshow", (event) => event.persisted && this.#connect());
		addEventListener("pagehide", () => this.#source?.close());
		document.addEventListener("visibilitychange", () => {
			if (!document.hidden && performance.now() > this.#due) this.#connect();
		});
		this.#connect();
	}

	#connect(): void {
		if (this.#over) return;
		clearTimeout(this.#timer);
		this.#source?.close();
		const source = new EventSource(addressOf(this.#followed, "events"));
		const begun = performance.now();
		this.#source = source;
		source.addEventListener("open", () => {
			const took = OPENING.times * (performance.now() - begun);
			this.#opening = Math.min(OPENING.most, Math.max(OPENING.least, took));
		});
		source.addEventListener("state", (event) => {
			this.#alive();
			this.#show("following");
			this.#tell(JSON.parse(event.data) as State);
		});
		source.addEventListener("ballot", (event) => this.#give(event.data as string));
		source.addEventListener("beat", (event) => {
			this.#every = Number(event.data) || this.#every;
			this.#alive();
		});
		source.addEventListener("ended", () => this.#end());
		source.addEventListener("error", () => this.#lose());
		this.#wait(this.#opening);
	}

	#alive(): void {
		this.#wait(this.#every * 1000 + GRACE);
	}

	/** Connects anew when nothing comes for so long. */
	#wait(milliseconds: number): void {
		clearTimeout(this.#timer);
		this.#due = performance.now() + milliseconds;
		this.#timer = window.setTimeout(() => {
			this.#show(navigator.onLine ? "lost" : "offline");
			this.#connect();
		}, milliseconds);
	}

	/** The stream broke: asks why where a server answered, and tries again. */
	#lose(): void {
		if (this.#over) return;
		const refused = this.#source?.readyState === EventSource.CLOSED;
		this.#source?.close();
		this.#due = 0;
		this.#show(navigator.onLine ? "lost" : "offline");
		if (refused) void this.#ask();
		this.#later(RETRY.least + Math.random() * (RETRY.most - RETRY.least));
	}

	#later(milliseconds: number): void {
		clearTimeout(this.#timer);
		this.#timer = window.setTimeout(() => this.#connect(), milliseconds);
	}

	/** A browser does not tell why a stream was refused: the session's state does. */
	async #ask(): Promise<void> {
		try {
			const { status } = await fetch(addressOf(this.#followed, "state"), {
				signal: AbortSignal.timeout(this.#opening),
			});
			if (status === 410 || status === 404) this.#end();
			else if (status === 429 || status === 503) this.#later(BUSY * (0.5 + Math.random()));
		} catch {
			// No server answers either: the next try comes of itself.
		}
	}

	#end(): void {
		this.#over = true;
		clearTimeout(this.#timer);
		this.#source?.close();
		this.#show("ended");
	}
}
