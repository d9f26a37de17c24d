import type { CasesByType } from "./index";

export const ec2: CasesByType = {};
