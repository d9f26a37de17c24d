#!/usr/bin/env bash
# Prints `name=KIND-STACK` as an artifact may be called: a stack of an organization has a slash in its name.
set -euo pipefail

kind=${1:?usage: artifact-name.sh KIND STACK}
stack=${2:?usage: artifact-name.sh KIND STACK}
echo "name=$kind-${stack//[^A-Za-z0-9._-]/.}"
