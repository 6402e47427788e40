import { offerCompletion } from "./completion.ts";
import { leaveQuickly } from "./leave.ts";

leaveQuickly();
offerCompletion();
