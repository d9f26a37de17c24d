#!/usr/bin/env bash
# Installs the package manager that release-try.mjs is to use for a kind of project; npm is there already.
set -euo pipefail

case ${1:?usage: release-managers.sh KIND} in
    npm | npm-workspace | esm | awsx | oldest | aws-6 | python) ;;
    pnpm | pnpm-workspace) npm install --global pnpm@10.34.9 ;;
    yarn | yarn-pnp) npm install --global @yarnpkg/cli-dist@4.18.1 ;;
    yarn-classic) npm install --global yarn@1.22.22 ;;
    bun) npm install --global bun@1.4.5 ;;
    *)
        echo "$1 is no kind of project that release-projects.mjs knows." >&2
        exit 2
        ;;
esac
