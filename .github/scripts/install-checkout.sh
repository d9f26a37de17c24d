#!/usr/bin/env bash
# Installs and compiles what this repository's own program, policy pack and prober need at run time, for the jobs that
# hold a role: no development tools and no script of a dependency. Types were checked by the tests.
set -euo pipefail
cd "$(dirname "$0")/../.."

npm ci --omit=dev --ignore-scripts --no-audit --no-fund
for room in common policy verify; do
    npx --no-install tsc --project "$room" --noCheck --declaration false --composite false --incremental false
done
npm run --silent bundle --workspace policy
