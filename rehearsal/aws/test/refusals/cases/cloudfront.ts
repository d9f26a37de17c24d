import type { CasesByType } from "./index";

export const cloudfront: CasesByType = {};
