import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Project, startArguments, tracked } from './project.ts';

/** A kind of project that is killed: other files than those of the plain one, work of the user's that is not committed, other arguments. */
export type Setting = {
  change: Record<string, string>;
  work?(project: Project): void;
  args: string[];
};

const contract = (text: string) => ({ 'perf-gate.yaml': text });

/** Two attempts: one that helps, one that does not, and edits what git does not know. */
const base = tracked['perf-gate.yaml'].replace('max_attempts: 3', 'max_attempts: 2');
const work = '  primary: { name: work, unit: steps, source: { stdout: metric, key: work }, deterministic: true }\n';
const written =
  '  watchdogs: [{ name: written, unit: B, max_regression_pct: 5, source: { file: out.json, key: bytes } }]\n';

/** Each run of this process has the same port, so that its contract, and with it every commit, is the same; no two processes do. */
const port = 20_000 + (process.pid % 10_000);

const server = `import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
const work = /WORK=(\\d+)/.exec(readFileSync('work.sh', 'utf8'))[1];
createServer((_, answer) => answer.end(JSON.stringify({ work: Number(work) }))).listen(${port}, '127.0.0.1');
`;
const client = `const { work } = await (await fetch('http://127.0.0.1:${port}/')).json();
console.log(JSON.stringify({ work }));
`;

export const settings: Record<string, Setting> = {
  plain: { change: {}, args: startArguments },
  'the user’s work included': {
    change: contract(base),
    work({ root, git }) {
      appendFileSync(join(root, 'a file.txt'), 'staged\n');
      writeFileSync(join(root, 'staged.txt'), 'new\n');
      rmSync(join(root, 'tool.sh'));
      git('add', 'a file.txt', 'staged.txt', 'tool.sh');
      appendFileSync(join(root, 'a file.txt'), 'not staged\n');
      writeFileSync(join(root, 'src/deep/part.txt'), 'not staged\n');
    },
    args: [...startArguments, '--include-dirty'],
  },
  'clean arms with setup, and a metric from a file': {
    change: {
      ...contract(
        base
          .replace('build: "true"', 'setup: sh setup.sh')
          .replace(work, work + written)
          .replace('profiler:', 'isolation: worktree\nprofiler:'),
      ),
      'setup.sh': "echo 'bytes=1000' > made.sh\n",
      'bench.sh': `. ./work.sh\n. ./made.sh\necho "{ \\"bytes\\": $bytes }" > out.json\necho "METRIC work=$WORK"\n`,
    },
    args: startArguments,
  },
  'in place, one after the other': {
    change: {
      ...contract(
        base
          .replace('build: "true"', 'build: cp work.sh cache/built.sh')
          .replace('protected: [', 'unprotected: [work.sh], protected: [') // the build names it
          .replace('profiler:', 'isolation: in_place\norder: sequential\nprofiler:'),
      ),
      'bench.sh': '. ./cache/built.sh\necho "METRIC work=$WORK"\n',
    },
    args: startArguments,
  },
  'a service': {
    change: {
      ...contract(
        base
          .replace('max_attempts: 2', 'max_attempts: 1')
          .replace('script: sh bench.sh, build: "true", measurement_runs: 4, max_runs: 4', () =>
            [
              'script: node client.mjs, measurement_runs: 3, max_runs: 3, warmup_runs: 0',
              `service: { start: node server.mjs, ready: "http://127.0.0.1:${port}/" }`,
            ].join(', '),
          )
          .replace('{ stdout: metric, key: work }', '{ stdout: json, key: work }'),
      ),
      'server.mjs': server,
      'client.mjs': client,
    },
    args: startArguments,
  },
};
