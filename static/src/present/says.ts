import type { Beat } from "../lesson/beats.ts";
import { passagesOf } from "../lesson/citations.ts";
import type { Kit, Step } from "../lesson/kit.ts";
import { plain } from "../lesson/prose.ts";
import { made } from "../lesson/say.ts";
import type { Language, Wording } from "../lesson/wording.ts";
import { element } from "../page.ts";

/** How long a short message stays, in milliseconds. */
const TOAST = 2500;

/** Who says what a step or the route tells, as of when, and where it is written. */
export function claimOf(
	{ route, historical_before }: Kit,
	cited: Pick<Step, "as_of" | "citations">,
	language: Language,
): string {
	const { strings } = language;
	const who = strings.text("claim.saidBy", { who: plain(language.say(route.said_by).text) });
	const year = cited.as_of ?? route.as_of;
	const line = [who, strings.text("claim.asOf", { year })];
	if (year < historical_before) line.push(strings.text("claim.historical"));
	return [...line, passagesOf(cited.citations ?? []).join("; ")].join(" · ");
}

/** Says of a text that it is a draft or stands in for another language; nothing of any other. */
export function markOf({ draft, lang }: Wording, { code, strings }: Language): string | undefined {
	if (lang !== code) return strings.text("mark.fallback");
	return draft ? strings.text("mark.draft") : undefined;
}

/** The small print of a screen: who tells it and as of when, how far the lesson is, and short messages. */
export class Says {
	readonly #kit: Kit;
	#toast = 0;

	constructor(kit: Kit) {
		this.#kit = kit;
		const [room, node] = [element("[data-presenter]"), element("[data-says]")];
		// The notes beside the map end above it, however many lines it has.
		const measure = () => room.style.setProperty("--says", `${node.offsetHeight}px`);
		new ResizeObserver(measure).observe(node);
	}

	/** Of words that no source is cited for, nothing but what the map shows is any source's. */
	show({ at, told }: Beat, language: Language, count: number, mapped: boolean): void {
		const { strings } = language;
		const cited = told?.citations?.length ? told : this.#kit.route;
		const from = claimOf(this.#kit, cited, language);
		const lines = [made("strong", "", cited === told ? from : strings.text("claim.uncited"))];
		if (cited !== told && mapped) lines.push(made("span", "", strings.text("claim.map", { cited: from })));
		lines.push(made("span", "", `${strings.text("map.notPath")} ${strings.text("note.boundary")}`));
		element("[data-says]").replaceChildren(...lines);
		element("[data-at]").textContent = strings.text("present.at", { number: at + 1, count });
		element("[data-progress]").replaceChildren(
			...Array.from({ length: count }, (_, i) => made("span", i < at ? "is-told" : i === at ? "is-now" : "")),
		);
		document.title = `${at + 1}/${count} · ${plain(language.say(this.#kit.lesson.title).text)}`;
	}

	/** Says something for a moment. */
	toast(text: string): void {
		const node = element("[data-toast]");
		node.textContent = text;
		clearTimeout(this.#toast);
		this.#toast = window.setTimeout(() => {
			node.textContent = "";
		}, TOAST);
	}
}
