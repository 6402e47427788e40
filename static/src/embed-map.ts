import { EmbedMap } from "./embed/embed-map.ts";
import { withOptions } from "./embed/options.ts";
import { readPage } from "./page.ts";

void new EmbedMap(withOptions(readPage())).start();
