import type { CasesByType } from "./index";

export const wafv2: CasesByType = {};
