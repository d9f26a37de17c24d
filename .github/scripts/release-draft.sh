#!/usr/bin/env bash
# Drafts the GitHub release of TAG from what release-pack.mjs left in FOLDER, or replaces the files of a draft that is
# there from an earlier run. Nothing is public before a person publishes the draft.
# Environment: GH_TOKEN with contents: write.
set -euo pipefail

tag=${1:?usage: release-draft.sh TAG FOLDER}
folder=${2:?usage: release-draft.sh TAG FOLDER}

if [[ $(gh release view "$tag" --json isDraft --jq .isDraft 2> /dev/null || true) == true ]]; then
    gh release upload "$tag" --clobber "$folder"/*.tgz "$folder"/*.cdx.json "$folder"/SHA256SUMS
    gh release edit "$tag" --notes-file "$folder/notes.md"
else
    gh release create "$tag" --draft --verify-tag --title "$tag" --notes-file "$folder/notes.md" \
        "$folder"/*.tgz "$folder"/*.cdx.json "$folder"/SHA256SUMS
fi
