#!/bin/sh
# Warns if the inventory of machines does not answer.
inventory="${SENTINEL_EXAMPLE_URL:-http://inventory.example}"
notes=''

# Are the plugin's own Python packages installed?
venv="${CLAUDE_PLUGIN_DATA:-$CLAUDE_PLUGIN_ROOT}/.venv"
if [ ! -x "$venv/bin/python" ]; then
  notes="MCP server: no virtual environment in $venv."
fi

if ! curl --silent --fail --output /dev/null --max-time 3 "$inventory/api/status/"; then
  notes="$notes Inventory: $inventory does not answer."
fi

[ -z "$notes" ] || echo "[cmdb-assistant] $notes"
exit 0
