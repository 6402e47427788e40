import { Finder } from "./find/finder.ts";
import { element } from "./page.ts";

new Finder(element<HTMLFormElement>("[data-find]"));
