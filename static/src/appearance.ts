/**
 * Tells whenever what is painted must be painted anew: in other colours, for the dark or for paper, or for a screen of another
 * resolution. Gives what ends the telling.
 */
export function onAppearance(changed: () => void): () => void {
	const ended = new AbortController();
	const { signal } = ended;
	for (const media of ["(prefers-color-scheme: dark)", "print"]) {
		matchMedia(media).addEventListener("change", changed, { signal });
	}
	const watch = () => {
		const resolution = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`); // says only that it is no longer this one
		const again = () => {
			changed();
			watch();
		};
		resolution.addEventListener("change", again, { signal, once: true });
	};
	watch();
	return () => ended.abort();
}

/**
 * Loads the drawing for paper of a still map that is no longer seen, where the screen's is dark: one that is asked for when somebody
 * prints comes too late for that print.
 */
export function loadForPaper(): void {
	if (!isDark()) return;
	for (const source of document.querySelectorAll<HTMLSourceElement>("[data-still] source[media=print]"))
		source.media = "all";
}

/** Whether the page is in dark colours: by the reader's system, or by a theme of its own. */
function isDark(): boolean {
	const { colorScheme } = getComputedStyle(document.documentElement);
	if (!colorScheme.includes("dark")) return false;
	return !colorScheme.includes("light") || matchMedia("(prefers-color-scheme: dark)").matches;
}
