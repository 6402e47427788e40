import { App } from "./app.ts";
import { leaveQuickly } from "./leave.ts";
import { readPage } from "./page.ts";
import { offerSharing } from "./share.ts";
import { turn } from "./turn.ts";

/** Each step is a piece of work of its own, so that the page answers its reader in between. */
async function main(): Promise<void> {
	leaveQuickly();
	await turn();
	const page = readPage();
	offerSharing(page.strings);
	const app = new App(page);
	await turn();
	await app.start();
}

void main();
