import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { remove, temporaryDir } from '../../core/fs.ts';
import type { World } from '../../core/world.ts';
import { findTranscripts, subagentsOf } from '../transcripts/find.ts';
import { readTranscript, type Transcript } from '../transcripts/read.ts';
import { readDebugLog } from './debug-log.ts';
import { sessionIn } from './exported.ts';
import { type Profile, profileOf, type Told } from './profile.ts';
import { openReceiver, type Receiver } from './receive.ts';
import type { Evidence } from './span.ts';

/**
 * A command line of Claude Code, ready to be started. Its environment makes Claude Code write a debug log and export events to perf-gate.
 * The user's settings are not changed.
 */
export type Recording = {
  argv: readonly string[];
  env: NodeJS.ProcessEnv;
  /**
   * Returns the session's profile after the session has ended. `from` and `to`: the start and end of the session's process, in ms since
   * 1970. Returns null if Claude Code wrote no record with a time.
   */
  profile(process: { from: number; to: number }): Profile | null;
  /** Removes the debug log, and stops receiving exports. */
  close(): Promise<void>;
};

/** Prepares a command line of Claude Code for recording. */
export async function openRecording(argv: readonly string[], world: Pick<World, 'cwd' | 'env'>): Promise<Recording> {
  const folder = temporaryDir(tmpdir(), 'perf-gate-session-');
  const debug = withDebugLog(argv, join(folder, 'debug.log'));
  const receiver = exportsElsewhere(world.env) ? null : await openReceiver();
  return {
    argv: debug.argv,
    env: receiver ? { ...world.env, ...telemetry(receiver.endpoint, world.env) } : world.env,
    profile(process) {
      const exported = receiver?.events ?? [];
      const profile = profileOf({
        transcript: transcriptOf(sessionIn(exported), process.from, world),
        exported,
        debugLog: debug.file === null ? null : logOf(debug.file),
        process,
      });
      return profile && { ...profile, told: [...profile.told, ...toldOf(receiver, debug.file)] };
    },
    async close() {
      await receiver?.close();
      remove(folder);
    },
  };
}

/**
 * Inserts the debug-log option right behind the word `claude`, or uses the option that is already there. `file` is null if the first word
 * is not `claude`, because it is unknown which words another program passes to Claude Code.
 */
function withDebugLog(argv: readonly string[], file: string): { argv: readonly string[]; file: string | null } {
  const given = argv.flatMap((word, i) =>
    word === '--debug-file' ? (argv[i + 1] ?? []) : word.startsWith('--debug-file=') ? word.slice(13) : [],
  );
  if (given.length > 0) return { argv, file: given.at(-1)! };
  const [first = '', ...others] = argv;
  if (!/^claude(-code)?(\.exe)?$/.test(basename(first))) return { argv, file: null };
  return { argv: [first, '--debug-file', file, ...others], file };
}

/** Whether the user's own collector gets Claude Code's export. In this case, perf-gate does not change the export. */
const exportsElsewhere = (env: NodeJS.ProcessEnv) => isOn(env) && /otlp/.test(env.OTEL_LOGS_EXPORTER ?? '');

const isOn = (env: NodeJS.ProcessEnv) => /^(1|true|yes|on)$/i.test(env.CLAUDE_CODE_ENABLE_TELEMETRY ?? '');

/** The environment that makes Claude Code export only logs. Metrics and traces would add no times. The user's other exports continue. */
export const telemetry = (endpoint: string, env: NodeJS.ProcessEnv) => ({
  CLAUDE_CODE_ENABLE_TELEMETRY: '1',
  OTEL_LOGS_EXPORTER: [isOn(env) ? env.OTEL_LOGS_EXPORTER : '', 'otlp']
    .filter((one) => one && one !== 'none')
    .join(','),
  OTEL_METRICS_EXPORTER: (isOn(env) && env.OTEL_METRICS_EXPORTER) || 'none',
  OTEL_TRACES_EXPORTER: (isOn(env) && env.OTEL_TRACES_EXPORTER) || 'none',
  OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: 'http/json',
  OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${endpoint}/v1/logs`,
  OTEL_EXPORTER_OTLP_LOGS_COMPRESSION: 'none',
  OTEL_LOGS_EXPORT_INTERVAL: '1000',
  // Excludes this machine's address from the environment's proxy. Both spellings of the variable are set, because some programs
  // read one, and some read the other.
  NO_PROXY: [env.NO_PROXY || env.no_proxy, '127.0.0.1'].filter(Boolean).join(','),
  no_proxy: [env.no_proxy || env.NO_PROXY, '127.0.0.1'].filter(Boolean).join(','),
});

function toldOf(receiver: Receiver | null, debugLog: string | null): Told[] {
  const ofExport: Told[] = receiver === null ? ['own_export'] : receiver.events.length === 0 ? ['no_export'] : [];
  return debugLog === null ? ['no_debug_log', ...ofExport] : ofExport;
}

function logOf(file: string): Evidence | null {
  try {
    return readDebugLog(file);
  } catch {
    return null;
  }
}

/**
 * The transcript of a session, if it was written since the given time. Without a session id, the project's newest transcript. Null if no
 * transcript was written since.
 */
function transcriptOf(session: string | null, since: number, world: Pick<World, 'cwd' | 'env'>): Transcript | null {
  const found = findTranscripts(world, session === null ? 'project' : 'all').find(
    ({ file, changed }) => changed >= since && (session === null || basename(file) === `${session}.jsonl`),
  );
  try {
    return found ? readTranscript(found.file, subagentsOf(found.file)) : null;
  } catch {
    return null;
  }
}
