import { modelsOf, type ServiceModel } from "../resource";
import table from "./resourceTable.json";

export const firehose: ServiceModel = { title: "Firehose", resources: modelsOf(table) };
