#!/usr/bin/env bash
# Prints where a command of one of our packages is installed: in the folder of the policy pack, in this folder or in one
# above it, which is where a workspace has it. Nothing is fetched: whoever owned its name in a registry would run here.
# Environment: POLICY_PACK, the folder of the pack.
set -euo pipefail

name=${1:?usage: find-command.sh NAME PACKAGE}
package=${2:?usage: find-command.sh NAME PACKAGE}
folder=$PWD
places=("${POLICY_PACK:-policy}/node_modules/.bin/$name")
while :; do
    places+=("${folder%/}/node_modules/.bin/$name")
    [[ $folder != / ]] || break
    folder=$(dirname "$folder")
done
for place in "${places[@]}"; do
    if [[ -x $place ]]; then
        echo "$place"
        exit
    fi
done
echo "$name is not installed here: add $package to the dependencies of this program or of its policy pack, and install them." >&2
exit 1
