/** The card that lies over the lesson; there is at most one. */
export function openCard(): HTMLDialogElement | null {
	return document.querySelector("dialog[open]");
}

/** Puts the open card away; gives the command that its card belongs to. */
export function closeCard(): string | undefined {
	const card = openCard();
	card?.close();
	return card?.dataset.card;
}

/** Watches that a button of a card that goes while it has the focus leaves it to the one that closes the card. */
export function keepFocus(): void {
	const watch = new MutationObserver(() => {
		const card = openCard();
		const at = document.activeElement;
		if (!card || (at !== card && card.contains(at) && (at?.getClientRects().length ?? 0) > 0)) return;
		card.querySelector<HTMLElement>("[value=close]")?.focus();
	});
	for (const card of document.querySelectorAll("dialog")) {
		watch.observe(card, { subtree: true, attributeFilter: ["hidden"] });
	}
}
