import { resolve } from 'node:path';
import { failure } from '../../core/errors.ts';
import type { World } from '../../core/world.ts';
import { findTranscripts, subagentsOf } from '../transcripts/find.ts';
import { readTranscript } from '../transcripts/read.ts';
import { readDebugLog } from './debug-log.ts';
import { readExport } from './exported.ts';
import { type Profile, profileOf } from './profile.ts';

/** The session to profile. `transcript`: a transcript's file, or a session's id. Undefined for the newest session of the project. */
export type Wanted = { transcript: string | undefined; otlp: string | undefined; debugLog: string | undefined };

/**
 * Profiles a session that has ended or is still running.
 * @throws file_unreadable, no_session
 */
export function profileFile({ transcript, otlp, debugLog }: Wanted, { cwd, env }: World): Profile {
  const file = transcript?.endsWith('.jsonl') ? resolve(cwd, transcript) : sessionFile(transcript, { cwd, env });
  const records = {
    transcript: reading(file, (path) => readTranscript(path, subagentsOf(path))),
    exported: otlp === undefined ? [] : reading(resolve(cwd, otlp), readExport),
    debugLog: debugLog === undefined ? null : reading(resolve(cwd, debugLog), readDebugLog),
    process: null,
  };
  const profile = profileOf(records);
  if (profile === null) throw failure('no_session', { wanted: file, folder: null });
  return profile;
}

/** The transcript of the session with the given id, in any project. Without an id, the transcript of the project's newest session. */
function sessionFile(id: string | undefined, place: Pick<World, 'cwd' | 'env'>): string {
  const found =
    id === undefined
      ? findTranscripts(place, 'project')[0]
      : findTranscripts(place, 'all').find(({ file }) => file.endsWith(`/${id}.jsonl`));
  if (!found) throw failure('no_session', { wanted: id ?? null, folder: place.cwd });
  return found.file;
}

/** @throws file_unreadable */
function reading<T>(file: string, read: (file: string) => T): T {
  try {
    return read(file);
  } catch (error) {
    throw failure('file_unreadable', { file, reason: (error as Error).message });
  }
}
