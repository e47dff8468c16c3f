import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseFrontmatter } from '../../src/artifact/frontmatter.ts';
import { perfGate } from '../helpers/cli.ts';
import type { TestRepository } from '../helpers/repository.ts';
import { example, missing } from './example.ts';

type Loop = {
  name: string;
  needs?: Record<string, string>;
  dependencies?: string[];
  /** The number of the attempt that is right. */
  right: 1 | 2;
  /** How the other attempt is refused; null where it only has no effect, which a busy machine may leave undecided. */
  decoy: RegExp | null;
  /** What the profile has to name first or second. */
  hotspot?: RegExp;
};

const chromium = { Chromium: 'test -x /usr/bin/chromium || test -x /usr/bin/google-chrome || test -x "$CHROMIUM"' };
const postgres = { PostgreSQL: 'psql --version && ls /usr/lib/postgresql/*/bin/initdb || initdb --version' };

const loops: Loop[] = [
  { name: 'http-search', right: 1, decoy: null, hotspot: /^normalise src\/normalise\.mjs/ },
  { name: 'notes-cli', right: 1, decoy: null, hotspot: /^tableOfPlainLetters src\/fold\.mjs/ },
  { name: 'agent-hook', right: 1, decoy: null, hotspot: /^approvedBefore hooks\/history\.mjs/ },
  {
    name: 'moving-bars',
    needs: chromium,
    dependencies: ['playwright-core'],
    right: 1,
    decoy: /rejected: .*output/,
    hotspot: /^draw page\/bars\.js/,
  },
  {
    name: 'site-build',
    dependencies: ['rolldown'],
    right: 1,
    decoy: /rejected: .*bundle_bytes/,
    hotspot: /^withLinks plugins\/glossary\.mjs/,
  },
  {
    name: 'icon-bundle',
    dependencies: ['rolldown'],
    right: 1,
    decoy: /rejected: .*bundle_brotli_bytes/,
    hotspot: /src\/icons\.js/,
  },
  { name: 'log-summary', right: 1, decoy: null, hotspot: /^(readRecords src\/records|parseLine src\/line)\.mjs/ },
  { name: 'pg-orders', needs: postgres, right: 2, decoy: /rejected: .*pages/, hotspot: /orders/ },
  { name: 'sqlite-orders', needs: { sqlite3: 'sqlite3 --version' }, right: 1, decoy: /rejected: .*database_bytes/ },
];

const perfgate = perfGate();

for (const loop of loops) {
  const absent = missing(loop.needs ?? {});
  const title = `${loop.name}: the right fix is kept, the decoy is not${absent ? `: ${absent}` : ''}`;
  it.skipIf(absent !== null)(title, { timeout: 300_000 }, async () => {
    const repo = example(loop.name, loop.dependencies);
    const ended = await perfgate.json(
      repo.root,
      ...['start', 'make it faster', '--contract', 'perf-gate.yaml', '--yes', '--fix-command', 'sh fixes/apply.sh'],
    );
    const told = ended.attempts.map((a) => `${a.attempt} ${a.verdict}: ${a.reasons.join('; ')}`);
    expect(told[loop.right - 1], ended.reason ?? told.join('\n')).toMatch(/^\d accepted/);
    expect(told[2 - loop.right]).toMatch(loop.decoy ?? /^\d (rejected|inconclusive)/);
    expect(ended).toMatchObject({ code: 0, outcome: 'accepted' });
    if (loop.hotspot) expect(hotspots(repo, ended.run).slice(0, 2).join('\n')).toMatch(loop.hotspot);
  });
}

/** What the first profile of a run found, by cost. */
function hotspots(repo: TestRepository, run: string): string[] {
  const dir = join('.perf-gate/runs', run);
  const profile = readdirSync(join(repo.root, dir)).find((name) => name.endsWith('-profile.md'))!;
  const { hotspots } = parseFrontmatter(repo.read(join(dir, profile))).data as { hotspots: { id: string }[] };
  return hotspots.map(({ id }) => id);
}
