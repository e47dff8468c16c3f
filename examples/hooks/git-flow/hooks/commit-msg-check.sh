#!/bin/bash
# Refuses a commit whose message does not name the kind of change.
command=$(python3 -c 'import json, sys; print(json.load(sys.stdin)["tool_input"].get("command", ""))' 2>/dev/null)

[[ $command == *'git commit'* && $command =~ -m\ *[\"\'](.*)[\"\'] ]] || exit 0
message=${BASH_REMATCH[1]}
[[ $message =~ ^(feat|fix|docs|test|chore|refactor)(\([a-z-]+\))?:\  ]] && exit 0
echo "[git-flow] Begin the message with feat:, fix:, docs:, test:, chore: or refactor:." >&2
exit 2
