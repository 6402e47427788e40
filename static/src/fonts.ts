/**
 * Chromium leaves some texts shaped without glyphs when a font for their script arrives after the first layout. A change
 * of the root's size that nobody sees makes it shape all of them again.
 */
export function reshapeWhenFontsArrive(): void {
	const reshape = () => document.documentElement.classList.toggle("is-reshaped");
	document.fonts.addEventListener("loadingdone", reshape);
	if ([...document.fonts].some((font) => font.status === "loaded")) reshape();
}
