import { isFile } from "./lesson/address.ts";
import { type Kit, readKit } from "./lesson/kit.ts";
import { element } from "./page.ts";
import { printWhole } from "./present/paper.ts";
import { Presenter } from "./present/presenter.ts";
import { Speaker } from "./present/speaker.ts";

/** One page for both windows of a lesson: what the room sees, and what the speaker sees. */
async function main(): Promise<void> {
	const kit = await loaded();
	const wanted = isFile() ? new URLSearchParams(location.hash.slice(1)).get("view") : undefined;
	if ((wanted ?? document.body.dataset.view) === "notes") new Speaker(kit).start();
	else new Presenter(kit).start();
	printWhole(kit);
}

/** Loads the lesson; where that fails, says so and tries again when asked. */
async function loaded(): Promise<Kit> {
	for (;;) {
		try {
			return await readKit();
		} catch (problem) {
			console.warn(problem);
			await wish();
		}
	}
}

/** Shows that the lesson did not load, until somebody wants to try again. */
async function wish(): Promise<void> {
	const failure = element("[data-failed]");
	failure.hidden = false;
	await new Promise((resolve) => element("button", failure).addEventListener("click", resolve, { once: true }));
	failure.hidden = true;
}

void main();
