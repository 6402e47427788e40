/** Closes the open switch of languages when Escape is pressed in it or its reader goes elsewhere, as menus do. */
export function closeLanguages(): void {
	const menu = document.querySelector<HTMLDetailsElement>(".languages details");
	if (!menu) return;
	menu.addEventListener("keydown", (event) => {
		if (event.key !== "Escape" || !menu.open) return;
		menu.open = false;
		menu.querySelector("summary")?.focus();
	});
	const away = ({ target }: Event) => {
		if (!(target instanceof Node && menu.contains(target))) menu.open = false;
	};
	addEventListener("focusin", away);
	addEventListener("pointerdown", away);
}
