export {};

/** For pages that embed a map: makes the frame higher while the map's text is open. It takes word from our frames only. */
const { origin } = new URL((document.currentScript as HTMLScriptElement).src);
const ours = (frame: HTMLIFrameElement) => frame.src.startsWith(`${origin}/`);
addEventListener("message", ({ source, origin: from, data }) => {
	const extra = data?.corridorExtra;
	if (!(extra >= 0 && extra < 2e4)) return;
	for (const frame of document.querySelectorAll("iframe")) {
		const sealed = from === "null" && frame.hasAttribute("sandbox");
		if (frame.contentWindow !== source || !ours(frame) || (from !== origin && !sealed)) continue;
		const { dataset, style } = frame;
		// Kept on the frame, since a page may have this script twice, and only while that is higher: else the page may give it another size.
		dataset.corridorHeight ??= style.height;
		dataset.corridorMost ??= style.maxHeight;
		Object.assign(style, { height: dataset.corridorHeight, maxHeight: dataset.corridorMost });
		if (extra) Object.assign(style, { height: `${frame.clientHeight + extra}px`, maxHeight: "none" });
		else for (const name of ["corridorHeight", "corridorMost"]) delete dataset[name];
		frame.contentWindow?.postMessage({ corridorApplied: extra }, sealed ? "*" : origin);
	}
});
// What a frame has told before this script was there was heard by nobody.
for (const frame of document.querySelectorAll("iframe"))
	if (ours(frame)) frame.contentWindow?.postMessage({ corridorAsks: true }, "*");
