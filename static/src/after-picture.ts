// Stands within an embed's page and brings the page's script when the picture is there: a reader on a slow line sees the map
// before anything that moves it takes a part of the line or of the processor.
const { dataset } = document.currentScript as HTMLScriptElement;
addEventListener("load", () => {
	const script = document.createElement("script");
	script.src = dataset.script ?? "";
	document.head.append(script);
});
