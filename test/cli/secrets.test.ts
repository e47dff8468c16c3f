import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { countingProject, halve } from '../helpers/project.ts';

const perfgate = perfGate();

const SECRET = 'hunter2-"quoted"-swordfish';

it('writes a secret nowhere, whatever prints it', async () => {
  const repo = countingProject(
    { repro: { script: 'echo "token $TOKEN_OF_BENCH" >&2; test -n "$TOKEN_OF_BENCH" && sh bench.sh && echo "$TOKEN_OF_BENCH"' }, secrets_file: '.env.bench', limits: { max_attempts: 2 } },
    { '.gitignore': '.env.bench\n' },
  );
  repo.write('.env.bench', `TOKEN_OF_BENCH='${SECRET}'\n`);
  const wrong = 'echo "echo $(cat .env.bench | cut -d= -f2); exit 4" >> work.sh';
  const fix = `if [ $PERF_GATE_ATTEMPT = 1 ]; then ${wrong}; else ${halve}; fi; echo "see $(cat .env.bench)" >> $PERF_GATE_ARTIFACT`;
  const ended = await perfgate.run(repo.root, 'start', 'be quiet', '--contract', 'c.yaml', '--yes', '--fix-command', fix);
  expect(ended.stderr).toMatch(/REJECTED[\s\S]*ACCEPTED/);
  const { code, stdout } = await perfgate.run(repo.root, 'show');
  expect(code).toBe(0);
  for (const text of [ended.stdout, ended.stderr, stdout]) expect(leaks(text)).toBe(false);
  const found = readdirSync(join(repo.root, '.perf-gate'), { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && leaks(readFileSync(join(entry.parentPath, entry.name), 'utf8')),
  );
  expect(found.map((entry) => entry.name)).toEqual([]);
});

const leaks = (text: string) => text.includes('hunter2') || text.includes('swordfish');
