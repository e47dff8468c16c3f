#!/bin/sh
# Hands an event of the client on to `perf-gate hook`. Where no run is active it ends at once: no Node, no child process.
# Called with the name of the event; the client's JSON is on stdin, and what perf-gate prints is the answer.

hand_on() { # the folder to look in for an installation, where there is none on the PATH
  command -v perf-gate > /dev/null 2>&1 && exec perf-gate hook "$event"
  up=$1
  while [ -n "$up" ]; do
    [ -x "$up/node_modules/.bin/perf-gate" ] && exec "$up/node_modules/.bin/perf-gate" hook "$event"
    up=${up%/*}
  done
  exit 0
}

event=$1
here=${CLAUDE_PROJECT_DIR:-$PWD}
# typed by the user: also what begins a run
[ "$event" = user-prompt-expansion ] && hand_on "$here"
for from in "$here" "$PWD"; do
  dir=$from
  while [ -n "$dir" ]; do
    [ -f "$dir/.perf-gate/local/hook.json" ] && hand_on "$dir"
    dir=${dir%/*}
  done
done
# `start --yes` would approve a contract before a run is active
[ "$event" = pre-tool-use ] || exit 0
input=
while IFS= read -r line || [ -n "$line" ]; do
  input="$input$line
"
done
case $input in
  *perf-gate*--yes* | *--yes*perf-gate*) ;;
  *) exit 0 ;;
esac
printf '%s' "$input" | hand_on "$here"
