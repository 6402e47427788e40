import { isFile } from "./lesson/address.ts";
import { readKit } from "./lesson/kit.ts";
import { Presenter } from "./present/presenter.ts";
import { Speaker } from "./present/speaker.ts";

/** One page for both windows of a lesson: what the room sees, and what the speaker sees. */
async function main(): Promise<void> {
	const kit = await readKit();
	const wanted = isFile() ? new URLSearchParams(location.hash.slice(1)).get("view") : undefined;
	if ((wanted ?? document.body.dataset.view) === "notes") new Speaker(kit).start();
	else new Presenter(kit).start();
}

void main();
