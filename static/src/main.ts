import { App } from "./app.ts";
import { readPage } from "./page.ts";
import { turn } from "./turn.ts";

/** Each step is a piece of work of its own, so that the page answers its reader in between. */
async function main(): Promise<void> {
	await turn();
	const app = new App(readPage());
	await turn();
	await app.start();
}

void main();
