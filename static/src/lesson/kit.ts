import type { Geometry } from "geojson";
import { json } from "../api.ts";
import type { BasemapSource } from "../page.ts";

/** A text by language. */
export type Text = Readonly<Record<string, string>>;

export interface Step {
	readonly id: string;
	readonly kind: "opening" | "stage" | "topic" | "closing";
	readonly title: Text;
	readonly narration: Text;
	readonly stop?: string;
	readonly leg?: string;
	readonly movements?: readonly string[];
	readonly sites?: readonly string[];
	readonly module: string;
	readonly minutes: number;
	readonly acts?: readonly string[];
	readonly means?: readonly string[];
	readonly signs?: readonly string[];
	readonly noticing?: Text;
	readonly protects?: Text;
	readonly help?: Text;
	readonly notes: Text;
	readonly questions?: readonly Text[];
	readonly decision?: Text;
	readonly citations?: readonly string[];
	readonly as_of?: number;
}

export interface Answer {
	readonly id: string;
	readonly text: Text;
	readonly correct?: boolean;
}

export interface Question {
	readonly id: string;
	readonly question: Text;
	readonly answers: readonly Answer[];
	readonly explanation: Text;
}

export interface Lesson {
	readonly id: string;
	readonly title: Text;
	readonly summary: Text;
	readonly steps: readonly Step[];
	readonly quiz?: readonly Question[];
	/** The time planned for the quiz, each of the two times that it is asked. */
	readonly quiz_minutes?: number;
}

/** A feature whose geometry is there once and whose properties are in each language of its pack. */
export interface ToldFeature {
	readonly collection: "stops" | "legs" | "movements" | "sites" | "places";
	readonly id: string;
	readonly geometry: Geometry | null;
	readonly texts: Readonly<Record<string, Record<string, unknown>>>;
	readonly historical: boolean;
}

/** The ids of a route's stops in order, and the legs that lead to them. */
export interface Order {
	readonly stops: readonly string[];
	readonly legs: readonly { readonly id: string; readonly to: string }[];
}

/** All that is needed to tell a lesson in any of its languages, without asking the server again. */
export interface Kit {
	readonly lesson: Lesson;
	readonly route: Order & {
		readonly id: string;
		readonly title: Text;
		readonly said_by: Text;
		readonly as_of: number;
		readonly citations: readonly string[];
		readonly url: string;
	};
	/** What is told as of an earlier year than this is a historical account. */
	readonly historical_before: number;
	/** The language that stands in where another has no text. */
	readonly original: string;
	readonly content: readonly { readonly code: string; readonly status: string }[];
	readonly languages: readonly { readonly code: string; readonly name: string; readonly dir: string }[];
	readonly sources: readonly {
		readonly id: string;
		readonly title: string;
		readonly author: Text;
		readonly created: string;
	}[];
	readonly licence: string;
	readonly attribution: string;
	readonly features: readonly ToldFeature[];
	readonly basemap: BasemapSource;
	readonly strings: Readonly<Record<string, Record<string, string>>>;
}

/** Reads the kit that lies in the page, as in a lesson that is one file, or the one at the address that the page gives. */
export async function readKit(signal?: AbortSignal): Promise<Kit> {
	const within = document.querySelector("#lesson-kit")?.textContent;
	if (within) return JSON.parse(within) as Kit;
	const address = document.querySelector<HTMLElement>("[data-kit]")?.dataset.kit;
	if (!address) throw new Error("the page names no lesson");
	return json<Kit>(address, signal);
}
