#!/bin/sh
# Appends one line about a session that ended, in projects that use perf-gate; uses neither Node nor the network.
# {"ts": end (UTC), "id": the session, "duration_s": null if session-start.sh did not run, "reason": as the client says}
local=${CLAUDE_PROJECT_DIR:-$PWD}/.perf-gate/local
[ -d "$local" ] || exit 0
IFS= read -r input
reason=${input#*\"reason\":\"}
[ "$reason" = "$input" ] && reason=other
reason=${reason%%\"*}
case $reason in '' | *[!a-z_]*) reason=other ;; esac
id=$CLAUDE_CODE_SESSION_ID
case $id in '' | *[!A-Za-z0-9-]*) exit 0 ;; esac
now=$(date -u '+%s %Y-%m-%dT%H:%M:%SZ') || exit 0
duration=null
if [ -f "$local/session-$id" ]; then
  began=$(date -r "$local/session-$id" +%s) && duration=$((${now% *} - began))
  rm -f "$local/session-$id"
fi
printf '{"ts":"%s","id":"%s","duration_s":%s,"reason":"%s"}\n' "${now#* }" "$id" "$duration" "$reason" >> "$local/sessions.jsonl"
