#!/bin/sh
# Passes an event of the client to `perf-gate hook`. Without an active run it ends at once, without Node or a child process.
# The argument is the name of the event; the client's JSON is on stdin, and the output of perf-gate is the answer.

hand_on() { # $1: the folder from which to look upwards for an installation, if the PATH has no perf-gate
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
# a command that the user typed: it may begin a run, so no run need be active
[ "$event" = user-prompt-expansion ] && hand_on "$here"
for from in "$here" "$PWD"; do
  dir=$from
  while [ -n "$dir" ]; do
    [ -f "$dir/.perf-gate/local/hook.json" ] && hand_on "$dir"
    dir=${dir%/*}
  done
done
# without an active run, only calls with `--yes` matter: `start --yes` would approve a contract
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
