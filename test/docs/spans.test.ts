import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readProfile } from '../../src/profile/formats/read-profile.ts';
import { hotspots } from '../../src/profile/rank/hotspots.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'perf-gate-spans-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const page = readFileSync('docs/plan.md', 'utf8');
const helper = (language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)![1]!;

/** In each language: a request that makes two database queries, one after the other, and does little else. */
const uses = [
  {
    language: 'js',
    file: 'a.mjs',
    command: [process.execPath, 'a.mjs'],
    use: `const wait = () => new Promise((done) => setTimeout(done, 40));
await span('request', async () => {
  await span('db', wait, 'request');
  await span('db', wait, 'request');
});`,
  },
  {
    language: 'python',
    file: 'a.py',
    command: ['python3', 'a.py'],
    use: `with span('request'):
    for _ in range(2):
        with span('db', 'request'):
            time.sleep(0.04)`,
  },
  {
    language: 'sh',
    file: 'a.sh',
    command: ['sh', '-u', 'a.sh'],
    use: `handle() {
  span db request -- sleep 0.04
  span db request -- sleep 0.04
}
span request '' -- handle`,
  },
];

it.each(uses)(
  'the helper for $language writes nested spans that are read',
  async ({ language, file, command, use }) => {
    writeFileSync(join(dir, file), `${helper(language)}\n${use}\n`);
    const [program, ...args] = command as [string, ...string[]];
    const spans = join(dir, 'spans.jsonl');
    const run = (env: NodeJS.ProcessEnv) => execFileSync(program, args, { cwd: dir, env: { ...process.env, ...env } });
    run({ PERF_GATE_SPANS: spans });
    const { hotspots: found, unit, format } = hotspots(await readProfile(spans), dir);
    expect({ unit, format }).toEqual({ unit: 'ms', format: 'spans' });
    expect(found[0]).toMatchObject({ id: 'db', file: null, samples: 2 });
    expect(found[0]!.self_pct).toBeGreaterThan(50);
    const request = found.find((place) => place.id === 'request')!;
    expect(request.total_pct).toBeGreaterThan(found[0]!.total_pct);
    run({ PERF_GATE_SPANS: undefined });
  },
);

it('the helper for sh returns the exit code of its command', () => {
  const text = `${helper('sh')}\nspan a '' -- sh -c 'exit 7'\necho "$?"\n`;
  const printed = execFileSync('sh', ['-c', text], {
    env: { ...process.env, PERF_GATE_SPANS: join(dir, 'spans.jsonl') },
  });
  expect(String(printed)).toBe('7\n');
});
