import { failure } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import { oneLine } from '../../core/text.ts';
import { readUserFile } from '../../core/user-file.ts';
import { PROOF_VERSION, type Proof, proofForm } from './form.ts';

/**
 * The maximum size of a proof's file in bytes. A proof needs only a few kilobytes per session, so a larger file is no proof. Such a file
 * might not fit into one string.
 */
const MOST_BYTES = 256 * 1024 ** 2;

/** Reads the bytes of a file that the user names as a proof. @throws proof_unreadable */
export function bytesOf(path: string, file: string): Buffer {
  try {
    return readUserFile(path, MOST_BYTES);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw failure('proof_unreadable', { file, reason: code === 'ENOENT' ? 'there is no such file' : message });
  }
}

/** The canonical text of a proof: the data determines every byte. The last line contains the hash of all bytes before it. */
export function textOf(proof: Omit<Proof, 'seal'>): string {
  const before = `${JSON.stringify(proof, null, 1).slice(0, -2)},\n`;
  return `${before} "seal": "${sha256(before)}"\n}\n`;
}

/**
 * Reads the proof in a file. Null if any byte was changed after perf-gate wrote the file.
 * @throws proof_unreadable: the file is no proof, or a proof of another version
 */
export function proofIn(bytes: Buffer, file: string): Proof | null {
  const unreadable = (reason: string) => failure('proof_unreadable', { file, reason });
  const begins = /^\s*\{\s*"perf_gate_proof":\s*(\d+)/.exec(bytes.toString('utf8', 0, 200));
  if (!begins) throw unreadable('it does not begin with the key `perf_gate_proof`');
  if (Number(begins[1]) !== PROOF_VERSION)
    throw unreadable(`it is a proof of version ${begins[1]}, but this perf-gate reads only version ${PROOF_VERSION}`);
  const data = intact(bytes);
  if (data === null) return null;
  const read = proofForm.safeParse(data);
  if (read.success) return read.data;
  const { path, message } = read.error.issues[0]!;
  throw unreadable(oneLine(`${path.join('.') || 'the whole'}: ${message}`));
}

/** Returns the data if perf-gate would write exactly these bytes for the data, else null. */
function intact(bytes: Buffer): unknown {
  try {
    const { seal: _, ...data } = JSON.parse(bytes.toString('utf8')) as Proof;
    const text = textOf(data);
    return Buffer.from(text).equals(bytes) ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
