// A provider that accepts every resource and echoes its inputs, with an id and an ARN: a test of the pack needs the
// engine's own behaviour, not AWS's. Simulated, and used by tests only.
const provider = require("@pulumi/pulumi/provider");

class Echo {
    constructor() {
        this.version = "7.0.0";
    }
    async check(urn, olds, news) {
        return { inputs: news, failures: [] };
    }
    async create(urn, inputs) {
        const name = urn.split("::").pop();
        return { id: `${name}-id`, outs: { ...inputs, id: `${name}-id`, arn: `arn:aws:test:::${name}` } };
    }
    async update(id, urn, olds, news) {
        return { outs: { ...olds, ...news } };
    }
    async delete() {}
}

void provider.main(new Echo(), process.argv.slice(2));
