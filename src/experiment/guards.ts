import type { Redact } from '../artifact/redact.ts';
import { cut, visible } from '../core/text.ts';
import { type Arm, processesOf } from '../measure/sessions/arm.ts';
import type { Sample } from '../measure/sessions/sample.ts';
import type { Broken } from './judged.ts';

/**
 * Applies the guard `same_output`. The outputs of warm-ups are compared too, because no execution may print a wrong result. Returns
 * undefined if the outputs agree or need no comparison.
 */
export function outputProblem(samples: readonly Sample[], redact: Redact): Broken | undefined {
  const base = samples.filter((s) => s.arm === 'base' && s.output);
  const expected = base[0]?.output;
  if (!expected) return undefined;
  const odd = base.find((s) => s.output!.digest !== expected.digest)?.output;
  if (odd) {
    const shown = difference(expected, odd, redact);
    const text = `the base’s output differs between executions: “${shown.expected}” and “${shown.found}”`;
    return { arm: 'base', code: 'output_varies', text };
  }
  const wrong = samples.find((s) => s.arm === 'candidate' && s.output?.digest !== expected.digest);
  if (!wrong) return undefined;
  return { arm: 'candidate', code: 'output_differs', ...difference(expected, wrong.output, redact) };
}

/** The recorded difference of two outputs. The first output of a session, from either arm, is the reference for all others. */
function recorded(expected: Digest, found: Digest | null): Shown | undefined {
  if (found?.difference?.from === expected.digest) return found.difference;
  if (expected.difference === undefined || expected.difference.from !== found?.digest) return undefined;
  const { at, expected: first, found: other } = expected.difference;
  return { at, expected: other, found: first };
}

type Shown = { at?: number; expected: string; found: string };
type Digest = NonNullable<Sample['output']>;

/**
 * Excerpts of two outputs. They begin shortly before the first differing byte, or at the beginning of the outputs if that byte was not
 * recorded.
 */
export function difference(expected: Digest, found: Digest | null, redact: Redact): Shown {
  const shown = (text: string) => cut(visible(redact(text)), 100);
  const previews: Shown = { expected: expected.preview, found: found?.preview ?? '' };
  const { at, ...excerpts } = recorded(expected, found) ?? previews;
  return { ...(at === undefined ? {} : { at }), expected: shown(excerpts.expected), found: shown(excerpts.found) };
}

/**
 * Finds programs that the candidate's setup or build left running. Such a program could do the candidate's work. A program that the base
 * leaves running too, such as a compiler's daemon, is allowed.
 */
export function leftBehind({ base, candidate }: { base: Arm | null; candidate: Arm }): Broken | null {
  if (!base?.own || !candidate.own) return null;
  const [known, found] = [base, candidate].map((arm) => processesOf(arm).map((p) => p.name));
  const programs = found!.filter((name) => !known!.includes(name));
  return programs.length === 0 ? null : { arm: 'candidate', code: 'left_behind', programs };
}
