#!/bin/bash
# Warns if an edit removes something from an interface that git tracks.
input=$(cat)
file=$(grep -o '"file_path" *: *"[^"]*"' <<< "$input" | head -1 | sed 's/.*: *"//; s/"$//')
cd "${CLAUDE_PROJECT_DIR:-.}" || exit 0

git rev-parse --is-inside-work-tree > /dev/null 2>&1 || exit 0
git status --porcelain > /dev/null
removed=$(git diff --numstat -- "$file" 2>/dev/null | cut -f 2)
base=$(git log -1 --format=%h -- "$file" 2>/dev/null)

if [[ $file == *.md || $file == *.json ]] && (( ${removed:-0} > 0 )); then
  echo "[contract-validator] ${file##*/}: $removed lines fewer than in $base." >&2
fi
exit 0
