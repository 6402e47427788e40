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
