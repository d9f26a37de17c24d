#!/usr/bin/env bash
# Keeps one open issue for what the drift runs found: opens it, updates it, closes it when nothing is left, and says in a
# comment what is new. FOLDER holds a STACK.md per stack with findings and a STACK.ok per stack without; where there are
# none at all it need not exist.
# Environment: GH_TOKEN with issues: write; EXPECTED_STACKS, the stacks that must have reported; PROGRAM, the folder of the
# program, where a repository has several.
set -euo pipefail

folder=${1:?usage: report-findings.sh FOLDER}
title="Drift or policy violations in deployed stacks"
if [[ ${PROGRAM:-.} != . ]]; then
    title+=" of $PROGRAM"
fi
label=drift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
body=$work/body

: > "$body"
read -ra stacks <<< "${EXPECTED_STACKS:?EXPECTED_STACKS is not set: the stacks that must have reported, separated by spaces}"
for stack in "${stacks[@]}"; do
    name=${stack//\//.}
    if [[ -f $folder/$name.md ]]; then
        cat "$folder/$name.md" >> "$body"
    elif [[ ! -f $folder/$name.ok ]]; then
        printf '## Stack %s\n\nThe run broke before it had a verdict; its log says why.\n' "$stack" >> "$body"
    fi
done

gh label create "$label" --description "Deployed differs from declared" --color B60205 > /dev/null 2>&1 || true
# Only the issue that these runs opened: a person may use the label, too.
number=$(TITLE=$title gh issue list --label "$label" --author app/github-actions --state open --limit 100 \
    --json number,title --jq 'map(select(.title == env.TITLE)) | .[0].number // empty')

# GitHub takes 65,536 characters.
LC_ALL=C.UTF-8
text=$(< "$body")
if [[ ${#text} -gt 60000 ]]; then
    printf 'Only the beginning fits here; the log of the run holds all of it.\n\n%s' "${text:0:60000}" > "$body"
fi

if [[ ! -s $body ]]; then
    if [[ -n $number ]]; then
        gh issue close "$number" --comment "Nothing differs any more."
    fi
    echo "Nothing to report."
elif [[ -n $number ]]; then
    gh issue view "$number" --json body --jq .body | tr -d '\r' > "$work/before"
    # An edit tells nobody. A comment does, once for each change of what was found.
    if [[ $(< "$work/before") != "$(< "$body")" ]]; then
        gh issue edit "$number" --body-file "$body"
        new=$({ diff "$work/before" "$body" || true; } | sed -n 's/^> //p')
        if [[ -n $new ]]; then
            # As code by indentation, which nothing in it can end.
            printf 'New since the last look; the description has all of it:\n\n%s\n' "$(sed 's/^/    /' <<< "${new:0:20000}")" > "$work/comment"
        else
            echo "Some of it is gone; the description has what is left." > "$work/comment"
        fi
        gh issue comment "$number" --body-file "$work/comment"
    fi
else
    gh issue create --title "$title" --label "$label" --body-file "$body"
fi
