#!/usr/bin/env bash
# Deploys a stack's own configuration with the real engine and the policy pack into the rehearsal's account: the first
# `up` must work, and a second one and a refresh must find nothing to change.
set -euo pipefail

stack=${1:?usage: rehearse.sh STACK}
cd "$(dirname "$0")/../.."

npx --no-install rehearse up --stack "$stack" --yes --policy-pack policy
npx --no-install rehearse up --stack "$stack" --yes --policy-pack policy --expect-no-changes
npx --no-install rehearse refresh --stack "$stack" --yes --expect-no-changes
