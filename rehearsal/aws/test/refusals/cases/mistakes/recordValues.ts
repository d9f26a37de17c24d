import type { CasesByType } from "..";

const hex = (digits: number) => "a1".repeat(digits / 2);

const wrong: readonly (readonly [what: string, type: string, value: string])[] = [
    ["a digest of SHA-256 that is too short", "DS", `12345 13 2 ${hex(40)}`],
    ["a key tag over 65535", "DS", `65536 13 2 ${hex(64)}`],
    ["an algorithm that nobody has", "SSHFP", `5 1 ${hex(40)}`],
    ["a type of fingerprint that nobody has", "SSHFP", `4 9 ${hex(40)}`],
    ["a fingerprint of the other type", "SSHFP", `4 1 ${hex(64)}`],
    ["a parameter that does not exist", "SVCB", "1 . aplns=h2"],
    ["a parameter without a value", "HTTPS", "1 . alpn"],
    ["a usage of certificates that nobody has", "TLSA", `4 1 1 ${hex(64)}`],
    ["a digest of SHA-512 that is too short", "TLSA", `3 1 2 ${hex(64)}`],
    ["flags over 255", "CAA", '256 issue "amazon.com"'],
];

const right: readonly (readonly [what: string, type: string, value: string])[] = [
    ["a digest of SHA-384 in groups", "DS", `0 13 4 ${hex(48)} ${hex(48)}`],
    ["an unknown type of digest", "DS", "12345 13 6 abcd"],
    ["Ed448", "SSHFP", `6   2 ${hex(64).toUpperCase()}`],
    [
        "every parameter",
        "HTTPS",
        '16 svc.example.com. mandatory=alpn alpn="h2,h3" no-default-alpn port=8443 key65333=x',
    ],
    ["addresses", "SVCB", "1 . ipv4hint=192.0.2.1,192.0.2.2 ipv6hint=2001:db8::1"],
    ["a whole certificate", "TLSA", `3 0 0 ${hex(30)}`],
    ["a service without a host", "SRV", "0 0 0 ."],
    ["a rule of NAPTR", "NAPTR", '100 50 "u" "E2U+sip" "!^.*$!sip:a@example.com!" .'],
];

/** Values of records, which their type says the form of. */
export const recordValues: CasesByType = {
    "aws:route53/record:Record": {
        refused: wrong.map(([what, type, value]) => [
            `${type}: ${what}`,
            { type, records: [value] },
            new RegExp(`records: has .*; the type ${type} needs`),
        ]),
        accepted: right.map(([what, type, value]) => [`${type}: ${what}`, { type, records: [value] }]),
    },
};
