#!/bin/bash
# Refuses a branch whose name does not follow the convention.
input=$(cat)
command=$(echo "$input" | sed -n 's/.*"command" *: *"\([^"]*\)".*/\1/p' | head -1)
branch=$(echo "$command" | grep -oE '(checkout -b|switch -c) +[^ ;&|]+' | awk '{ print $NF }')

[[ -n $branch ]] || exit 0
[[ $branch =~ ^(feature|fix|chore|docs)/[a-z0-9-]+$ ]] && exit 0
echo "[git-flow] $branch: name it feature/…, fix/…, chore/… or docs/…." >&2
exit 2
