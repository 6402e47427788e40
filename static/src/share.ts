import { element } from "./page.ts";
import type { Strings } from "./strings.ts";

/** Makes a dialog of the section on sharing, and lets its texts be copied with and without the browser's permission. */
export function offerSharing(strings: Strings): void {
	const section = document.querySelector<HTMLDetailsElement>("[data-share]");
	if (!section) return;
	const body = element("[data-share-body]", section);
	const dialog = document.createElement("dialog");
	dialog.className = "share-dialog";
	dialog.setAttribute("aria-labelledby", "share-title");
	const close = document.createElement("button");
	close.type = "button";
	close.className = "share-close";
	close.textContent = strings.text("map.close");
	close.addEventListener("click", () => dialog.close());
	let pressed: EventTarget | null = null;
	dialog.addEventListener("pointerdown", ({ target }) => {
		pressed = target;
	});
	dialog.addEventListener("click", ({ target }) => {
		if (target === dialog && pressed === dialog) dialog.close(); // who marks a text may let go beside the dialog
	});
	element("summary", section).addEventListener("click", (event) => {
		event.preventDefault();
		nameStop(body);
		if (!dialog.isConnected) {
			dialog.append(close, body);
			section.after(dialog);
		}
		dialog.showModal();
	});
	for (const button of body.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
		button.hidden = false;
		button.addEventListener("click", () => void copy(button, strings));
	}
}

/** Puts the stop that is chosen now into the addresses, where the page has such a one. */
function nameStop(body: HTMLElement): void {
	const asked = new URLSearchParams(location.search).get("stop") ?? "";
	const stop = document.querySelector(`[data-stop="${CSS.escape(asked)}"]`) ? asked : "";
	const link = body.querySelector<HTMLTextAreaElement>("[data-share-link]");
	if (!link) return; // the public address is not known
	link.value = withStop(link.value, stop);
	const frame = element<HTMLTextAreaElement>("[data-share-frame]", body);
	frame.value = frame.value.replace(/src="([^"]*)"/, (_, address: string) => {
		const plain = withStop(address.replaceAll("&amp;", "&"), stop);
		return `src="${plain.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`;
	});
}

function withStop(address: string, stop: string): string {
	const url = new URL(address);
	if (stop) url.searchParams.set("stop", stop);
	else url.searchParams.delete("stop");
	return url.href;
}

/** Copies a text; where the browser allows neither way it stays selected, and words say what to press. */
async function copy(button: HTMLButtonElement, strings: Strings): Promise<void> {
	const field = element<HTMLTextAreaElement>(`#${button.dataset.copy}`);
	const said = element("[data-copied]");
	said.textContent = "";
	const done = await toClipboard(field);
	said.textContent = strings.text(done ? "share.copied" : "share.copyByHand");
	if (!done) {
		field.focus();
		field.select();
	}
}

async function toClipboard(field: HTMLTextAreaElement): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(field.value);
		return true;
	} catch {
		field.select();
		return document.execCommand("copy");
	}
}
