#!/bin/sh
# Warns if the repository has no remote.
remote=$(git -C "${CLAUDE_PROJECT_DIR:-.}" remote get-url origin 2>/dev/null)

if [ -z "$remote" ]; then
  echo "[pr-review] There is no remote called origin: a review needs one."
fi
exit 0
