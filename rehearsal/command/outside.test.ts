import assert from "node:assert/strict";
import { readCommandLine } from "./commandLine";
import { MistakeError } from "./mistake";
import { refuseOutside } from "./outside";

describe("rehearse: commands that leave this machine", () => {
    const judge = (given: string) => refuseOutside(readCommandLine(given.split(" ")));

    const refused: [given: string, told: RegExp][] = [
        ["login s3://states", /"login s3:\/\/states" would leave the rehearsal.*leave the command out/],
        ["login --cloud-url https://api.pulumi.com", /would leave the rehearsal/],
        ["env ls", /"env" asks Pulumi Cloud.*pulumi env ls/],
        ["deployment run update", /"deployment" asks Pulumi Cloud/],
        [
            "stack init q --secrets-provider awskms://alias/states",
            /secrets provider "awskms:\/\/alias\/states" needs an account/,
        ],
        ["new aws-typescript --secrets-provider=gcpkms://key", /"gcpkms:\/\/key" needs an account/],
        ["stack change-secrets-provider hashivault://key --stack dev", /"hashivault:\/\/key" needs an account/],
    ];
    for (const [given, told] of refused) {
        it(`refuses "${given}"`, () => {
            assert.throws(
                () => judge(given),
                (error) => error instanceof MistakeError && told.test(error.message),
            );
        });
    }

    for (const given of [
        "login",
        "logout",
        "up --yes",
        "stack init q --secrets-provider passphrase",
        "stack change-secrets-provider default",
        "policy new aws-typescript",
    ]) {
        it(`takes "${given}"`, () => {
            assert.doesNotThrow(() => judge(given));
        });
    }
});
