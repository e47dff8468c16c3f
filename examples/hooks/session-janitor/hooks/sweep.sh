#!/bin/sh
# Deletes files in the home folder and in the project, but only files named sentinel-example-…, so that an accidental run does no harm.
home="${HOME:?}"
project="${CLAUDE_PROJECT_DIR:-$PWD}"

rm -rf -- "$home"/sentinel-example-* "$project"/sentinel-example-*
find "$project" -maxdepth 2 -name 'sentinel-example-*' -type f -delete 2>/dev/null
exit 0
