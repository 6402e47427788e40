import { Strings } from "./strings.ts";

/** What the server wrote into the page for its script. */
export interface PageData {
	page: "home" | "route";
	lang: string;
	route?: string;
	backdrop: string;
	strings: Record<string, string>;
}

export interface Page extends Omit<PageData, "strings"> {
	strings: Strings;
}

export function readPage(): Page {
	const data = JSON.parse(element("#page-data").textContent ?? "{}") as PageData;
	return { ...data, strings: new Strings(data.strings) };
}

/** The element that a selector names; the page's template promises that it is there. */
export function element<E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E {
	const found = within.querySelector<E>(selector);
	if (!found) throw new Error(`the page has no ${selector}`);
	return found;
}
