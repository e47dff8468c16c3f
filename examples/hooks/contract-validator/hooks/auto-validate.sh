#!/bin/bash
# Hashes every Markdown file of the project and names those that changed since the last session.
project="${CLAUDE_PROJECT_DIR:-$PWD}"
state="${CLAUDE_PLUGIN_DATA:-${TMPDIR:-/tmp}}/contract-hashes"
mkdir -p "${state%/*}" 2>/dev/null || exit 0

fresh=''
while IFS= read -r file; do
  hash=$(md5sum "$file" | cut -d ' ' -f 1)
  fresh+="$hash  $file"$'\n'
done < <(find "$project" -maxdepth 3 -name '*.md' -not -path '*/node_modules/*' 2>/dev/null | sort | head -40)

if [[ -f $state ]]; then
  changed=$(printf '%s' "$fresh" | diff - "$state" | grep -c '^[<>]')
  (( changed > 0 )) && echo "[contract-validator] $changed interface files changed since the last session."
fi
printf '%s' "$fresh" 2>/dev/null > "$state"
exit 0
