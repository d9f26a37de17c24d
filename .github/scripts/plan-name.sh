#!/usr/bin/env bash
# Prints `name=plan-STACK-TREE`: a plan belongs to the exact files it was made from, so its name carries their tree.
# The merge commit that a pull request is tested on has the same tree as the commit that merging it leaves on main,
# as long as nothing else was merged in between. Below the top of the repository the folder is part of the name.
set -euo pipefail

stack=${1:?usage: plan-name.sh STACK}
prefix=$(git rev-parse --show-prefix)
name=$stack${prefix:+@${prefix%/}}
# A stack of an organization and a folder have slashes in their names, which a file has not; an artifact lacks more.
echo "name=plan-${name//[^A-Za-z0-9._@-]/.}-$(git rev-parse 'HEAD^{tree}')"
