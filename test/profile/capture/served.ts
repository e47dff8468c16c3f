import { systemClock } from '../../../src/core/clock.ts';
import { isFailure } from '../../../src/core/errors.ts';
import { findInstrument } from '../../../src/measure/instruments/find.ts';
import { loadCommand } from '../../../src/measure/service/load.ts';
import { startService } from '../../../src/measure/service/service.ts';
import { captureProfile } from '../../../src/profile/capture/capture.ts';
import { withCommand } from '../../../src/profile/profilers/profilers.ts';
import { hotspots } from '../../../src/profile/rank/hotspots.ts';
import { ofProject } from '../../../src/profile/rank/project-profile.ts';
import { folder } from '../../helpers/folder.ts';
import { freePort } from '../../measure/setup.ts';

type Named = Parameters<typeof withCommand>[0];

/** Profiles a service that listens at $PORT under a load, as a run does it; gives the hotspots, or the reason why there are none. */
export async function profileService(tool: string | Named, start: string, cwd: string, requests = 60) {
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}/`;
  const instrument = await findInstrument(process.env);
  const signal = new AbortController().signal;
  const captured = await captureProfile({
    ...withCommand(typeof tool === 'string' ? { tool } : tool),
    script: loadCommand({ url, connections: 3, requests }),
    cwd,
    env: { ...process.env, PORT: port },
    timeout_s: 120,
    outDir: folder(),
    scratch: folder(),
    service: {
      isProfiled: true,
      start,
      async around(line, env, act) {
        const arm = { dir: cwd, env: env as Record<string, string> };
        const tools = { instrument, clock: systemClock, signal };
        const running = await startService({ start: line, ready: url, politeMs: 60_000 }, arm, tools);
        if (isFailure(running)) throw running;
        return act().finally(running.stop);
      },
    },
  });
  if (captured.state === 'failed') return { reason: captured.reason, places: [], files: 0 };
  const found = captured.profile && hotspots(await ofProject(captured.profile, cwd), cwd);
  return { reason: '', places: found?.hotspots ?? [], files: captured.files.length };
}
