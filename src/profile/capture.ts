import { captureByCommand } from './capture/command.ts';
import { captureNode } from './capture/node.ts';
import type { Capture, CaptureRequest } from './capture/types.ts';

type Profiler = (request: CaptureRequest) => Promise<Capture>;

/** The profilers that need no command from the contract. */
const profilers = new Map<string, Profiler>([['node-cpu-prof', captureNode]]);

/** Runs the repro once under a profiler and keeps what it wrote. */
export async function captureProfile(request: CaptureRequest): Promise<Capture> {
  const tool = request.command ? request.tool : chooseProfiler(request);
  const failed = (reason: string): Capture => ({ state: 'failed', tool, reason, output: '' });
  if (tool === 'none') return failed('no profiler: the contract says none');
  if (tool === 'auto') return failed('no profiler is known for this repro; name one with its command in the contract');
  const profiler = request.command ? captureByCommand : profilers.get(tool);
  if (!profiler)
    return failed(`${tool} needs a command in the contract (known without one: ${[...profilers.keys()].join(', ')})`);
  try {
    return await profiler({ ...request, tool });
  } catch (error) {
    return failed((error as Error).message);
  }
}

const runsNode = /(^|[\s;&|/])(node|npm|npx|pnpm|yarn|tsx|ts-node)(\s|$)/;

/** What `auto` means here; `auto` again when nothing suits. Another name stays as it is. */
function chooseProfiler(request: Pick<CaptureRequest, 'tool' | 'script' | 'language'>): string {
  if (request.tool !== 'auto') return request.tool;
  const node = runsNode.test(request.script) || /^(java|type)script$/i.test(request.language ?? '');
  return node ? 'node-cpu-prof' : 'auto';
}
