#!/bin/bash
# Counts files that editors and interpreters leave behind, in the whole project.
PROJECT="${CLAUDE_PROJECT_DIR:-.}"

left=$(find "$PROJECT" -type f \( -name '*.orig' -o -name '*.rej' -o -name '*~' -o -name '*.pyc' \) | wc -l)
empty=$(find "$PROJECT" -type d -empty | wc -l)

if (( left + empty > 20 )); then
  echo "[project-hygiene] $left leftover files and $empty empty folders." >&2
fi
exit 0
