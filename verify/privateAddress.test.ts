import assert from "node:assert/strict";
import { isPrivateAddress, judgePrivate } from "./privateAddress";

describe("a private address", () => {
    for (const address of ["10.0.1.17", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "fd00::1"]) {
        it(`is ${address}`, () => assert.equal(isPrivateAddress(address), true));
    }
    for (const address of ["9.255.255.255", "11.0.0.1", "172.32.0.1", "100.128.0.1", "127.0.0.1:443", "2600::1", "x"]) {
        it(`is not ${address}`, () => assert.equal(isPrivateAddress(address), false));
    }

    it("is closed where nothing answers, and untold where something does: it may be a neighbour", () => {
        assert.equal(judgePrivate("10.0.1.17", new Error("no answer within 5 s")).verdict, "pass");
        assert.equal(judgePrivate("10.0.1.17", undefined).verdict, "cannot tell");
    });
});
