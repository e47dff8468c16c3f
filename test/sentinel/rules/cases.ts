import type { Hook } from '../../../src/sentinel/hook.ts';
import type { Measured } from '../../../src/sentinel/rules/rule.ts';
import { hookOf } from '../hooks.ts';

/** One hook, or several of which one is tested; for rules about measurements, the results of running it. */
export type Case = { hooks: Hook[]; measured?: Partial<Measured> };

export const of = (command: string, change: Parameters<typeof hookOf>[1] = {}): Case => ({
  hooks: [hookOf(command, change)],
});
const measuring = (measured: Partial<Measured>, change: Parameters<typeof hookOf>[1] = {}): Case => ({
  hooks: [hookOf('date', change)],
  measured,
});
const both = (...hooks: Hook[]): Case => ({ hooks });

const bash = { event: 'PreToolUse', matcher: 'Bash' };
export const start = { event: 'SessionStart', matcher: null };
const end = { event: 'SessionEnd', matcher: null };
const json = `python3 -c 'import json, sys; print(json.load(sys.stdin)["tool_name"])'`;

/** For each rule the bad hooks that it finds, and similar good ones. */
export const cases: Record<string, { bad: Case[]; good: Case[] }> = {
  'dead-shape': {
    bad: [
      of('date', { dead: { code: 'shape', expected: '{"hooks": […]}' } }),
      of('date', { dead: { code: 'event', event: 'AfterEdit' } }),
      of('date', { dead: { code: 'plugin_refused', detail: 'no name' } }),
    ],
    good: [of('date'), of('date', { dead: { code: 'switched_off', by: 'settings' } })],
  },
  'dead-matcher': {
    bad: [of('date', { dead: { code: 'matcher', matcher: 'mcp__files' } })],
    good: [of('date', { matcher: 'mcp__files__.*' })],
  },
  'dead-if': { bad: [of('date', { dead: { code: 'if' } })], good: [of('date', { if: 'Bash(git *)' })] },
  'not-runnable': {
    bad: [
      of('/nowhere/a.sh'),
      of('bash /nowhere/a.sh'),
      of(`python3 "\${CLAUDE_PLUGIN_ROOT}/a.py"`),
      of(`${process.cwd()}/package.json`),
    ],
    good: [
      of('[ -x /nowhere/a ] && /nowhere/a'),
      of('/bin/sh -c date'),
      of('sh "$UNKNOWN/a.sh"'),
      of(`node ${process.cwd()}/build.mjs`),
    ],
  },
  'relative-path': {
    bad: [of('./hooks/a.sh'), of('bash hooks/a.sh'), of('node a.mjs')],
    good: [of('cd "$CLAUDE_PROJECT_DIR" && ./a.sh'), of('"$CLAUDE_PROJECT_DIR"/a.sh'), of('bash ~/a.sh'), of('date')],
  },
  'http-in-session-start': {
    bad: [
      of('curl -s http://a.example/x', start),
      of('f() { timeout 5 wget -q "$1"; }; x=$(f http://a)', start),
      of('git fetch -q', start),
      of(`python3 -c 'import requests'`, start),
      both({ ...hookOf('', start), handler: { type: 'http', url: 'http://a.example:80/x' } }),
    ],
    good: [
      of('# curl http://x\necho "curl http://x"', start),
      of('command -v curl; f() { curl http://x; }', start),
      of('curl http://x &', start),
      of('curl http://x', { ...start, async: true }),
      of('curl --version; git status', start),
      of('curl http://x'),
    ],
  },
  'no-timeout': {
    bad: [
      of('git status', { timeout: null }),
      of('python3 x.py', { ...start, timeout: null }),
      of('$tool', { timeout: null }),
    ],
    good: [
      of('git status'),
      of('git status', { timeout: null, async: true }),
      of('jq -r .tool_name | head -1', { timeout: null }),
      of('git status', { event: 'UserPromptSubmit', timeout_s: { written: null, effective: 30 } } as never),
      of('git status', { event: 'Notification', timeout: null }),
    ],
  },
  'timeout-in-ms': {
    bad: [of('date', { timeout: 5000 }), of('date', { timeout: 65000 }), of('date', { timeout: 7200 })],
    good: [of('date', { timeout: 600 }), of('date', { timeout: 1800 }), of('date', { timeout: null })],
  },
  'package-manager-in-hook': {
    bad: [
      of('npm ci --silent'),
      of('npx -y tool'),
      of('[ -d node_modules ] || npm install'),
      of('uv run a.py'),
      of('pip3 install x'),
      of('python3 -m pip install -q x'),
      of('go build -o a ./cmd'),
    ],
    good: [
      of('npm run lint'),
      of('npx --no-install tool'),
      of('echo "run npm install"'),
      of('npm --version'),
      of('python3 -m pytest install'),
      of('npm ci &'),
    ],
  },
  endless: {
    bad: [
      measuring({ endless: { outcome: 'waiting', wall_ms: 6012, hosts: ['api.example'] } }, start),
      measuring({ endless: { outcome: 'timed_out', wall_ms: 1000, hosts: [] } }),
    ],
    good: [of('date'), measuring({ endless: { outcome: 'cut_off', wall_ms: 30_000, hosts: [] } }, { async: true })],
  },
  'needs-terminal': {
    bad: [
      of('sudo systemctl restart x'),
      measuring({ terminal: 'sh: 1: cannot open /dev/tty: No such device or address' }),
    ],
    good: [of('sudo -n systemctl restart x'), of('date'), of('[ -t 0 ] && stty sane')],
  },
  'version-manager-shim': {
    bad: [measuring({ shims: [{ program: 'python3', manager: 'pyenv', real: '/x/python3', execs: 40 }] })],
    good: [
      measuring({ shims: [{ program: 'node', manager: 'volta', real: '/x/node', execs: 0 }] }),
      of('python3 a.py'),
    ],
  },
  'project-walk': {
    bad: [
      of('find . -name "*.py"'),
      of('find "$CLAUDE_PROJECT_DIR" -type f'),
      of('ROOT="$(git rev-parse --show-toplevel 2>/dev/null || pwd)"\nfind "$ROOT" -mtime -1'),
      of('i=$(cat); dir=$(echo "$i" | jq -r .cwd)\ncd "$dir" && grep -rn TODO'),
      of(`rg TODO "\${CLAUDE_PROJECT_DIR:-.}"`),
      of('find / -name x'),
    ],
    good: [
      of('find . -maxdepth 2 -name "*.py"'),
      of('find "$CLAUDE_PLUGIN_ROOT" -name x'),
      of('find "$HOME/.cache/x" -delete'),
      of('cd /tmp && find .'),
      of('grep -n find .'),
      of('cat | rg TODO'),
      of('find "$somewhere" -name x'),
      of('find . -name x &'),
    ],
  },
  'superlinear-in-payload': {
    bad: [measuring({ slope: 1.9 })],
    good: [measuring({ slope: 1.1 }), measuring({}), of('date')],
  },
  'blocking-without-use': {
    bad: [
      of('echo "ready"', start),
      of('touch /tmp/x'),
      of('cat >> /tmp/log; exit 0'),
      of('printf x > /dev/tty', { event: 'Stop' }),
    ],
    good: [
      of('touch /tmp/x', { async: true }),
      of('touch /tmp/x', end),
      of('echo "A=1" >> "$CLAUDE_ENV_FILE"', start),
      of(`echo '{"decision": "block"}'`),
      of('[ -f x ] && exit 2; touch x'),
      of('date'),
      of('echo "at $(date)"', start),
      of('echo warning >&2; touch x'),
      of('python3 x.py > /dev/null; $tool'),
    ],
  },
  'interpreter-for-json': {
    bad: [
      of(`x=$(${json})`),
      of(`echo "$a" | node -e 'JSON.parse(a)'`),
      of('python3 -m json.tool'),
      of('python3 - <<E\nimport json\njson.load(a)\nE'),
    ],
    good: [
      of('jq -r .tool_name'),
      of(`echo ${JSON.stringify(json)}`),
      of(`${json} &`),
      of('python3 "$CLAUDE_PLUGIN_ROOT/a.py"'),
    ],
  },
  'no-early-exit': {
    bad: [
      of('i=$(cat)\nf=$(echo "$i" | jq -r .a)\ng=$(git status | wc -l)\n[[ $f == *.py ]] || exit 0\nruff "$f"'),
      measuring({ execs: { relevant: 9, irrelevant: 9 } }),
    ],
    good: [
      of('i=$(cat)\n[[ $i == *.py* ]] || exit 0\nf=$(echo "$i" | jq -r .a)\na; b; c; d'),
      of('a; b; c; d; e'),
      of('i=$(cat)\nif [[ $i == *git* ]]; then a; b; c; d; e; fi'),
      measuring({ execs: { relevant: 9, irrelevant: 2 } }),
      measuring({ execs: { relevant: 2, irrelevant: 2 } }),
    ],
  },
  'broad-matcher': {
    bad: [of('date', bash), of('date', { matcher: 'Edit|Bash' }), of('date', { matcher: '.*' })],
    good: [
      of('date', { ...bash, if: 'Bash(git *)' }),
      of('date'),
      of('date', { matcher: 'BashOutput' }),
      of('date', { matcher: '*' }),
    ],
  },
  'no-matcher': {
    bad: [of('date', { matcher: null }), of('date', { matcher: '*' }), of('date', { matcher: '' })],
    good: [of('date'), of('date', start), of('date', { matcher: null, if: 'Edit(*.py)' })],
  },
  'wrong-field': {
    bad: [
      of('jq -r .command', bash),
      of('i=$(cat); c=$(echo "$i" | jq -r ".command // empty")', bash),
      of('jq -r .user_prompt', { event: 'UserPromptSubmit', matcher: null }),
      of('echo "$CLAUDE_FILE_PATHS"'),
      of(`id="\${CLAUDE_SESSION_ID:-none}"`),
    ],
    good: [
      of('jq -r .tool_input.command', bash),
      of('jq -r ".tool_input.command // .command"', bash),
      of('jq -r ".command // .tool_input.command"', bash),
      of('jq .tool_input | jq -r .command', bash),
      of('jq -r .command x.json', bash),
      of('jq -r .command', start),
      of(`id="\${CLAUDE_SESSION_ID:-$CLAUDE_CODE_SESSION_ID}"`),
      of('CLAUDE_TOOL_NAME=a; echo "$CLAUDE_TOOL_NAME"'),
    ],
  },
  'session-end-over-budget': {
    bad: [
      of('curl http://x', end),
      of('sleep 5', end),
      of('date', { ...end, timeout: 30 }),
      measuring({ wall_ms: 1800 }, { ...end, timeout: 1 }),
    ],
    good: [
      of('date', { ...end, timeout: 1 }),
      of('curl http://x &', { ...end, timeout: 1 }),
      of('date', { ...end, source: 'user', timeout: 30 }),
      measuring({ wall_ms: 1800 }, { ...end, source: 'user', timeout: 30 }),
      of('sleep 5'),
    ],
  },
  'login-shell': {
    bad: [of(`bash -lc 'date'`), of('zsh -i x.sh'), of('bash --login x.sh')],
    good: [of(`bash -c 'ls -l'`), of('bash x.sh -l'), of('ls -l'), of(`echo "bash -lc x"`)],
  },
  'duplicate-work': {
    bad: [
      both(hookOf('git -C . remote get-url origin'), hookOf('a=$(git remote get-url origin)', { id: 'other' })),
      both(
        hookOf('[ -x "$a/.venv/bin/python" ]'),
        hookOf(`[[ -x \${b}/.venv/bin/python ]]`, { id: 'other', file: '/b' }),
      ),
    ],
    good: [
      both(hookOf('git remote get-url origin'), hookOf('git remote get-url fork', { id: 'other' })),
      both(hookOf('git status'), hookOf('echo "git status"', { id: 'other' })),
      both(hookOf('git status'), hookOf('git status', { id: 'other', runs_as: 'plugin/hook' })),
      both(hookOf('cat'), hookOf('cat', { id: 'other' })),
    ],
  },
  'registered-twice': {
    bad: [both(hookOf('/nowhere/a.sh'), hookOf('bash /nowhere/a.sh', { id: 'other', matcher: 'Write' }))],
    good: [
      both(hookOf('/nowhere/a.sh'), hookOf('/nowhere/a.sh', { id: 'other', matcher: 'Bash' })),
      both(hookOf('/nowhere/a.sh'), hookOf('/nowhere/a.sh', { id: 'other', event: 'Stop' })),
      both(hookOf('/nowhere/a.sh', { if: 'Edit(*.a)' }), hookOf('/nowhere/a.sh x', { id: 'other', if: 'Edit(*.b)' })),
      both(hookOf('sh /nowhere/run /a'), hookOf('sh /nowhere/run /b', { id: 'other' })),
    ],
  },
  'large-output': {
    bad: [measuring({ stdout_bytes: 20_000 })],
    good: [measuring({ stdout_bytes: 9_000 }), of('date')],
  },
  'processes-left': { bad: [measuring({ processes_left: 3 })], good: [measuring({ processes_left: 0 }), of('date &')] },
};
