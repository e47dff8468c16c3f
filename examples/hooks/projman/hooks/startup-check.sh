#!/bin/sh
# Reports the number of open issues and the version of the tracker to the session.
tracker="${SENTINEL_EXAMPLE_URL:-http://tracker.example}"
notes=''

# Are the plugin's own Python packages installed?
venv="${CLAUDE_PLUGIN_DATA:-$CLAUDE_PLUGIN_ROOT}/.venv"
if [ ! -x "$venv/bin/python" ]; then
  notes="MCP server: no virtual environment in $venv."
fi

remote=$(git -C "${CLAUDE_PROJECT_DIR:-.}" remote get-url origin 2>/dev/null)
if [ -z "$remote" ]; then
  notes="$notes Project: no remote called origin."
fi

version=$(curl --silent --fail --max-time 3 "$tracker/api/v1/version")
issues=$(curl --silent --fail --max-time 3 "$tracker/api/v1/issues?state=open&limit=50")
if [ -n "$version" ]; then
  count=$(printf '%s' "$issues" | grep -o '"number":' | wc -l)
  notes="$notes Tracker $version: $count open issues."
fi

[ -z "$notes" ] || echo "[projman] $notes"
exit 0
