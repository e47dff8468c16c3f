import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute, type Outcome, type PerfGate } from '../helpers/cli.ts';
import { contractText, files } from '../helpers/project.ts';
import { repository, type TestRepository, temporaryFolder } from '../helpers/repository.ts';

/** A mount namespace of our own: as root, or as anybody where the kernel allows user namespaces. */
const namespace = process.getuid?.() === 0 ? ['-m'] : ['-rm'];

/** Why no file system can be mounted here; null where one can. */
export function cannotMount(): string | null {
  if (process.platform !== 'linux') return 'file systems are mounted on Linux only';
  const tried = spawnSync('unshare', [...namespace, 'mount', '-t', 'tmpfs', 'none', '/mnt'], { encoding: 'utf8' });
  return tried.status === 0 ? null : `nothing can be mounted here: ${tried.error?.message ?? tried.stderr.trim()}`;
}

/** What happens to the small file system: no block is left, no further file can be made, or nothing can be written. */
const harms = {
  full: 'dd if=/dev/zero of="$p/ballast" bs=4k 2>/dev/null',
  crowded: 'n=0; while : 2>/dev/null > "$p/crowd$n"; do n=$((n + 1)); done',
  'read-only': 'mount -o remount,ro "$p"',
} as const;

/** What lies on the small file system. */
type Place = '.perf-gate' | '.git/objects' | 'arms';

/** `when`: the command that does the harm, the fix or the nth execution of the repro. */
export type Accident = { place: Place; harm: keyof typeof harms; when: 'fix' | `run ${number}` };

export type Story = {
  project: TestRepository;
  /** Exit codes of `start`, `resume` and `verify`, and what they printed. */
  codes: number[];
  started: Outcome & { error?: { code: string; message: string } };
  resumed: Outcome;
  verified: { findings: object[] };
  stderr: string;
  /** Unfinished files of ours that the accident left, before anything was mended. */
  halfWritten: string[];
};

/** The programs of the user, and the harm among them. A variable that names the project would name the arm in an arm: so a file does. */
const programs = (harm: string) => ({
  'c.yaml': contractText({ repro: { script: 'sh count.sh', build: 'true' }, guards: { correctness: 'true' } }),
  'harm.sh': `p=$(cat "$OUT/place"); [ "$WHEN" != "$1" ] || { ${harm}; }; true\n`,
  'count.sh': 'n=$(($(cat "$OUT/n") + 1)); echo $n > "$OUT/n"; sh harm.sh "run $n"; sh bench.sh\n',
});

/** All in one mount namespace, because the file system is seen in no other; what was left on it is copied out of it. */
const steps = `
cp -a "$PLACE" "$OUT/before"
mount -t tmpfs -o size=16m,nr_inodes=4096 small "$PLACE" && cp -a "$OUT/before/." "$PLACE/" || exit 1
perf_gate() { "$NODE" "$BIN" "$@" --json 2>> "$OUT/stderr"; echo $? >> "$OUT/codes"; }
perf_gate start "make it faster" --contract c.yaml --yes --fix-command "sh harm.sh fix; sed -i s/STEPS=100/STEPS=50/ work.sh" > "$OUT/started"
mount -o remount,rw,size=64m,nr_inodes=100000 "$PLACE"
rm -f "$PLACE"/ballast "$PLACE"/crowd*
cp -a "$PLACE" "$OUT/accident"
WHEN=never
perf_gate resume > "$OUT/resumed"
perf_gate verify > "$OUT/verified"
cp -a "$PLACE" "$OUT/after"; umount -l "$PLACE"; cp -a "$OUT/after/." "$PLACE/"
`;

/** A run on a small file system that fails it in the middle; `resume` and `verify` when it is as it was. */
export async function withSmallDisk(perfgate: PerfGate, { place, harm, when }: Accident): Promise<Story> {
  const out = temporaryFolder('perf-gate-out-');
  const repo = repository({ ...files, ...programs(harms[harm]) });
  const cache = join(out, 'cache');
  const folder = place === 'arms' ? join(cache, 'perf-gate/arms') : join(repo.root, place);
  mkdirSync(folder, { recursive: true });
  const compiled = join(perfgate.env().XDG_CACHE_HOME!, 'perf-gate');
  if (existsSync(compiled)) cpSync(compiled, join(cache, 'perf-gate'), { recursive: true });
  for (const [name, text] of [
    ['n', '0'],
    ['place', folder],
    ['steps.sh', steps],
  ] as const)
    writeFileSync(join(out, name), text);
  const own = { XDG_CACHE_HOME: cache, PLACE: folder, OUT: out, WHEN: when };
  const env = { ...perfgate.env(), ...own, NODE: process.execPath, BIN: perfgate.bin() };
  const ended = await execute('unshare', [...namespace, 'sh', join(out, 'steps.sh')], { cwd: repo.root, env });
  const read = (name: string) => readFileSync(join(out, name), 'utf8');
  if (!existsSync(join(out, 'verified'))) throw new Error(ended.stderr);
  return {
    project: repo,
    codes: read('codes').trim().split('\n').map(Number),
    started: JSON.parse(read('started')),
    resumed: JSON.parse(read('resumed')),
    verified: JSON.parse(read('verified')),
    stderr: read('stderr'),
    halfWritten: readdirSync(join(out, 'accident'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.tmp'),
    ),
  };
}
