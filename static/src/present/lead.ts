/** How long another page may take to say that it leads, in milliseconds. */
const WAIT = 250;

/** Which of several pages in this browser leads the audience of a session: the first one, until it is closed. */
export class Lead {
	readonly #channel: BroadcastChannel | undefined;
	/** Of pages that ask in the same moment, such as when a browser brings them back, the one of the least lot leads. */
	readonly #lot = Math.random();
	#leads = false;
	#taken: (() => void) | undefined;

	constructor(code: string) {
		if (typeof BroadcastChannel === "undefined") return;
		this.#channel = new BroadcastChannel(`corridor-session-${code}`);
		this.#channel.addEventListener("message", ({ data }) => {
			if (data === "here") this.#taken?.();
			else if (this.#leads) this.#channel?.postMessage("here");
			else if (this.#taken && this.#lot < data) this.#channel?.postMessage(this.#lot);
			else this.#taken?.();
		});
		// A page that the browser keeps for going back leads nobody.
		addEventListener("pagehide", () => {
			this.#leads = false;
		});
	}

	/** Leads from now on, unless another page does, and says whether it does. */
	async take(): Promise<boolean> {
		if (this.#leads || !this.#channel) return true;
		const taken = await new Promise<boolean>((resolve) => {
			this.#taken = () => resolve(true);
			this.#channel?.postMessage(this.#lot);
			setTimeout(() => resolve(false), WAIT);
		});
		this.#taken = undefined;
		this.#leads = !taken;
		return this.#leads;
	}

	close(): void {
		this.#leads = false;
		this.#channel?.close();
	}
}
