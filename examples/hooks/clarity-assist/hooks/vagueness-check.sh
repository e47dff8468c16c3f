#!/bin/bash
# Asks for more if a prompt is very short. What it does with the spaces takes time that grows with the square of the prompt.
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
