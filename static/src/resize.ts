export {};

/** For pages that embed a map: makes the frame higher while the map's text is open. It takes word from our frames only. */
const { origin } = new URL((document.currentScript as HTMLScriptElement).src);
const ours = (frame: HTMLIFrameElement) => frame.src.startsWith(`${origin}/`);
const bottom = (box: Element) => box.getBoundingClientRect().bottom;
/** Whether each box around a frame has grown with it, until one that scrolls: else the frame is cut off or lies over what follows. */
const hasRoom = (frame: Element) => {
	for (let box = frame.parentElement; box; box = box.parentElement) {
		if (/(auto|scroll|^bodyvisible)$/.test(box.localName + getComputedStyle(box).overflowY)) break;
		// What is laid out within a line has no height of its own.
		if (box.clientHeight && bottom(box) < bottom(frame) - 1) return false;
	}
	return true;
};
addEventListener("message", ({ source, origin: from, data }) => {
	let extra = data?.corridorExtra;
	if (!(extra >= 0 && extra < 2e4)) return;
	for (const frame of document.querySelectorAll("iframe")) {
		const sealed = from === "null" && frame.hasAttribute("sandbox");
		if (frame.contentWindow !== source || !ours(frame) || (from !== origin && !sealed)) continue;
		const { dataset, style } = frame;
		const size = (height?: string, maxHeight?: string) => Object.assign(style, { height, maxHeight });
		// Kept on the frame, since a page may have this script twice, and only while that is higher: else the page may give it another size.
		dataset.corridorSize ??= `${style.height};${style.maxHeight}`;
		const former = dataset.corridorSize.split(";");
		size(...former);
		const wanted = frame.clientHeight + extra;
		size(`${wanted}px`, "none");
		if (frame.offsetHeight < wanted || !hasRoom(frame)) extra = 0;
		if (!extra) {
			size(...former);
			delete dataset.corridorSize;
		}
		frame.contentWindow?.postMessage({ corridorApplied: extra }, sealed ? "*" : origin);
	}
});
// What a frame has told before this script was there was heard by nobody.
for (const frame of document.querySelectorAll("iframe"))
	if (ours(frame)) frame.contentWindow?.postMessage({ corridorAsks: true }, "*");
