import { captureByCommand } from './command.ts';
import { captureNode } from './node.ts';
import { captureCprofile, capturePythonCalls, capturePythonMemory } from './python.ts';
import type { Capture, CaptureRequest } from './types.ts';

type Profiler = (request: CaptureRequest) => Promise<Capture>;

/** The profilers that need no command from the contract. */
const profilers = new Map<string, Profiler>([
  ['node-cpu-prof', captureNode('cpu')],
  ['node-heap-prof', captureNode('heap')],
  ['cprofile', captureCprofile],
  ['python-calls', capturePythonCalls],
  ['tracemalloc', capturePythonMemory],
]);

/** Runs the repro once under a profiler and keeps what it wrote. */
export async function captureProfile(request: CaptureRequest): Promise<Capture> {
  const { tool } = request;
  const failed = (reason: string): Capture => ({ state: 'failed', tool, reason, output: '' });
  if (tool === 'none' && !request.command) return failed('no profiler: the contract says none');
  const profiler = request.command ? captureByCommand : profilers.get(tool);
  if (!profiler)
    return failed(`${tool} needs a command in the contract (known without one: ${[...profilers.keys()].join(', ')})`);
  try {
    return await profiler(request);
  } catch (error) {
    return failed((error as Error).message);
  }
}
