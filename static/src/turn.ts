/** Lets the page answer its reader between two pieces of work. */
export function turn(): Promise<void> {
	return new Promise((go) => setTimeout(go));
}
