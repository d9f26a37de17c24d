import type { CasesByType } from "./index";

export const others: CasesByType = {};
