#!/bin/sh
# Warns if there is no remote to which a branch could go.
remote=$(git -C "${CLAUDE_PROJECT_DIR:-.}" remote get-url origin 2>/dev/null)

if [ -z "$remote" ]; then
  echo "[pr-review] There is no remote called origin: a review needs one."
fi
exit 0
