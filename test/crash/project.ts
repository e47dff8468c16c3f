import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A repository with its own cache and home beside it, so that everything a run leaves behind can be seen. */
export type Project = {
  home: string;
  root: string;
  env: NodeJS.ProcessEnv;
  git(...args: string[]): string;
  remove(): void;
};

/** What the program costs is a number in a file, so that every run of this story comes to the same verdicts. */
export const tracked = {
  'bench.sh': '. ./work.sh\necho "METRIC work=$WORK"\n',
  'work.sh': 'WORK=100\nANSWER=42\n',
  'check.sh': '. ./work.sh\ntest "$ANSWER" = 42\n',
  'a file.txt': 'a name with a space\n',
  'src/deep/part.txt': 'one\n',
  '.gitignore': 'cache/\n*.env\n',
  'perf-gate.yaml': `version: 1
repro: { script: sh bench.sh, build: "true", measurement_runs: 4, max_runs: 4, timeout_s: 20 }
metrics:
  primary: { name: work, unit: steps, source: { stdout: metric, key: work }, deterministic: true }
threshold: { pct_min: 10 }
guards: { correctness: sh check.sh, protected: [bench.sh, check.sh, fix.sh, propose.sh, perf-gate.yaml] }
profiler: none
limits: { max_attempts: 3 }
`,
  'propose.sh': `sleep 0.05
{
  sed '/^result:/,$d' "$PERF_GATE_ARTIFACT"
  printf 'result: proposed\\nhotspots: [{ id: first }, { id: second }, { id: third }]\\n---\\nin this order\\n'
} > answer.env
sleep 0.05
cp answer.env "$PERF_GATE_ARTIFACT"
rm answer.env
`,
  // Each fix edits in two steps with a pause between them: a kill in the pause leaves half of it.
  'fix.sh': `case $PERF_GATE_ATTEMPT in
1) # helps
  sed -i s/WORK=100/WORK=50/ work.sh
  sleep 0.1
  echo 'a new file' > 'new file.txt'
  chmod +x 'new file.txt'
  echo two >> src/deep/part.txt ;;
2) # changes nothing that counts; edits a file that git does not know, takes away a link
  echo '# slower to read' >> work.sh
  rm link
  sleep 0.1
  echo changed >> 'todo list.txt'
  mkdir -p more/folders && echo three > more/folders/x.txt ;;
*) # faster and wrong
  printf 'WORK=1\\nANSWER=41\\n' > work.sh
  sleep 0.1
  chmod +x 'a file.txt' ;;
esac
`,
};

const users: Record<string, string> = {
  'todo list.txt': 'of the user, never committed\n',
  'cache/of the user.bin': '\0\x01 ignored\n',
  'secret.env': 'PASSWORD=123\n',
};

export const startArguments = [
  ...['start', 'make it do less', '--contract', 'perf-gate.yaml', '--yes', '--json'],
  ...['--fix-command', 'sh fix.sh', '--propose-command', 'sh propose.sh'],
];

/** `change`: other contents of the tracked files, and more of them. */
export function makeProject(change: Record<string, string> = {}): Project {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-crash-')));
  const root = join(home, 'project');
  const temporary = join(home, 'tmp');
  for (const dir of [root, temporary]) mkdirSync(dir);
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    TMPDIR: temporary,
    XDG_CACHE_HOME: join(home, 'cache'),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    NO_COLOR: '1',
  };
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, env, encoding: 'utf8', stdio: 'pipe' }).trimEnd();
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'A User');
  git('config', 'user.email', 'user@example.org');
  write(root, { ...tracked, ...change });
  write(root, { 'tool.sh': 'echo tool\n' }, 0o755);
  symlinkSync('a file.txt', join(root, 'link'));
  git('add', '--all');
  git('commit', '--quiet', '--message', 'first');
  write(root, users);
  return { home, root, env, git, remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 5 }) };
}

function write(root: string, files: Record<string, string>, mode = 0o644): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content, { mode });
  }
}
