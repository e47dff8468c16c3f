#!/bin/bash
# Warns if a migration takes a column or a table away. Anything but SQL is none of its business.
input=$(cat)
[[ $input =~ \"file_path\"[[:space:]]*:[[:space:]]*\"([^\"]*)\" ]] || exit 0
file=${BASH_REMATCH[1]}
[[ $file == *.sql && -f $file ]] || exit 0

if grep -qiE 'drop +(table|column)' "$file"; then
  echo "[data-platform] ${file##*/} drops a table or a column." >&2
fi
exit 0
