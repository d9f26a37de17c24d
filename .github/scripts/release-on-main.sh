#!/usr/bin/env bash
# Stops unless the commit checked out here is one that was reviewed and merged: a tag can be pushed to any commit.
set -euo pipefail

if ! git merge-base --is-ancestor HEAD origin/main; then
    echo "$(git rev-parse HEAD) is no commit of main. Merge it first, then tag the commit on main." >&2
    exit 1
fi
