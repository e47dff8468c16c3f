import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { countingProject, halve } from '../helpers/project.ts';

const perfgate = perfGate();

it('shows caveats of an accepted change in JSON, terminal, artifact and report, and verify agrees', async () => {
  const repo = countingProject();
  const start = ['start', 'x', '--contract', 'c.yaml', '--yes', '--fix-command', `${halve}; touch json.py`];
  const { stderr, code } = await perfgate.run(repo.root, ...start);
  expect(code).toBe(0);
  expect(stderr).toMatch(/look at this: shadows: /);
  const { attempts } = await perfgate.json(repo.root, 'status');
  const [{ verdict, told } = { verdict: '', told: [] }] = attempts;
  expect(verdict).toBe('accepted');
  expect(told).toContainEqual({
    code: 'shadows',
    files: [{ path: 'json.py', kind: 'module', name: 'json' }],
    more: 0,
    text: expect.stringContaining('json.py'),
  });
  const [folder] = readdirSync(join(repo.root, '.perf-gate/runs'));
  const run = join(repo.root, '.perf-gate/runs', folder!);
  const artifact = readdirSync(run).find((name) => name.includes('verdict'))!;
  expect(readFileSync(join(run, artifact), 'utf8')).toContain('- **Look at this:** shadows: ');
  expect(readFileSync(join(run, 'report.html'), 'utf8')).toContain('Look at this:');
  expect(await perfgate.json(repo.root, 'verify')).toMatchObject({ code: 0 });
});
