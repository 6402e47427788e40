import { json } from "../api.ts";

/** Something that a search of the content found. Marks are from and to in characters, as code points. */
export interface Result {
	readonly type: string;
	readonly kind: string;
	readonly title: string;
	readonly lang: string;
	readonly draft: boolean;
	readonly title_marks: readonly Mark[];
	readonly snippet: string;
	readonly snippet_lang: string;
	readonly snippet_draft: boolean;
	readonly snippet_marks: readonly Mark[];
	readonly as_of?: number;
	readonly historical?: boolean;
	readonly url: string;
}

type Mark = readonly [number, number];

/** How many results are offered while one types. */
const OFFERED = 8;

export async function resultsOf(query: string, lang: string, signal: AbortSignal): Promise<readonly Result[]> {
	const asked = new URLSearchParams({ q: query, lang, limit: String(OFFERED) });
	return (await json<{ results: Result[] }>(`/api/search?${asked}`, signal)).results;
}

/** Writes a text into an element, with what was found in marks. */
export function writeMarked(into: HTMLElement, text: string, lang: string, marks: readonly Mark[]): void {
	const letters = [...text];
	into.lang = lang;
	let at = 0;
	for (const [from, to] of marks) {
		const mark = document.createElement("mark");
		mark.textContent = letters.slice(from, to).join("");
		into.append(letters.slice(at, from).join(""), mark);
		at = to;
	}
	into.append(letters.slice(at).join(""));
}
