/** How long a page waits for the font of its language, in milliseconds; then it is shown as it is. */
const PATIENCE = 2000;

// Stands within the head of a page, behind its styles. Where the device lacks the font of the page's language the page is
// shown when that font is there: letters that come late would move what stands below them, and until then are no letters.
const { documentElement: root, fonts } = document;
const { sample: written = "" } = (document.currentScript as HTMLScriptElement).dataset;
const sample = document.createElement("p");
const bold = document.createElement("b");
bold.textContent = written;
sample.append(written, bold);
root.append(sample);
const drawn = sample.offsetWidth > 0; // asks for the fonts
sample.remove();
if (drawn && fonts.status === "loading") {
	root.classList.add("is-coming");
	const show = () => root.classList.remove("is-coming");
	void fonts.ready.then(show);
	setTimeout(show, PATIENCE);
}
