#!/bin/bash
# Asks for details if a prompt is very short. The time to remove the spaces grows with the square of the prompt's length.
input=$(cat)
prompt=${input#*'"prompt"'}
prompt=${prompt#*'"'}
prompt=${prompt%'"'*}

letters=${prompt//[[:space:]]/}
if [[ -z $letters ]]; then
  echo '[clarity-assist] The prompt is empty.'
elif (( ${#letters} < 20 )); then
  echo '[clarity-assist] The prompt is short: which file, and what should be different afterwards?'
fi
exit 0
