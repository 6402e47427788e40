import { element } from "./page.ts";

/** What only the map's script can answer. */
const ANSWERED = "[data-step], [data-choose], [data-motion]";

/** Keeps the reader's last click until the map's script is there to answer it, and which layers they have switched. */
export function keepForMap(): void {
	const frame = element("[data-frame]");
	document.addEventListener("change", ({ target }) => {
		if ("started" in frame.dataset || !(target instanceof HTMLInputElement) || !target.dataset.layer) return;
		target.dataset.wanted = String(target.checked);
	});
	document.addEventListener(
		"click",
		(event) => {
			if ("started" in frame.dataset || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
			const target = event.target instanceof Element ? event.target.closest<HTMLElement>(ANSWERED) : null;
			if (!target) return;
			event.preventDefault();
			pending()?.removeAttribute("data-pending");
			target.dataset.pending = "";
		},
		{ capture: true },
	);
}

/** Says that the map's script listens, and answers what was kept. */
export function answerPending(): void {
	element("[data-frame]").dataset.started = "";
	for (const box of document.querySelectorAll<HTMLInputElement>("[data-wanted]")) {
		if (String(box.checked) !== box.dataset.wanted) box.click(); // the script has set it as the page has it by default
		delete box.dataset.wanted;
	}
	const target = pending();
	target?.removeAttribute("data-pending");
	target?.click();
}

function pending(): HTMLElement | null {
	return document.querySelector<HTMLElement>("[data-pending]");
}
