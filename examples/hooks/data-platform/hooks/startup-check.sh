#!/bin/sh
# Opens the project's database and prints how many tables it has.
notes=''

# Are the plugin's own Python packages installed?
venv="${CLAUDE_PLUGIN_DATA:-$CLAUDE_PLUGIN_ROOT}/.venv"
if [ ! -x "$venv/bin/python" ]; then
  notes="MCP server: no virtual environment in $venv."
fi

tables=$(python3 - "${CLAUDE_PROJECT_DIR:-.}/app.db" << 'PYTHON'
import json, os, sqlite3, sys, urllib.parse

path = sys.argv[1]
address = 'file:' + urllib.parse.quote(path) + '?mode=ro' if os.path.exists(path) else ':memory:'
with sqlite3.connect(address, uri=True, timeout=2) as database:
    names = [row[0] for row in database.execute("select name from sqlite_master where type = 'table'")]
print(json.dumps({'tables': len(names)}))
PYTHON
)

echo "[data-platform] ${notes:+$notes }Database: ${tables:-does not answer}."
exit 0
