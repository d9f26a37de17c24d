#!/usr/bin/env bash
# Prints `name=plan-STACK-TREE`: a plan belongs to the exact files it was made from, so its name carries their tree.
# The merge commit that a pull request is tested on has the same tree as the commit that merging it leaves on main,
# as long as nothing else was merged in between.
set -euo pipefail

stack=${1:?usage: plan-name.sh STACK}
# A stack of an organization has a slash in its name, which a file has not.
echo "name=plan-${stack//\//.}-$(git rev-parse 'HEAD^{tree}')"
