/** "1 stack", "2 stacks", "1,000 stacks". */
export function count(number: number, one: string, many = `${one}s`): string {
    return `${grouped(number)} ${number === 1 ? one : many}`;
}

/** A name from a state may hold escape sequences, which a terminal would obey. */
export function printable(text: string): string {
    // eslint-disable-next-line no-control-regex
    return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\uFFFD");
}

/** Half a surrogate pair cannot be written in any encoding. */
export function wellFormed(text: string): string {
    return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}

/** `1,234,567`. By hand, since the first number that Intl writes costs a start a seventh of its time. */
export function grouped(number: number): string {
    return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}
