#!/bin/sh
# Records when a session begins, as the modification time of an empty file; then does what run.sh does.
local=${CLAUDE_PROJECT_DIR:-$PWD}/.perf-gate/local
id=$CLAUDE_CODE_SESSION_ID
case $id in
  '' | *[!A-Za-z0-9-]*) ;;
  *) [ -d "$local" ] && [ ! -e "$local/session-$id" ] && : 2> /dev/null > "$local/session-$id" ;;
esac
. "${0%/*}/run.sh"
