#!/usr/bin/env bash
# Installs what the program in this folder and its policy pack need, for running only: no development tools, and no script
# of a dependency runs while they are installed.
# Environment: POLICY_PACK, the folder of the pack; INSTALL, a command of this repository to run in place of all that.
set -euo pipefail

if [[ -n ${INSTALL:-} ]]; then
    bash -euo pipefail -c "$INSTALL"
    exit
fi

install() {
    local folder=$1
    if [[ -f $folder/package-lock.json ]]; then
        npm ci --omit=dev --ignore-scripts --no-audit --no-fund --prefix "$folder"
    elif [[ -f $folder/package.json ]]; then
        echo "$folder has a package.json and no package-lock.json: commit the lock file, or say how to install with the input 'install'." >&2
        return 1
    fi
}

install .
# A pack may be a package of the program (node_modules/...) or a folder of the same workspace: it is there already.
if [[ -n ${POLICY_PACK:-} && -f $POLICY_PACK/package-lock.json ]]; then
    install "$POLICY_PACK"
fi
