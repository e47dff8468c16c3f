import { expect, it } from 'vitest';
import { handlerWords } from '../../src/sentinel/words.ts';

const root = ['$', '{CLAUDE_PLUGIN_ROOT}'].join('');

it.each([
  [`${root}/hooks/a.sh`, '…/hooks/a.sh'],
  [`"${root}"/hooks/a.sh`, '…/hooks/a.sh'],
  [`bash "${root}/hooks/a.sh" --fast`, 'bash …/hooks/a.sh --fast'],
  [`bash "${root}/a b.sh" "${root}/c.py"`, 'bash …/a b.sh …/c.py'],
  ['sh "$CLAUDE_PLUGIN_ROOT/a.sh"', 'sh …/a.sh'],
  ['echo "done"', 'echo "done"'],
])('the folder of the plugin and its quotes are left out of %s', (command, words) => {
  expect(handlerWords({ type: 'command', command, args: null, shell: 'bash', async: false })).toBe(words);
});
