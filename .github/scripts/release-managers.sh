#!/usr/bin/env bash
# Installs the package manager that release-try.mjs is to use; npm, which Python projects use, too, is there already.
set -euo pipefail

case ${1:?usage: release-managers.sh MANAGER} in
    npm | python) ;;
    pnpm) npm install --global pnpm@10.34.9 ;;
    yarn) npm install --global @yarnpkg/cli-dist@4.18.1 ;;
    bun) npm install --global bun@1.4.5 ;;
    *)
        echo "$1 is none of npm, pnpm, yarn, bun, python." >&2
        exit 2
        ;;
esac
