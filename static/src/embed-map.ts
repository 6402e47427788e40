import { EmbedMap } from "./embed/embed-map.ts";
import { readPage } from "./page.ts";

void new EmbedMap(readPage()).start();
