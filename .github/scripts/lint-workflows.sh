#!/usr/bin/env bash
# Looks for what an attacker could use in the workflows (zizmor) and for mistakes in their shell scripts (shellcheck).
set -euo pipefail
cd "$(dirname "$0")/../.."

pipx run --spec zizmor==1.32.0 zizmor --offline --min-severity medium .github
shellcheck .github/scripts/*.sh .ci/run
