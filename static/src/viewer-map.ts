import { App } from "./app.ts";
import { readPage } from "./page.ts";
import { answerPending } from "./pending.ts";
import { turn } from "./turn.ts";

/** The map of a viewers' page. Each step is a piece of work of its own, so that the page answers its reader in between. */
async function main(): Promise<void> {
	const app = new App(readPage());
	await turn();
	const started = app.start();
	answerPending();
	await started;
}

void main();
