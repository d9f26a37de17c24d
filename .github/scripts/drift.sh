#!/usr/bin/env bash
# Compares what is deployed with the state, and the state with the policy pack. Changes nothing. Writes FOLDER/STACK.md
# when there is something to look at, FOLDER/STACK.ok when there is not, so that a run that broke leaves neither.
# Environment: PULUMI_BACKEND_URL; POLICY_PACK, the folder of the pack (default: policy); POLICY_CONFIG, its configuration
# file; PULUMI (default: pulumi) names the CLI.
set -euo pipefail

stack=${1:?usage: drift.sh STACK FOLDER}
folder=${2:?usage: drift.sh STACK FOLDER}
# A stack of an organization has a slash in its name, which a file has not.
name=${stack//\//.}
pulumi=${PULUMI:-pulumi}
policy=$("$(dirname "$0")/find-command.sh" encrypted-edge-policy @encrypted-edge/policy)
mkdir -p "$folder"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

changed=0
$pulumi refresh --stack "$stack" --preview-only --expect-no-changes --diff --non-interactive --color never \
    > "$work/refresh.txt" 2>&1 || changed=$?

# The state reaches no file and no log. It is decrypted because a distribution's origins are one secret as a whole
# where one header of them is, and the rules about them could not be told otherwise; the audit shows no secret.
set +e
$pulumi stack export --stack "$stack" --show-secrets 2> "$work/export.txt" |
    "$policy" audit ${POLICY_CONFIG:+--policy-config "$POLICY_CONFIG"} - > "$work/audit.txt" 2>&1
statuses=("${PIPESTATUS[@]}")
set -e
if [[ ${statuses[0]} -ne 0 ]]; then
    cat "$work/export.txt" >&2
    exit 1
fi
verdict=${statuses[1]}

if [[ $changed -eq 0 && $verdict -eq 0 ]]; then
    echo "No drift, no violation." | tee "$folder/$name.ok"
    exit 0
fi

# Four spaces make code of a line, whatever it says: a fence could be ended by what is in it.
{
    echo "## Stack $stack"
    if [[ $changed -ne 0 ]]; then
        printf '\nWhat is deployed differs from the state, or could not be read (exit code %s):\n\n' "$changed"
        tail -c 20000 "$work/refresh.txt" | sed 's/^/    /'
        printf '\n'
    fi
    if [[ $verdict -ne 0 ]]; then
        printf '\nThe policy pack objects (exit code %s):\n\n' "$verdict"
        tail -c 20000 "$work/audit.txt" | sed 's/^/    /'
        printf '\n'
    fi
} > "$folder/$name.md"
cat "$folder/$name.md"
