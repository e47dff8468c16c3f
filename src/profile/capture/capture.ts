import { findProfiler, profilers } from '../profilers/profilers.ts';
import { captureByCommand } from './command.ts';
import type { Capture, CaptureRequest } from './run.ts';

/** Runs the measured command once under a profiler, and keeps the profiler's files. */
export async function captureProfile(request: CaptureRequest): Promise<Capture> {
  const { tool } = request;
  const failed = (reason: string): Capture => ({ state: 'failed', tool, reason, output: '' });
  if (tool === 'none' && !request.command) return failed('the contract turns the profile off (`profiler.tool: none`)');
  const known = findProfiler(tool);
  const capture = request.command ? captureByCommand : known?.by === 'engine' ? known.capture : null;
  if (!capture)
    return failed(`${tool} needs a command in the contract (profilers that need no command: ${withoutCommand()})`);
  try {
    return await capture(request);
  } catch (error) {
    return failed((error as Error).message);
  }
}

const withoutCommand = () =>
  profilers
    .filter(({ by }) => by === 'engine')
    .map(({ tool }) => tool)
    .join(', ');

/** A profiler to try. `missing`: the reason why the profiler cannot run, with advice. Null if the profiler can run. */
export type Choice = {
  tool: string;
  command?: string | undefined;
  output_path?: string | undefined;
  value?: string | undefined;
  missing: string | null;
};

/** Takes a profile with the first profiler that works. The profile's note says why earlier profilers were not used. */
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
