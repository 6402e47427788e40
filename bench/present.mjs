// Measures the presenter at 1920×1080 in Chromium without a GPU: from a key to the words of the next step on the screen, and
// the times between frames while the map flies and draws the leg. Usage: node bench/present.mjs URL; a browser in CHROMIUM.
import { chromium } from "playwright-core";

const [, , address = "http://127.0.0.1:8080/routes/yunnan/present?lang=en"] = process.argv;
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
FLAGS.push("--disable-background-networking", "--disable-component-update", "--disable-sync");
const ROUNDS = 3;
/** How long a step's motion takes, in milliseconds. */
const MOTION = 2300;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
const words = [];
const frames = [];
for (let round = 0; round < ROUNDS; round++) {
	await page.goto(address);
	await page.locator("html[data-ready]").waitFor({ state: "attached" });
	await page.waitForTimeout(1500);
	await page.evaluate(measure);
	for (let step = 0; step < 11; step++) {
		await page.keyboard.press("ArrowDown");
		await page.waitForTimeout(MOTION);
		const got = await page.evaluate(() => window.taken());
		words.push(got.words);
		if (round > 0) frames.push(...got.frames); // in the first round the tiles come
	}
}
await browser.close();
report("key to words", words);
report("frame", frames);
const slow = frames.filter((ms) => ms > 34).length;
process.stdout.write(`frames over 34 ms: ${((100 * slow) / frames.length).toFixed(1)} %\n`);

/** Runs in the page: takes the time from a key to the frame that shows other words, and that of each frame after it. */
function measure() {
	let [pressed, shown, last] = [0, 0, 0];
	let times = [];
	const begun = ({ timeStamp }) => {
		[pressed, shown, last, times] = [timeStamp, 0, 0, []];
		requestAnimationFrame(() => {
			const { port1, port2 } = new MessageChannel();
			port1.onmessage = () => {
				shown = performance.now() - pressed;
			};
			port2.postMessage(0);
		});
		const tick = (now) => {
			if (last) times.push(now - last);
			last = now;
			if (performance.now() - pressed < 2200) requestAnimationFrame(tick);
		};
		requestAnimationFrame(tick);
	};
	addEventListener("keydown", begun, { capture: true }); // the presenter lets no key beyond this phase
	window.taken = () => ({ words: shown, frames: times });
}

function report(name, list) {
	const sorted = [...list].sort((a, b) => a - b);
	const at = (share) => (sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN).toFixed(1);
	process.stdout.write(`${name}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(1)} ms (${list.length})\n`);
}
