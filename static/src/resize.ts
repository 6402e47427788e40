export {};

/** For pages that embed a map: makes the frame higher while the map's text is open. It takes word from our frames only. */
const { origin } = new URL((document.currentScript as HTMLScriptElement).src);
addEventListener("message", ({ source, origin: from, data }) => {
	const extra = data?.corridorExtra;
	if (!(extra >= 0 && extra < 2e4)) return;
	for (const frame of document.querySelectorAll("iframe")) {
		const sealed = from === "null" && frame.hasAttribute("sandbox");
		if (frame.contentWindow !== source || new URL(frame.src).origin !== origin || (from !== origin && !sealed))
			continue;
		frame.dataset.height ??= frame.style.height;
		frame.dataset.most ??= frame.style.maxHeight;
		Object.assign(frame.style, { height: frame.dataset.height, maxHeight: frame.dataset.most });
		if (extra) Object.assign(frame.style, { height: `${frame.clientHeight + extra}px`, maxHeight: "none" });
		frame.contentWindow?.postMessage({ corridorApplied: extra }, sealed ? "*" : origin);
	}
});
