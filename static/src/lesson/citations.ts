/** A passage that is a paragraph, with its number. */
const PARAGRAPH = /^¶?(\d+)$/;

/**
 * Names what is cited in a text for each source, of paragraphs in a row the first and the last: "08BEIJING4697 ¶2–¶9, ¶11". It is the
 * server's draw.Passages once more; static/testdata/citations.json holds the two together.
 */
export function passagesOf(citations: readonly string[]): string[] {
	const sources = new Map<string, Set<string>>();
	for (const citation of citations) {
		const [id = "", ...rest] = citation.split(" ");
		const passages = sources.get(id) ?? new Set();
		sources.set(id, passages);
		if (rest.length > 0) passages.add(rest.join(" "));
	}
	return [...sources].map(([id, passages]) => `${id} ${inRanges([...passages].sort(byPlace)).join(", ")}`.trim());
}

/** ¶5 comes before ¶11. */
function byPlace(a: string, b: string): number {
	if (a.length !== b.length) return a.length - b.length;
	return a < b ? -1 : 1;
}

/** Names passages in a row by the first and the last of them. */
function inRanges(passages: readonly string[]): string[] {
	const rows: string[][] = [];
	for (const passage of passages) {
		const row = rows.at(-1);
		if (row && followsOn(row.at(-1) ?? "", passage)) row.push(passage);
		else rows.push([passage]);
	}
	return rows.flatMap((row) => (row.length > 2 ? `${row[0]}–${row.at(-1)}` : row));
}

/** Whether a passage is the paragraph after another. */
function followsOn(a: string, b: string): boolean {
	return Number(PARAGRAPH.exec(a)?.[1]) + 1 === Number(PARAGRAPH.exec(b)?.[1]);
}
