import { join, relative } from 'node:path';
import { withCommand } from '../contract/profilers.ts';
import { remove } from '../core/fs.ts';
import type { Capture } from '../profile/capture/types.ts';
import { captureProfile } from '../profile/capture.ts';
import { hotspots as rank } from '../profile/hotspots.ts';
import { frozenCopy, makeArm, mustBeReady } from './shared/arms.ts';
import type { Hotspot, ProfileData } from './shared/data.ts';
import { dirOf, type Ground, groundOf } from './shared/ground.ts';
import { baseOf, scopingOf } from './shared/history.ts';
import { whileQuiet } from './shared/quiet.ts';
import type { EngineStage } from './shared/run.ts';
import { bullets, code, hotspotsTable } from './shared/tables.ts';
import { treeNow } from './shared/work-tree.ts';

/** Runs the repro once under the profiler, outside every timed execution, and ranks the project's functions. */
export const profile: EngineStage = {
  by: 'engine',
  async perform(run) {
    const ground = await groundOf(run);
    const { tree } = baseOf(run.state);
    const frozen = await frozenCopy(ground, () => treeNow(run));
    const arm = mustBeReady(await makeArm(ground, 'a', { frozen, tree }));
    const outDir = join(run.paths.profiles, String(run.state.epoch).padStart(2, '0'));
    remove(outDir); // what a profiler wrote that was killed is no part of this profile
    const { repro } = ground.contract;
    const profiler = profilerOf(ground);
    const capture = () =>
      captureProfile({
        ...profiler,
        script: repro.script,
        language: languageOf(run.state),
        cwd: arm.dir,
        env: arm.env,
        timeout_s: repro.timeout_s * 4,
        outDir,
        scratch: join(ground.place, 'as', 'profiler'),
        signal: run.world.signal,
      });
    const blind = repro.load && !profiler.command ? notTheLoad(profiler.tool) : null;
    const captured = blind ?? (await whileQuiet(ground, 'profile', capture));
    const roots = [
      ground.contract.isolation === 'in_place' ? run.repo.project : join(dirOf(ground, 'a'), run.repo.prefix),
    ];
    const ranked = captured.state === 'profiled' && captured.profile ? rank(captured.profile, roots) : null;
    const data: ProfileData = {
      state: captured.state,
      tool: captured.tool,
      note:
        captured.state === 'profiled'
          ? captured.note
          : run.redact([captured.reason, captured.output].filter(Boolean).join('\n')),
      files: captured.state === 'profiled' ? captured.files.map((f) => relative(run.paths.dir, f)) : [],
      total: ranked?.total ?? null,
      unit: ranked?.unit ?? '',
      hotspots: (ranked?.hotspots ?? []).map(hotspotOf),
    };
    const warnings = ranked?.warnings ?? [];
    return {
      result: captured.state,
      data,
      values: {
        headline: headline(data, warnings),
        table: hotspotsTable(data.hotspots),
        files: bullets(
          data.files.map((f) => `[${f}](${f})`),
          'The profiler left no file.',
        ),
      },
    };
  },
};

/** What is slow is the service, and what we could profile is the load. */
const notTheLoad = (tool: string): Capture => ({
  state: 'failed',
  tool,
  reason: 'with `load` the work is done in the service: give a profiler with a command that profiles it',
  output: '',
});

function profilerOf({ contract }: Ground): {
  tool: string;
  command?: string | undefined;
  output_path?: string | undefined;
} {
  const { profiler } = contract;
  return typeof profiler === 'string' ? { tool: profiler } : withCommand(profiler);
}

function languageOf(state: Parameters<typeof scopingOf>[0]): string | undefined {
  const { language } = scopingOf(state).repo_context;
  return typeof language === 'string' ? language : undefined;
}

const hotspotOf = ({ rank: _, ...hotspot }: ReturnType<typeof rank>['hotspots'][number]): Hotspot => hotspot;

function headline(data: ProfileData, warnings: string[]): string {
  const what =
    data.state === 'profiled'
      ? `Profiled with ${code(data.tool)}.`
      : `**The profile failed** (${code(data.tool)}): fixes can still be tried and judged, on the whole program.`;
  return [what, data.note, ...warnings.map((w) => `- ${w}`)].filter(Boolean).join('\n\n');
}
