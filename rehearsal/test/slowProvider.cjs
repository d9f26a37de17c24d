"use strict";
// A provider for tests: its only resource takes its time on both sides of coming to exist, so that an engine can be
// killed in between. It keeps its resources in the rehearsed account.
const { writeFileSync } = require("node:fs");
const path = require("node:path");
const provider = require("@pulumi/pulumi/provider");
const { openAccount } = require("../bin/aws/account");

const type = "slow:index:Thing";
const account = openAccount(process.env.REHEARSAL_ACCOUNT);
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

writeFileSync(path.join(account.directory, `provider-${process.pid}`), "");

class Slow {
    version = "1.0.0";
    check(_urn, _olds, news) {
        return Promise.resolve({ inputs: news });
    }
    diff() {
        return Promise.resolve({ changes: false });
    }
    async create(urn, inputs) {
        const id = `${urn.split("::").at(-1)}-${process.hrtime.bigint()}`;
        await sleep(100);
        account.put({ type, id, urn, inputs, properties: inputs, createdAt: new Date().toISOString() });
        await sleep(Number(inputs.milliseconds));
        return { id, outs: inputs };
    }
    read(id, _urn, props) {
        return Promise.resolve(account.get(type, id) === undefined ? {} : { id, props });
    }
    update(_id, _urn, _olds, news) {
        return Promise.resolve({ outs: news });
    }
    delete(id) {
        account.delete(type, id);
        return Promise.resolve();
    }
}

provider.main(new Slow(), process.argv.slice(2));
