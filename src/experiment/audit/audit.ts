import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../../core/errors.ts';
import { remove, temporaryDir } from '../../core/fs.ts';
import { type Arm, prepare, runIn, temporaryOf } from '../../measure/sessions/arm.ts';
import { argvOf } from '../../measure/sessions/command.ts';
import type { Caveat, NotAudited } from '../caveats/caveat.ts';
import type { RepoSetup } from '../setup.ts';
import { answerInChange } from './answer-in-change.ts';
import { type Audited, auditDifferences, startsMore } from './differences.ts';
import { readTrace } from './trace.ts';

/**
 * The time limit of an audited execution, as a multiple of the time of a measured execution. strace is slow, because it stops the
 * program twice at each system call that names a file.
 */
const TIMES_SLOWER = 4;

/**
 * Executes each arm again under strace, unmeasured and outside of any session. Compares the files that each arm opens and the programs that
 * each arm starts. A program that detects strace can behave differently, so the audit finds only programs that do not hide. `patch`: the
 * text of the change.
 */
export async function audit(
  setup: RepoSetup,
  arms: { base: Arm | null; candidate: Arm },
  patch: () => Promise<string>,
): Promise<Caveat[]> {
  const { service, load } = setup.contract.repro;
  if (service || load) return notAudited('service');
  if (!arms.base) return notAudited('one_arm');
  const base = await audited(setup, arms.base);
  if (typeof base === 'string') return notAudited(base);
  const candidate = await audited(setup, arms.candidate);
  if (typeof candidate === 'string') return notAudited(candidate);
  const { source } = setup.contract.metrics.primary;
  return [
    ...auditDifferences(base, candidate),
    ...(source === 'max_rss' ? startsMore(base, candidate) : []),
    ...answerInChange(candidate.printed, await patch()),
  ];
}

const notAudited = (why: NotAudited): Caveat[] => [{ code: 'not_audited', why }];

const OPTIONS = '-f -y -qq --seccomp-bpf -s 4096 -e trace=%file,connect,?fork,?vfork,?clone,?clone3';

async function audited(setup: RepoSetup, arm: Arm): Promise<Audited | NotAudited> {
  const { world, contract } = setup;
  const tools = { instrument: setup.instrument, clock: world.clock, signal: world.signal };
  const { script, shell, timeout_s, before_each } = contract.repro;
  const around = { command: { timeout_s }, ...(before_each ? { before_each } : {}) };
  if (await prepare(around, arm, tools)) return 'failed';
  const folder = temporaryDir(temporaryOf(arm), 'audit-');
  const log = join(folder, 'trace');
  try {
    const seen = arm.room?.inside(log) ?? log;
    const command = argvOf(script, shell).map(quoted).join(' ');
    // `; exit $?` keeps the shell alive while strace runs. Otherwise, the shell would replace itself by strace (exec), and strace would
    // also wait for the children of the shell.
    const ended = await runIn(arm, `strace ${OPTIONS} -o ${quoted(seen)} -- ${command}; exit $?`, {
      timeoutMs: timeout_s * TIMES_SLOWER * 1000,
      signal: world.signal,
    });
    if (world.signal.aborted) throw failure('interrupted');
    if (ended.timedOut) return 'timed_out';
    const text = readLog(log);
    if (text === '') return ended.exitCode === 127 || ended.notFound ? 'no_strace' : 'not_permitted';
    return { trace: readTrace(text), own: ownFolders(arm), printed: setup.redact(ended.stdout) };
  } finally {
    remove(folder);
  }
}

const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;

/** The paths of an arm's folders as the arm's programs see them. */
const ownFolders = ({ own, dir, room }: Arm): string[] =>
  room?.own ?? (own?.folders ?? [dir]).filter((folder) => existsSync(folder)).map((folder) => realpathSync(folder));

function readLog(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
