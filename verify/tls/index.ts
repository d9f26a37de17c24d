/** The ClientHellos of the prober's own, and what servers make of them: whatever this machine's OpenSSL still speaks. */
export { cipherSuites } from "./cipherSuites";
export { type Offer, postQuantumGroups } from "./clientHello";
export { sendHello } from "./sendHello";
export { findSpoken, oldOffers, type Spoken, weakOffers } from "./spoken";
