import { isFailure } from '../../src/core/errors.ts';
import { seededRandom } from '../../src/stats/rng.ts';
import type { Proof } from '../../src/verify/proof/form.ts';
import { judgeProof } from '../../src/verify/proof/judge.ts';
import { textOf } from '../../src/verify/proof/text.ts';

/** Whether a proof is refused, or something in it does not hold. */
export function isFoundOut(bytes: Buffer): boolean {
  try {
    return !judgeProof(bytes, 'a.proof.json').holds;
  } catch (error) {
    if (!isFailure(error)) throw error;
    return true;
  }
}

/** A file with one byte exchanged, put in or taken out at a random place; always another than before. */
export function withOneByteEdited(bytes: Buffer, random: () => number): Buffer {
  const at = Math.floor(random() * bytes.length);
  const byte = Buffer.from([(bytes[at]! + 1 + Math.floor(random() * 255)) % 256]);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at + 1)];
  const edits = [
    Buffer.concat([before, byte, after]),
    Buffer.concat([before, byte, bytes.subarray(at)]),
    Buffer.concat([before, after]),
  ];
  return edits[Math.floor(random() * edits.length)]!;
}

/** One character more or less: a digit stays a digit, so that a number, a hash and a date stay what they were. */
const exchanged = (text: string, at: number) => {
  const found = text[at] ?? '';
  const other = /\d/.test(found) ? String((Number(found) + 5) % 10) : found === 'x' ? 'y' : 'x';
  return text.slice(0, at) + other + text.slice(at + 1);
};

/** A proof in which one value at random (at `path`) is another, sealed anew, as a forger does who knows how. */
export function forgedAnywhere(proof: Proof, random: () => number): { path: string; bytes: Buffer } {
  const { seal: _, ...forged } = structuredClone(proof);
  const leaves: { path: string; edit(): void }[] = [];
  const walk = (value: object, above: string) => {
    for (const [key, inner] of Object.entries(value)) {
      const path = `${above}.${key}`;
      const set = (to: unknown) => Object.assign(value, { [key]: to });
      if (typeof inner === 'object' && inner) walk(inner, path);
      else if (typeof inner === 'number') leaves.push({ path, edit: () => set(inner + 1) });
      else if (typeof inner === 'boolean') leaves.push({ path, edit: () => set(!inner) });
      else if (inner === null) leaves.push({ path, edit: () => set(1) });
      else leaves.push({ path, edit: () => set(exchanged(inner, Math.floor(random() * inner.length))) });
    }
  };
  // Who made it, nothing else in the file can tell.
  const { made_by: __, ...checked } = forged;
  walk(checked, '');
  const { path, edit } = leaves[Math.floor(random() * leaves.length)]!;
  edit();
  return { path, bytes: Buffer.from(textOf({ ...forged, ...checked })) };
}

export const randomOf = (seed: string) => seededRandom(seed);
