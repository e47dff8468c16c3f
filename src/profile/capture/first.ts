import { captureProfile } from './capture.ts';
import type { Capture, CaptureRequest } from './types.ts';

/** A profiler to try, and what to say where it is not there; null where it is. */
export type Choice = {
  tool: string;
  command?: string | undefined;
  output_path?: string | undefined;
  missing: string | null;
};

/** Takes a profile with the first of several profilers that is there and works; the note tells why not with those before it. */
export async function captureWithFirst(
  choices: readonly Choice[],
  request: Omit<CaptureRequest, 'tool' | 'command' | 'output_path'>,
): Promise<Capture> {
  const passed: string[] = [];
  let last: Capture | undefined;
  for (const { missing, ...choice } of choices) {
    if (missing !== null) {
      passed.push(missing);
      continue;
    }
    const captured = await captureProfile({ ...request, ...choice });
    if (captured.state === 'profiled' && captured.parsed)
      return { ...captured, note: [captured.note, ...passed].filter(Boolean).join('\n') };
    if (captured.state === 'failed' && captured.commandFailed) return captured;
    last = captured;
    passed.push(
      captured.state === 'failed' ? `${choice.tool}: ${captured.reason}` : `${choice.tool}: ${captured.note}`,
    );
  }
  if (last?.state === 'profiled' || (last && passed.length === 1)) return last;
  const reason = passed.join('\n') || 'no profiler is known for this repro; name one with its command in the contract';
  return {
    state: 'failed',
    tool: last?.tool ?? (choices.length === 1 ? choices[0]!.tool : 'auto'),
    reason,
    output: last?.output ?? '',
  };
}
