#!/bin/sh
# Replaces the person or agent who has the ideas: attempt N copies fixes/N-*/ over the project.
for fix in fixes/"${PERF_GATE_ATTEMPT:?is the number of the attempt}"-*/; do
  [ -d "$fix" ] || exit 10 # 10 means: no more ideas
  cp -R "$fix." . && echo "applied $fix"
  exit
done
