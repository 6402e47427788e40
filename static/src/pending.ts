import { element } from "./page.ts";

/** What only the map's script can answer. */
const ANSWERED = "[data-step], [data-choose], [data-motion]";

/** Keeps the reader's last click until the map's script is there to answer it. */
export function keepForMap(): void {
	const frame = element("[data-frame]");
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

/** Says that the map's script listens, and answers the click that was kept. */
export function answerPending(): void {
	element("[data-frame]").dataset.started = "";
	const target = pending();
	target?.removeAttribute("data-pending");
	target?.click();
}

function pending(): HTMLElement | null {
	return document.querySelector<HTMLElement>("[data-pending]");
}
