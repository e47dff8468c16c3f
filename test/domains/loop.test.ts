import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseFrontmatter } from '../../src/artifact/frontmatter.ts';
import { blocks } from '../docs/pages.ts';
import { perfGate } from '../helpers/cli.ts';
import type { TestRepository } from '../helpers/repository.ts';
import { example, missing } from './example.ts';

type Loop = {
  name: string;
  needs?: Record<string, string>;
  dependencies?: string[];
  /** The number of the attempt that is right. */
  right: 1 | 2;
  /** The attempt that is wrong, and why it is rejected. */
  decoy: RegExp;
  /** What the profile has to name first or second. */
  hotspot: RegExp;
};

const chromium = { Chromium: 'test -x /usr/bin/chromium || test -x /usr/bin/google-chrome || test -x "$CHROMIUM"' };
const postgres = { PostgreSQL: 'psql --version && ls /usr/lib/postgresql/*/bin/initdb || initdb --version' };

/** One for each domain; slow-report is what `perf-gate demo` runs. */
const loops: Loop[] = [
  {
    name: 'http-search',
    right: 1,
    decoy: /^2 rejected: candidate_failed: .*a request failed/,
    hotspot: /^normalise src\/normalise\.mjs/m,
  },
  {
    name: 'notes-cli',
    right: 2,
    decoy: /^1 rejected: correctness_failed: /,
    hotspot: /^tableOfPlainLetters src\/fold\.mjs/m,
  },
  {
    name: 'agent-hook',
    right: 1,
    decoy: /^2 rejected: .*less hook_cpu_ms/,
    hotspot: /^approvedBefore hooks\/history\.mjs/m,
  },
  {
    name: 'moving-bars',
    needs: chromium,
    dependencies: ['playwright-core'],
    right: 1,
    decoy: /^2 rejected: .*output/,
    hotspot: /^draw page\/bars\.js/m,
  },
  {
    name: 'site-build',
    dependencies: ['rolldown'],
    right: 1,
    decoy: /^2 rejected: watchdog_failed: bundle_bytes/,
    hotspot: /^withLinks plugins\/glossary\.mjs/m,
  },
  {
    name: 'icon-bundle',
    dependencies: ['rolldown'],
    right: 1,
    decoy: /^2 rejected: watchdog_failed: bundle_brotli_bytes/,
    hotspot: /^icons\.js src\/icons\.js/m,
  },
  {
    name: 'log-summary',
    right: 1,
    decoy: /^2 rejected: watchdog_failed: wall_ms/,
    hotspot: /^(readRecords src\/records|parseLine src\/line)\.mjs/m,
  },
  {
    name: 'pg-orders',
    needs: postgres,
    right: 2,
    decoy: /^1 rejected: .*less query_ms/,
    hotspot: /^Seq Scan on orders$/m,
  },
  {
    name: 'sqlite-orders',
    needs: { sqlite3: 'sqlite3 --version' },
    right: 1,
    decoy: /^2 rejected: watchdog_failed: database_bytes/,
    hotspot: /^last order of each customer$/m,
  },
];

const perfgate = perfGate();

/** Where DOMAINS says how many, as many of them as the seed chooses: a whole loop takes up to a minute. */
const chosen = (() => {
  const { DOMAINS: many = loops.length, DOMAINS_SEED: seed = '' } = process.env;
  const place = ({ name }: Loop) =>
    createHash('sha256')
      .update(seed + name)
      .digest('hex');
  return [...loops].sort((a, b) => (place(a) < place(b) ? -1 : 1)).slice(0, Number(many));
})();

for (const loop of chosen) {
  const absent = missing(loop.needs ?? {});
  const why = absent ? `: ${absent}` : '';
  const judged = `${loop.name}: the profile names what is slow, the right fix is kept, the decoy is rejected${why}`;
  it.skipIf(absent !== null)(judged, { timeout: 600_000 }, async () => {
    const repo = example(loop.name, loop.dependencies);
    const ended = await perfgate.json(
      repo.root,
      ...['start', 'make it faster', '--contract', 'perf-gate.yaml', '--yes', '--fix-command', 'sh fixes/apply.sh'],
    );
    const told = ended.attempts.map((a) => `${a.attempt} ${a.verdict}: ${a.reasons.join('; ')}`);
    expect(told[loop.right - 1], ended.reason ?? told.join('\n')).toMatch(/^\d accepted/);
    expect(told).toContainEqual(expect.stringMatching(loop.decoy));
    expect(ended).toMatchObject({ code: 0, outcome: 'accepted' });
    expect(hotspots(repo, ended.run).slice(0, 2).join('\n')).toMatch(loop.hotspot);
  });

  it.skipIf(absent !== null)(`${loop.name}: what its README tells to type works in a fresh copy${why}`, () => {
    const { root } = example(loop.name, loop.dependencies);
    const typed = blocks(`examples/${loop.name}/README.md`)
      .filter(({ info }) => info === 'console')
      .flatMap(({ text }) => text.split('\n').filter((line) => line.startsWith('$ ')));
    for (const line of typed) execFileSync('/bin/sh', ['-c', line.slice(2)], { cwd: root, stdio: 'pipe' });
    expect(typed).not.toEqual([]);
  });
}

/** What the first profile of a run found, by cost. */
function hotspots(repo: TestRepository, run: string): string[] {
  const dir = join('.perf-gate/runs', run);
  const profile = readdirSync(join(repo.root, dir)).find((name) => name.endsWith('-profile.md'))!;
  const { hotspots } = parseFrontmatter(repo.read(join(dir, profile))).data as { hotspots: { id: string }[] };
  return hotspots.map(({ id }) => id);
}
