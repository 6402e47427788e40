import { offerCompletion } from "./completion.ts";
import { closeLanguages } from "./languages.ts";
import { leaveQuickly } from "./leave.ts";

leaveQuickly();
closeLanguages();
offerCompletion();
