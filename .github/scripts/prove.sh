#!/usr/bin/env bash
# Probes a deployed stack from outside, hop by hop, and keeps the report in evidence/. What was seen to be wrong fails, an
# application that does not answer yet, too; what could not be seen from here is a warning.
# Environment: PULUMI_BACKEND_URL; PULUMI (default: pulumi) names the CLI; GITHUB_SHA or CI_COMMIT_SHA is the commit of
# the report; PROVE=false leaves the probing out, for a stack without an edge.
set -euo pipefail

stack=${1:?usage: prove.sh STACK}
pulumi=${PULUMI:-pulumi}
if [[ ${PROVE:-true} == false ]]; then
    echo "Nothing is probed: PROVE is false."
    exit 0
fi
verify=$("$(dirname "$0")/find-command.sh" verify-edge @encrypted-edge/verify)
mkdir -p evidence
"$pulumi" stack output --json --stack "$stack" > evidence/outputs.json
# The state stays here: its secrets are encrypted, but it is nobody's evidence.
"$pulumi" stack export --stack "$stack" > state.json

code=0
"$verify" --outputs evidence/outputs.json --state state.json --stack "$stack" \
    --commit "${GITHUB_SHA:-${CI_COMMIT_SHA:-unknown}}" --json evidence/evidence.json --html evidence/evidence.html \
    --junit evidence/junit.xml || code=$?
if [[ $code -eq 3 ]]; then
    warning="Not every hop of '$stack' could be seen from here; the report says which and why."
    [[ ${GITHUB_ACTIONS:-} != true ]] || warning="::warning::$warning"
    echo "$warning"
    exit 0
fi
exit "$code"
