# Records a session of Claude Code. After `perf-gate sentinel record on`, Claude Code calls this script when a session ends.
# The script stores Claude Code's event as one line of JSON. `sentinel record show` reads the session's duration from its transcript later.
# The script starts no program, because each program would take longer than the rest of the script.
case ${PERF_SENTINEL_ENABLED-} in [Ff][Aa][Ll][Ss][Ee] | 0 | [Nn][Oo] | [Oo][Ff][Ff]) exit 0 ;; esac
case ${XDG_CACHE_HOME-} in /*) cache=$XDG_CACHE_HOME ;; *) cache=${HOME-}/.cache ;; esac
cache=${PERF_SENTINEL_HOME:-$cache/claude-plugins/perf-sentinel}
# without HOME, or with a relative path, no usable folder exists
case $cache in /.cache/*) exit 0 ;; /*) ;; *) exit 0 ;; esac
sessions=$cache/sessions
slow= limit=500
if [ -f "$cache/config.json" ]; then
  # removes blanks; `set -f` keeps a star from becoming the names of files
  config=
  set -f
  while IFS= read -r line || [ -n "$line" ]; do
    for word in $line; do config=$config$word; done
  done < "$cache/config.json"
  # PERF_SENTINEL_ENABLED overrides the settings file
  [ -n "${PERF_SENTINEL_ENABLED-}" ] || case $config in *'"enabled":false'*) exit 0 ;; esac
  case $config in *'"on_slow_session":true'*) slow=yes ;; esac
  case $config in *'"slow_session_ms":'*) limit=${config#*'"slow_session_ms":'} limit=${limit%%[!0-9]*} ;; esac
fi
event=
while IFS= read -r line || [ -n "$line" ]; do
  event=$event$line
  # one write of at most a memory page, so that sessions that end at the same moment do not mix their lines
  [ ${#event} -lt 4000 ] || exit 0
done
if [ ! -d "$sessions" ]; then
  umask 077
  mkdir -p "$sessions" 2> /dev/null || exit 0
fi
if [ -h "$sessions" ] || [ -h "$sessions/spool.jsonl" ] || [ -h "$sessions/slow" ]; then exit 0; fi
case $event in
  *'"hook_event_name":"SessionStart"'*)
    [ -s "$sessions/slow" ] || exit 0
    IFS= read -r line < "$sessions/slow"
    { : > "$sessions/slow"; } 2> /dev/null && printf '%s\n' "$line"
    ;;
  *'"hook_event_name":"SessionEnd"'*)
    { printf '%s\n' "$event" >> "$sessions/spool.jsonl"; } 2> /dev/null
    [ -n "$slow" ] || exit 0
    # Claude Code writes the times of its SessionStart hooks before the first prompt
    transcript=${event#*'"transcript_path":"'} transcript=${transcript%%'"'*} most=0 lines=0
    [ -f "$transcript" ] || exit 0
    while [ $lines -lt 40 ] && IFS= read -r line; do
      lines=$((lines + 1))
      case $line in
        *'"type":"user"'*) break ;;
        *'"hookEvent":"SessionStart"'*'"durationMs":'*)
          ms=${line##*'"durationMs":'} ms=${ms%%[!0-9]*}
          [ "${ms:-0}" -le "$most" ] || most=$ms
          ;;
      esac
    done < "$transcript"
    [ "$most" -gt "${limit:-500}" ] || exit 0
    { printf '{"systemMessage":"Hooks delayed the start of the last session by %s ms. To see which, run: perf-gate sentinel audit"}\n' "$most" > "$sessions/slow"; } 2> /dev/null
    ;;
esac
exit 0
