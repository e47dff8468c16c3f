#!/bin/sh
# Reads the notes for the agent and names those that are too long.
project="${CLAUDE_PROJECT_DIR:-$PWD}"

for file in "$project/CLAUDE.md" "$project/AGENTS.md" "$project/.claude/CLAUDE.md" "$HOME/.claude/CLAUDE.md"; do
  [ -f "$file" ] || continue
  lines=$(wc -l < "$file")
  headings=$(grep -c '^#' "$file")
  if [ "$lines" -gt 200 ]; then
    echo "[claude-config-maintainer] $file has $lines lines in $headings parts: use at most 200 lines."
  fi
done
exit 0
