# The light record of a session of Claude Code. `perf-gate sentinel record on` lets the client call it when a session ends.
# It keeps the event as the client gives it, one line of JSON; how long the session took is read from its transcript when somebody asks.
# The shell does all of this itself. No program is started, because each would take longer than the rest.
case ${PERF_SENTINEL_ENABLED-} in [Ff][Aa][Ll][Ss][Ee] | 0 | [Nn][Oo] | [Oo][Ff][Ff]) exit 0 ;; esac
case ${XDG_CACHE_HOME-} in /*) cache=$XDG_CACHE_HOME ;; *) cache=${HOME-}/.cache ;; esac
cache=${PERF_SENTINEL_HOME:-$cache/claude-plugins/perf-sentinel}
# without HOME, or by a path from the session's folder, there is no place to keep things
case $cache in /.cache/*) exit 0 ;; /*) ;; *) exit 0 ;; esac
sessions=$cache/sessions
slow= limit=500
if [ -f "$cache/config.json" ]; then
  # without the blanks between its words, and with no file of this folder in the place of a star
  config=
  set -f
  while IFS= read -r line || [ -n "$line" ]; do
    for word in $line; do config=$config$word; done
  done < "$cache/config.json"
  # a variable goes before the file
  [ -n "${PERF_SENTINEL_ENABLED-}" ] || case $config in *'"enabled":false'*) exit 0 ;; esac
  case $config in *'"on_slow_session":true'*) slow=yes ;; esac
  case $config in *'"slow_session_ms":'*) limit=${config#*'"slow_session_ms":'} limit=${limit%%[!0-9]*} ;; esac
fi
event=
while IFS= read -r line || [ -n "$line" ]; do
  event=$event$line
  # one write of a page at most: sessions that end at once do not mix their lines
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
    # the client writes what its hooks at the start took before the first prompt
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
    { printf '{"systemMessage":"Hooks kept the last session waiting for %s ms when it began: perf-gate sentinel audit"}\n' "$most" > "$sessions/slow"; } 2> /dev/null
    ;;
esac
exit 0
