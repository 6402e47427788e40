import { element } from "../page.ts";

/**
 * Opens what lies outside the frame in a window of its own. Where the frame may open none, the address is shown, to be
 * copied: a link that does nothing leaves its reader alone.
 */
export function leaveByLinks(): void {
	document.addEventListener("click", (event) => {
		const link = (event.target as Element | null)?.closest<HTMLAnchorElement>("a[href]");
		if (!link || isWithin(link) || event.ctrlKey || event.metaKey || event.shiftKey) return;
		event.preventDefault();
		const opened = open(link.href, "_blank");
		if (opened) opened.opener = null;
		else say(link.href);
	});
}

/** Whether a link leads to a part of this very page: an address elsewhere may have such a part too. */
function isWithin(link: HTMLAnchorElement): boolean {
	const page = ({ href }: { href: string }) => href.split("#", 1)[0];
	return link.hash !== "" && page(link) === page(location);
}

function say(address: string): void {
	const line = element("[data-blocked]");
	line.hidden = false;
	const code = element("code", line);
	code.textContent = address;
	getSelection()?.selectAllChildren(code);
}

/** Shows the button for the whole screen where the page around allows that. */
export function offerFullScreen(): void {
	if (!document.fullscreenEnabled) return;
	const button = element<HTMLButtonElement>("[data-full]");
	button.hidden = false;
	button.addEventListener("click", () => {
		const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
		done.catch(() => {
			button.hidden = true;
		});
	});
}
