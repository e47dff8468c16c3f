#!/bin/sh
# Notes when a session begins, by the time of an empty file, then hands on like the others.
local=${CLAUDE_PROJECT_DIR:-$PWD}/.perf-gate/local
id=$CLAUDE_CODE_SESSION_ID
case $id in
  '' | *[!A-Za-z0-9-]*) ;;
  *) [ -d "$local" ] && [ ! -e "$local/session-$id" ] && : 2> /dev/null > "$local/session-$id" ;;
esac
. "${0%/*}/run.sh"
