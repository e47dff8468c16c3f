#!/bin/sh
# The tests with the real Claude Code client and a scripted model: npm run test:claude [-- vitest's arguments]
#   -- --transcript       writes docs/claude-code-session.md from a real session instead
#   CLAUDE_CLIENT=path    this client instead of the one from npm
#   CLAUDE_CLIENT_VERSION another version
# The client is proprietary, so it is downloaded on demand: 180 MB, into the user's cache.
set -eu
cd "$(dirname "$0")/../.."
version=${CLAUDE_CLIENT_VERSION:-2.1.329}
skip() { echo "skipped: $1"; exit 0; }

client=${CLAUDE_CLIENT:-}
if [ -z "$client" ]; then
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) platform=linux-x64 ;;
    Linux-aarch64) platform=linux-arm64 ;;
    *) skip "no client is known for $(uname -s) on $(uname -m)" ;;
  esac
  cache=${XDG_CACHE_HOME:-$HOME/.cache}/perf-gate-test/claude-$version
  client=$cache/node_modules/@anthropic-ai/claude-code-$platform/claude
  if [ ! -x "$client" ]; then
    echo "fetching Claude Code $version from npm into $cache"
    mkdir -p "$cache" && echo '{ "private": true }' > "$cache/package.json"
    npm install --prefix "$cache" --ignore-scripts --no-audit --no-fund "@anthropic-ai/claude-code-$platform@$version" \
      > "$cache/npm.log" 2>&1 || skip "the client cannot be fetched (see $cache/npm.log)"
  fi
fi
env -i PATH=/usr/bin:/bin HOME=/nonexistent "$client" --version || skip "the client does not start here"

export PERF_GATE_TEST_CLIENT="$client"
if [ "${1:-}" = --transcript ]; then
  shift
  export PERF_GATE_TRANSCRIPT=1
  set -- transcript "$@"
fi
# If the system allows it, the tests run in a network namespace without access to other machines.
if unshare -rn true 2> /dev/null && command -v ip > /dev/null; then
  exec unshare -rn sh -c 'ip link set lo up && exec "$@"' sh node_modules/.bin/vitest run --config test/claude/vitest.config.ts "$@"
fi
echo "note: the tests run with network access, because no network namespace can be created here"
exec node_modules/.bin/vitest run --config test/claude/vitest.config.ts "$@"
