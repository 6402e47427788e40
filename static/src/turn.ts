/** How long work may go on before the page answers its reader, in milliseconds. */
const SLICE = 40;

/** Lets the page answer its reader between two pieces of work. */
export function turn(): Promise<void> {
	return new Promise((go) => setTimeout(go));
}

/** Work that is cut where it takes long. */
export class Slices {
	#begun = performance.now();

	/** Goes on, after a turn where a slice is over. */
	async next(): Promise<void> {
		if (performance.now() - this.#begun > SLICE) await this.turn();
	}

	async turn(): Promise<void> {
		await turn();
		this.#begun = performance.now();
	}
}
