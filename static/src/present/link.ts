import type { Command } from "./keys.ts";

/** What the presenter tells the speaker's window. */
export interface Told {
	readonly kind: "state";
	readonly step: string;
	readonly screen: string;
	readonly blank: boolean;
	readonly lang: string;
	/** Whether single letters and digits are keys. */
	readonly letters: boolean;
	/** When the lesson began, in milliseconds since 1970. */
	readonly since: number;
}

/** What the speaker's window asks of the presenter. */
export type Asked =
	| { readonly kind: "hello" }
	| { readonly kind: "command"; readonly command: Command }
	/** The number of a step, from 1. */
	| { readonly kind: "go"; readonly number: number }
	| { readonly kind: "restart" };

interface Envelope {
	readonly corridor: string;
	/** The id of the lesson that is told. */
	readonly lesson: string;
	readonly message: unknown;
}

/** Whether the page comes from nowhere, such as from a disk: it has no origin then that could be compared. */
const NOWHERE = origin === "null";

/**
 * Two windows of one lesson on one machine, without a server: they speak by postMessage, which a file opened from a disk
 * has too, and know each other by a word that only they have.
 * The word stays when another lesson is begun in the presenter's window; the former one's notes have nothing to do with it.
 */
export class Link<Sent, Received> {
	readonly #word: string;
	readonly #lesson: string;
	#peer: Window | null = null;

	constructor(word: string, lesson: string, received: (message: Received) => void) {
		this.#word = word;
		this.#lesson = lesson;
		addEventListener("message", (event: MessageEvent<Envelope | null>) => {
			const ours = NOWHERE || event.origin === origin;
			if (!ours || !word || event.data?.corridor !== word || event.data.lesson !== lesson) return;
			// What a page says last before it is loaded again comes from nobody any more: the window stays the peer.
			if (event.source) this.#peer = event.source as Window;
			received(event.data.message as Received);
		});
	}

	to(peer: Window | null): void {
		this.#peer = peer;
	}

	get isOpen(): boolean {
		return this.#peer !== null && !this.#peer.closed;
	}

	send(message: Sent): void {
		const envelope: Envelope = { corridor: this.#word, lesson: this.#lesson, message };
		if (this.isOpen) this.#peer?.postMessage(envelope, NOWHERE ? "*" : origin);
	}
}

/** What a window remembers over a reload, in its own name: no storage is needed, and it ends with the window. */
export interface Memory {
	word: string;
	since: number;
	/** Whether the screen is dark. */
	dark?: boolean;
	/** When the countdown ends, in milliseconds since 1970; 0 where there is none. */
	ends?: number;
}

const PREFIX = "corridor-presenter:";

/**
 * What the window remembers; the word alone where a lesson begins now: its clock does not go on from the one before, but a
 * speaker's window that is still open stays this one's.
 */
export function remembered(now: number): Memory {
	const kept = inName();
	if (kept && isAgain()) return kept;
	const memory = { word: kept?.word ?? newWord(), since: now };
	remember(memory);
	return memory;
}

function inName(): Memory | undefined {
	if (!window.name.startsWith(PREFIX)) return undefined;
	try {
		return JSON.parse(window.name.slice(PREFIX.length)) as Memory;
	} catch {
		return undefined; // another page gave the window its name
	}
}

/** Whether the page was loaded again, or come back to, in the middle of a lesson; no lesson begins with that. */
function isAgain(): boolean {
	const [load] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
	return load !== undefined && load.type !== "navigate";
}

export function remember(memory: Memory): void {
	window.name = PREFIX + JSON.stringify(memory);
}

function newWord(): string {
	return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
