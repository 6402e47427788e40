import { leaveQuickly } from "./leave.ts";

leaveQuickly();
