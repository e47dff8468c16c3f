#!/bin/bash
# Warns if a migration drops a column or a table. Ignores all files except SQL.
input=$(cat)
[[ $input =~ \"file_path\"[[:space:]]*:[[:space:]]*\"([^\"]*)\" ]] || exit 0
file=${BASH_REMATCH[1]}
[[ $file == *.sql && -f $file ]] || exit 0

if grep -qiE 'drop +(table|column)' "$file"; then
  echo "[data-platform] ${file##*/} drops a table or a column." >&2
fi
exit 0
