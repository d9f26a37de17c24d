export {
    addressCount,
    coverOfEveryAddress,
    describeRange,
    everyAddress,
    families,
    isEveryAddress,
    mergeRanges,
    parseRange,
    type AddressRange,
    type Family,
} from "./addressRange";
