#!/usr/bin/env bash
# Brings a stack up within its plan and under the policy pack. What it printed goes into the job's summary, too.
# Environment: PULUMI_BACKEND_URL; POLICY_PACK, the folder of the pack (default: policy); POLICY_CONFIG, its configuration
# file; PULUMI (default: pulumi) names the CLI.
set -euo pipefail

stack=${1:?usage: up.sh STACK}
if [[ ! -f plan.json ]]; then
    echo "plan.json is missing: nothing is brought up without the plan that was reviewed." >&2
    exit 1
fi
output=$(mktemp)
trap 'rm -f "$output"' EXIT

code=0
# `pulumi up --plan` is still behind this switch.
PULUMI_EXPERIMENTAL=true "${PULUMI:-pulumi}" up --stack "$stack" --yes --skip-preview --plan plan.json \
    --policy-pack "${POLICY_PACK:-policy}" ${POLICY_CONFIG:+--policy-pack-config "$POLICY_CONFIG"} \
    --diff --non-interactive --suppress-progress --color never 2>&1 | tee "$output" || code=$?

if [[ -n ${GITHUB_STEP_SUMMARY:-} ]]; then
    # Four spaces make code of it, whatever it says. GitHub takes a megabyte.
    { printf '### Up of %s\n\n' "$stack" && tail -c 100000 "$output" | sed 's/^/    /'; } >> "$GITHUB_STEP_SUMMARY"
fi
exit "$code"
