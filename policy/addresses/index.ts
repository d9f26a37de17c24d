export { describeRange, families, mergeRanges, parseRange, type AddressRange, type Family } from "./addressRange";
export { coverOfEverybody, isEverybody, publicAddresses, publicPercentage } from "./publicAddresses";
