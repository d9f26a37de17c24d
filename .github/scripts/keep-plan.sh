#!/usr/bin/env bash
# Lays the plan and the state that it was made from into one folder, $RUNNER_TEMP/plan, for the artifact.
set -euo pipefail

preview=${1:?usage: keep-plan.sh FOLDER_OF_PREVIEW}
mkdir -p "$RUNNER_TEMP/plan"
cp plan.json "$preview/state.txt" "$RUNNER_TEMP/plan/"
