import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasPostgres } from '../helpers/postgres.ts';
import { fleet, project } from './set-up.ts';
import { overlaps, until } from './workers.ts';

type Row = { name: string; answer: string; improvement_pct: number };
type Suite = {
  verdict: string;
  host: string;
  job: string;
  comparison: string;
  benchmarks: Row[];
  added: string[];
  executions: number;
};
type Parts = { parts: { host: string; benchmarks: string[]; executions: number }[] };

const printed = (text: string) => JSON.parse(text.split('\n').find((line) => line.startsWith('{'))!) as Suite & Parts;

/** Five benchmarks: one stays as it is, one is new. Three wait for the gate, if the project has one. */
const suite = `version: 1
metrics: { primary: { name: steps, unit: steps, source: { stdout: metric, key: steps } } }
claim: no_worse
threshold: { no_worse_pct: 3 }
guards: { protected: [bench.sh] }
room: "off"
profiler: none
benchmarks:
  - { name: first, repro: { script: sh bench.sh } }
  - { name: same, repro: { script: "echo METRIC steps=7" } }
  - { name: third, repro: { script: "sh bench.sh; true" } }
  - { name: gain, claim: proven, threshold: { pct_min: 20 }, repro: { script: "sh bench.sh; :" } }
  - { name: new, repro: { script: sh new.sh } }
`;

function suiteProject(held: boolean) {
  const repo = project(held);
  repo.write('new.sh', 'echo "METRIC steps=7"\n');
  repo.git('add', 'new.sh');
  repo.git('commit', '--quiet', '--message', 'a new benchmark');
  repo.write('suite.yaml', suite);
  return repo;
}

describe.skipIf(!hasPostgres())('a suite on several hosts', { timeout: 300_000 }, () => {
  const f = fleet();
  const words = ['--contract', 'suite.yaml', '--json'];
  const here = (root: string) => f.start(['compare', 'main~2', 'main', ...words, '--cwd', root]);
  const there = (root: string) => f.start(['compare', 'main~2', 'main', ...words, '--on', 'quiet', '--cwd', root]);
  const figures = ({ benchmarks }: Suite) =>
    benchmarks.map(({ name, answer, improvement_pct }) => ({ name, answer, improvement_pct }));

  it('is measured in parts, and judged like a suite on one machine', async () => {
    const { root } = suiteProject(true);
    await Promise.all([f.worker('one'), f.worker('two')]);
    const client = there(root);
    await Promise.all([f.at('one'), f.at('two')]);
    expect((await f.jobs()).map(({ part }) => part).sort()).toEqual(['1/2', '2/2']);
    writeFileSync(f.gate(), '');
    expect(await client.ended, client.printed()).toBe(0);
    expect(client.printed()).toMatch(/Part 1 of 2: Job \w+ is on/);
    const whole = printed(client.printed());
    expect(whole.parts.map(({ host }) => host).sort()).toEqual(['one', 'two']);
    expect(whole.parts.map(({ benchmarks }) => benchmarks)).toEqual([
      ['first', 'third'],
      ['same', 'gain'],
    ]);
    expect(whole.added).toEqual(['new']);
    expect(whole.executions).toBe(whole.parts.reduce((sum, part) => sum + part.executions, 0));
    const one = here(root);
    expect(await one.ended, one.printed()).toBe(0);
    const byName = (rows: ReturnType<typeof figures>) => rows.sort((a, b) => a.name.localeCompare(b.name));
    expect(byName(figures(whole))).toEqual(byName(figures(printed(one.printed()))));
    const verified = f.start(['verify', whole.comparison, '--cwd', root]);
    expect(await verified.ended, verified.printed()).toBe(0);
    expect(overlaps(f.executions())).toEqual([]);
  });

  it('keeps its parts if the client dies, and cancels all of them at Ctrl-C', async () => {
    rmSync(f.gate(), { force: true });
    const { root } = suiteProject(true);
    await Promise.all([f.worker('one'), f.worker('two')]);
    const first = there(root);
    await Promise.all([f.at('one'), f.at('two')]);
    first.child.kill('SIGKILL');
    await first.ended;
    await f.worker('three');
    const second = there(root);
    await until(() => /Part 2 of 2: Job \w+ is on/.test(second.printed()));
    second.child.kill('SIGINT');
    expect(await second.ended).toBe(130);
    await until(async () => (await f.sql('SELECT 1 FROM perf_gate.host WHERE job IS NOT NULL')).length === 0);
    expect(await f.sql('SELECT key FROM perf_gate.request WHERE key IS NOT NULL')).toEqual([]);
    writeFileSync(f.gate(), '');
    const third = there(root);
    expect(await third.ended, third.printed()).toBe(0);
    expect(printed(third.printed()).parts).toHaveLength(3);
    for (const table of ['source', 'line']) expect(await f.sql(`SELECT * FROM perf_gate.${table}`)).toEqual([]);
    expect(await f.sql('SELECT job FROM perf_gate.result WHERE record IS NOT NULL')).toEqual([]);
  });
});
