import assert from "node:assert/strict";

import { forms, run, secret, type Fixture } from "../test/harness";
import { byName } from "../test/programVerdicts";

const origin = {
    Id: "first",
    DomainName: "hush.example.com",
    CustomOriginConfig: { OriginProtocolPolicy: "http-only" },
};
const properties = { DistributionConfig: { Origins: [origin], Comment: "", Enabled: true, Logging: null } };

describe("the values in a text that a program holds", () => {
    for (const [title, fixtureOf] of [
        [
            "a template",
            (wrap: (text: string) => unknown): Fixture => ({
                type: "aws:cloudformation/stack:Stack",
                name: "one",
                properties: {
                    templateBody: wrap(
                        JSON.stringify({
                            Resources: { Web: { Type: "AWS::CloudFront::Distribution", Properties: properties } },
                        }),
                    ),
                },
            }),
        ],
        [
            "a resource of Cloud Control",
            (wrap: (text: string) => unknown): Fixture => ({
                type: "aws:cloudcontrol/resource:Resource",
                name: "one",
                properties: {
                    typeName: "AWS::CloudFront::Distribution",
                    desiredState: wrap(JSON.stringify(properties)),
                },
            }),
        ],
    ] as const) {
        it(`are shown, and only those that are AWS's own words where the text is secret: ${title}`, async () => {
            for (const form of forms) {
                const messages = async (wrap: (text: string) => unknown) =>
                    (await run(byName("cloudfront-origin-https-only"), [fixtureOf(wrap)], form)).map(({ message }) =>
                        message.replace(/templateBody\S*|desiredState\S*/, "PLACE"),
                    );
                assert.deepEqual(
                    await messages((text) => text),
                    [
                        'CloudFront may reach origin "first" (hush.example.com) without encryption: PLACE is "http-only". Write OriginProtocolPolicy: "https-only".',
                    ],
                    form,
                );
                assert.deepEqual(
                    await messages(secret),
                    [
                        'CloudFront may reach origin "[secret]" ([secret]) without encryption: PLACE is "http-only". Write OriginProtocolPolicy: "https-only".',
                    ],
                    form,
                );
            }
        });
    }
});
