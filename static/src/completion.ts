/** Brings what completes a search while one types, once the reader goes to its box. The form works without. */
export function offerCompletion(): void {
	const form = document.querySelector<HTMLFormElement>("[data-find]");
	form?.addEventListener("focusin", () => bring(form.dataset), { once: true });
}

function bring({ find = "", sheet: address = "" }: DOMStringMap): void {
	const sheet = document.createElement("link");
	sheet.rel = "stylesheet";
	sheet.href = address;
	const script = document.createElement("script");
	script.src = find;
	sheet.addEventListener("load", () => document.head.append(script));
	document.head.append(sheet);
}
