import type { Redact } from '../artifact/redact.ts';
import { quoted } from '../core/text.ts';
import type { Sample } from '../measure/sessions/sample.ts';
import type { ArmReason } from './session-judge.ts';

/** What the guard `same_output` finds: compared over warm-ups too, because a wrong answer needs no timing. */
export function outputProblem(samples: readonly Sample[], redact: Redact): ArmReason | undefined {
  const base = samples.filter((s) => s.arm === 'base' && s.output);
  const expected = base[0]?.output;
  if (!expected) return undefined;
  const quote = (preview: string) => quoted(redact(preview));
  const odd = base.find((s) => s.output!.digest !== expected.digest)?.output;
  if (odd) {
    const text = `the base gives different output from run to run: ${quote(expected.preview)} and ${quote(odd.preview)}`;
    return { arm: 'base', code: 'output_varies', text };
  }
  const wrong = samples.find((s) => s.arm === 'candidate' && s.output?.digest !== expected.digest);
  if (!wrong) return undefined;
  const text = `the output differs from that of the base: ${quote(expected.preview)} became ${quote(wrong.output?.preview ?? '')}`;
  return { arm: 'candidate', code: 'output_differs', text };
}
