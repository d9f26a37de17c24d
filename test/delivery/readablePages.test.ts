import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { axeViolations } from "../../common/test/axeViolations";
import { defaultErrorPage } from "../../components/viewerRequest";
import { crowded, report, textOf } from "../../policy/audit/test/sampleReport";
import { refuse } from "../../rehearsal/traffic/edgeAnswers";
import { Refusal } from "../../rehearsal/traffic/viewerRequest";

/**
 * Pages that people see, besides the prober's (verify/test/reports.test.ts). The load balancer's own pages are not among
 * them: their bytes are AWS's.
 */
const pages: Readonly<Record<string, () => string | Promise<string>>> = {
    "the audit with every kind of result": () => textOf("html", crowded),
    "the audit of hostile names": () => textOf("html", report),
    "the component's page where nobody answers": () => defaultErrorPage,
    "the rehearsed edge's own page": refusedPage,
};

describe("pages that everybody can read", () => {
    for (const [title, made] of Object.entries(pages)) {
        it(title, async () => {
            assert.equal(await axeViolations(await made()), "");
        });
    }

    it("fit a phone", async () => {
        for (const [title, made] of Object.entries(pages)) {
            assert.match(await made(), /<meta name="viewport" content="width=device-width, initial-scale=1">/, title);
        }
    });

    it("follow the reader's light or dark setting", async () => {
        for (const [title, made] of Object.entries(pages)) {
            assert.match(await made(), /color-scheme: light dark/, title);
        }
    });
});

async function refusedPage(): Promise<string> {
    const refusal = new Refusal(502, "CloudFront could not get an answer from the origin.", "nobody listens");
    const server = createServer((request, response) => refuse(request, response, "an-id", refusal));
    try {
        const { port } = await listening(server);
        return await (await fetch(`http://127.0.0.1:${port}/`)).text();
    } finally {
        server.close();
    }
}

function listening(server: Server): Promise<AddressInfo> {
    return new Promise((resolve) => {
        server.listen(0, "127.0.0.1", () => resolve(server.address() as AddressInfo));
    });
}
