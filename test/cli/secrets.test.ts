import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { countingProject, halve } from '../helpers/project.ts';

const perfgate = perfGate();

/** Secrets that YAML, JSON, HTML and shells each spell differently. */
const SECRET = `hunter2 it's|"q"&<swordfish>`;

it('no file contains a secret, for every place that could print it', async () => {
  const repo = countingProject(
    {
      repro: { script: 'printenv TOKEN_OF_BENCH >&2 && sh bench.sh && printenv TOKEN_OF_BENCH' },
      secrets_file: '.env.bench',
      limits: { max_attempts: 2 },
    },
    { '.gitignore': '.env.bench\n' },
  );
  repo.write('.env.bench', `TOKEN_OF_BENCH=\`${SECRET}\`\n`);
  const wrong = "echo 'printenv TOKEN_OF_BENCH >&2; exit 4' >> work.sh";
  const note = "sed 's/^[^=]*=.//; s/.$//' .env.bench >> $PERF_GATE_ARTIFACT";
  const fix = `if [ $PERF_GATE_ATTEMPT = 1 ]; then ${wrong}; else ${halve}; fi; ${note}`;
  const args = ['start', 'be quiet', '--contract', 'c.yaml', '--yes', '--fix-command', fix];
  const ended = await perfgate.run(repo.root, ...args);
  expect(ended.stderr).toMatch(/REJECTED[\s\S]*ACCEPTED/);
  const { code, stdout } = await perfgate.run(repo.root, 'show');
  expect(code).toBe(0);
  expect(stdout).toContain('[redacted]');
  for (const text of [ended.stdout, ended.stderr, stdout]) expect(text).not.toMatch(LEAK);
  const found = readdirSync(join(repo.root, '.perf-gate'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  expect(found.length).toBeGreaterThan(10);
  expect(found.filter((file) => LEAK.test(readFileSync(file, 'utf8')))).toEqual([]);
});

const LEAK = /hunter2|swordfish/;
