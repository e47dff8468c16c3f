import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readProfile } from '../../src/profile/formats.ts';
import { hotspots } from '../../src/profile/hotspots.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'perf-gate-spans-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const page = readFileSync('docs/plan.md', 'utf8');
const helper = (language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)![1]!;

const uses = [
  {
    language: 'js',
    file: 'a.mjs',
    command: [process.execPath, 'a.mjs'],
    use: "await span('request', () => span('db', () => new Promise((done) => setTimeout(done, 40)), 'request'));",
  },
  {
    language: 'python',
    file: 'a.py',
    command: ['python3', 'a.py'],
    use: "with span('request'):\n    with span('db', 'request'):\n        time.sleep(0.04)",
  },
  { language: 'sh', file: 'a.sh', command: ['sh', 'a.sh'], use: 'span db request -- sleep 0.04' },
];

it.each(uses)('the helper for $language writes spans that are read', async ({ language, file, command, use }) => {
  writeFileSync(join(dir, file), `${helper(language)}\n${use}\n`);
  const [program, ...args] = command as [string, ...string[]];
  const spans = join(dir, 'spans.jsonl');
  execFileSync(program, args, { cwd: dir, env: { ...process.env, PERF_GATE_SPANS: spans } });
  const { hotspots: found, unit, format } = hotspots(await readProfile(spans), dir);
  expect({ unit, format }).toEqual({ unit: 'ms', format: 'spans' });
  expect(found[0]).toMatchObject({ id: 'db', file: null });
  expect(found[0]!.self_pct).toBeGreaterThan(50);
  execFileSync(program, args, { cwd: dir, env: { ...process.env, PERF_GATE_SPANS: undefined } });
});
