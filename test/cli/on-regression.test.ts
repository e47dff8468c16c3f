import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { onRegression } from '../../src/cli/commands/sentinel/on-regression.ts';
import { temporaryFolder } from '../helpers/repository.ts';

/** The printed message about a verdict; `wanted`: `notifications.on_regression`. */
async function saidOf(verdict: string, { interactive = true, wanted = true } = {}): Promise<string> {
  const home = temporaryFolder();
  writeFileSync(join(home, 'config.json'), JSON.stringify({ notifications: { on_regression: wanted } }));
  let said = '';
  const say = (text: string) => {
    said += text;
  };
  await onRegression(verdict, { env: { PERF_SENTINEL_HOME: home }, interactive, say });
  return said;
}

it('only a regression rings the bell, and only in a terminal', async () => {
  expect(await saidOf('regressed')).toBe('\u0007A regression was found.');
  for (const verdict of ['held', 'flagged', 'undecided']) expect(await saidOf(verdict)).toBe('');
  expect(await saidOf('regressed', { interactive: false })).toBe('');
  expect(await saidOf('regressed', { wanted: false })).toBe('');
});
