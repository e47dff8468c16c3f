import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const { run } = perfGate();

it('the words after -- are the user’s command, even if they look like options', async () => {
  const { code, stdout } = await run(
    temporaryFolder(),
    'measure',
    '--runs',
    '2',
    '--json',
    '--',
    'echo',
    '--json',
    '--help',
    '--cwd',
  );
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ results: [{ command: 'echo --json --help --cwd' }] });
});

it('an error is printed for people unless --json comes before the --', async () => {
  const cwd = temporaryFolder();
  expect(await run(cwd, 'measure', '--', 'false', '--json')).toMatchObject({ code: 3, stdout: '' });
  const { stdout } = await run(cwd, 'measure', '--json', '--', 'false');
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'command_failed' } });
});

it('the second -- separates two commands, and several metrics are allowed', async () => {
  const cwd = temporaryFolder();
  const compared = await run(
    cwd,
    'compare',
    '--json',
    '--runs',
    '5',
    '--max-runs',
    '5',
    '--',
    'sleep',
    '0.05',
    '--',
    'true',
  );
  expect(JSON.parse(compared.stdout)).toMatchObject({ base: 'sleep 0.05', candidate: 'true' });
  const measured = await run(
    cwd,
    'measure',
    '--runs',
    '2',
    '--json',
    '--metric',
    'a=cpu',
    '--metric',
    'b=max_rss',
    '--',
    'true',
  );
  expect(JSON.parse(measured.stdout)).toMatchObject({ perf_gate: { metrics: [{ name: 'a' }, { name: 'b' }] } });
});

it.each(['judge', 'measure', 'compare', 'doctor'])('the help of %s has an example', async (command) => {
  const { code, stdout } = await run(temporaryFolder(), command, '--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`Usage: perf-gate ${command}[\\s\\S]*Example:\\n {2}\\$ perf-gate ${command}`));
});
