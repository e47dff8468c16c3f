import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll } from 'vitest';
import { formatFrontmatter, parseFrontmatter } from '../../src/artifact/frontmatter.ts';
import { openRepo } from '../../src/git/repo.ts';
import { type Verification, verify } from '../../src/verify/verify.ts';
import type { PerfGate } from '../helpers/cli.ts';
import { contractText, files, sampled } from '../helpers/project.ts';
import { at, repositoryIn, type TestRepository, temporaryFolder } from '../helpers/repository.ts';

// biome-ignore lint/suspicious/noExplicitAny: a forger knows no types
export type Untyped = any;
/** A journal line as a forger sees it. */
type Line = { seq: number; type: string; sum: string; [key: string]: Untyped };

/** A copy of a finished run, to be tampered with. Paths are relative to the run's folder. */
export type Copy = {
  repo: TestRepository;
  run: string;
  path(name: string): string;
  read(name: string): string;
  /** Replaces text that must be there. */
  edit(name: string, from: string | RegExp, to: string): void;
  lines(): Line[];
  /** Writes the journal anew with hashes that fit, as a forger does who knows how. */
  rechain(lines: Line[]): void;
  /** What a forger does who knows the format: changes the journal, and makes artifacts, hashes and chain fit again. */
  forge(change: (transition: (stage: string, n?: number) => Line, lines: Line[]) => void): void;
  verify(): Promise<Verification>;
};

/** The fix of attempt 1 has no effect; that of attempt 2 halves the work. */
const fixes =
  'if [ $PERF_GATE_ATTEMPT = 1 ]; then echo "# nothing" >> work.sh; else sed -i s/STEPS=100/STEPS=50/ work.sh; fi';

/** One run by the real command line for a whole test file: two attempts, the second accepted; five sessions of samples and a report. */
export function finishedRun(perfgate: PerfGate): () => Copy {
  let original = '';
  let run = '';
  beforeAll(async () => {
    const metrics = { primary: sampled, watchdogs: [{ name: 'wall', max_regression_pct: 1000, source: 'wall' }] };
    const contract = contractText({ metrics, limits: { max_attempts: 2 } });
    original = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-finished-')));
    repositoryIn(original, { ...files, 'c.yaml': contract });
    const ended = await perfgate.json(
      original,
      ...['start', 'make it faster', '--contract', 'c.yaml', '--yes', '--fix-command', fixes],
    );
    if (ended.outcome !== 'accepted') throw new Error(`the run was to be accepted: ${JSON.stringify(ended)}`);
    run = ended.run;
    return () => rmSync(original, { recursive: true, force: true });
  });
  return () => copyOf(original, run, perfgate.env());
}

/** `folder`: where the project lies in the repository. */
export function copyOf(original: string, run: string, env: NodeJS.ProcessEnv, folder = ''): Copy {
  const copied = temporaryFolder('perf-gate-copy-');
  cpSync(original, copied, { recursive: true });
  const root = join(copied, folder);
  const path = (name: string) => join(root, '.perf-gate/runs', run, name);
  const read = (name: string) => readFileSync(path(name), 'utf8');
  const copy: Copy = {
    repo: at(root),
    run,
    path,
    read,
    edit(name, from, to) {
      const text = read(name);
      const edited = text.replace(from, to);
      if (edited === text) throw new Error(`${name} does not hold ${from}`);
      writeFileSync(path(name), edited);
    },
    lines: () =>
      read('journal.jsonl')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Line),
    rechain(lines) {
      let prev = '';
      const text = lines.map((line, i) => {
        const { sum: _, ...rest } = { ...line, seq: i + 1, prev };
        const whole = JSON.stringify({ ...rest, sum: sha256(JSON.stringify(rest)) });
        prev = sha256(whole);
        return `${whole}\n`;
      });
      writeFileSync(path('journal.jsonl'), text.join(''));
    },
    forge(change) {
      const lines = copy.lines();
      const moves = lines.filter((l) => l.type === 'transition');
      const before = moves.map((l) => JSON.stringify(l));
      change((stage, n = 0) => moves.filter((l) => l.stage === stage)[n]!, lines);
      for (const [i, line] of moves.entries()) {
        if (!line.artifact || JSON.stringify(line) === before[i]) continue;
        const { data, body } = parseFrontmatter(read(line.artifact));
        const head = { ...data, stage: line.stage, epoch: line.epoch, attempt: line.attempt, result: line.result };
        const text = formatFrontmatter({ ...head, ...line.data, ...line.effects }, body);
        writeFileSync(path(line.artifact), text);
        line.artifact_hash = sha256(text);
      }
      copy.rechain(lines);
    },
    verify: async () => verify(await openRepo(root), run, { env }),
  };
  return copy;
}

export const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
