#!/usr/bin/env bash
# Stops where a stack changed since its plan was made: the plan would bring back what it was made from. state.txt, which
# find-plan.mjs fetched, names that state.
# Environment: PULUMI_BACKEND_URL; PULUMI (default: pulumi) names the CLI.
set -euo pipefail

stack=${1:?usage: check-state.sh STACK}
now=$("$(dirname "$0")/state-fingerprint.mjs" "$stack")
if [[ $now != "$(< state.txt)" ]]; then
    echo "Stack '$stack' changed since this plan was made: another deployment came in between, or this one ran before." >&2
    echo "Run the workflow of pull requests on the main branch by hand, read its preview, then deploy again." >&2
    exit 1
fi
