import type { CasesByType } from "./index";

export const route53: CasesByType = {};
