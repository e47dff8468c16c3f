#!/bin/sh
# Refuses deletions by the MCP server `files`. It never runs: `mcp__files` is not a tool, and `mcp__files__.*` would match its tools.
input=$(cat)
case $input in
  *'"mcp__files__delete'*)
    echo '[session-janitor] Only people may delete files.' >&2
    exit 2
    ;;
esac
exit 0
