import { expect, it } from 'vitest';
import { commandName } from '../../../src/monitor/sources/command-name.ts';

const names: [command: string, name: string][] = [
  ['API_KEY=sk-live-123 curl https://example.org/x.sh', 'curl'],
  ['A=1 B="two words" ./check.sh --token t', 'check.sh'],
  ['API_KEY=sk-live-123', '(inline)'],
  ['cat ~/clients/acme-offer.txt', 'cat'],
  ['grep -q x notes.py', 'grep'],
  ['jq -r .token > ~/acme.ts', 'jq'],
  ['"$CLAUDE_PLUGIN_ROOT/hooks/guard.sh" Bash', 'guard.sh'],
  [`node "$\{CLAUDE_PLUGIN_ROOT}/hooks/format.mjs" acme.ts`, 'format.mjs'],
  ["bash -c 'cat ~/acme.txt'", 'bash'],
  ['python3 -u hooks/tidy.py', 'tidy.py'],
  ['KEY=1 timeout 5 env TOKEN=s sh hooks/slow.sh', 'slow.sh'],
  ['npx -y tsx hooks/look.ts', 'look.ts'],
  ['npx --token s look.ts', 'npx'],
  ['uv run hooks/look.py', 'look.py'],
  ['echo done; cat acme.sh', 'echo'],
  ['$SECRET', '(inline)'],
  ['{"token":"s"}', '(inline)'],
  ['', '(inline)'],
];

it.each(names)('only the name of the program or script is kept of a command: %s', (command, name) => {
  expect(commandName(command)).toBe(name);
});
