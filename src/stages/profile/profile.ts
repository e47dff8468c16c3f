import { join, relative } from 'node:path';
import { remove } from '../../core/fs.ts';
import { cut, oneLine } from '../../core/text.ts';
import { frozenCopy, makeArm, mustBeReady } from '../../experiment/arms.ts';
import { withMeasurementLock } from '../../experiment/measurement-lock.ts';
import type { RepoSetup } from '../../experiment/setup.ts';
import { loadCommand } from '../../measure/service/load.ts';
import type { Arm } from '../../measure/sessions/arm.ts';
import { type Choice, captureWithFirst } from '../../profile/capture/capture.ts';
import type { Capture } from '../../profile/capture/run.ts';
import { hotspots as rank } from '../../profile/rank/hotspots.ts';
import { ofProject } from '../../profile/rank/project-profile.ts';
import type { Mechanism, ProfileData } from '../../record/data.ts';
import { asRecorded } from '../../record/find-hotspot.ts';
import { baseOf, scopingOf } from '../../record/history.ts';
import { type EngineStage, lastStep, type Run, type RunState, stepsOf } from '../../record/state.ts';
import { hotspotsTable } from '../../report/markdown/hotspots.ts';
import { block, bullets, code, text } from '../../report/markdown/syntax.ts';
import { mechanismText } from '../../report/proposal.ts';
import { namedProfiler, profilersFor } from '../../scoping/choose-profiler.ts';
import { recon } from '../../scoping/recon/recon.ts';
import { setupOf } from '../setup-of.ts';
import { treeNow } from '../work-tree.ts';
import { aroundService } from './around-service.ts';
import { writeFlames } from './flame-files.ts';
import { hotspotSources } from './hotspot-sources.ts';
import { mechanismOf } from './mechanism.ts';

/** Runs the repro once under the profiler, outside every timed execution, and ranks the project's functions. */
export const profile: EngineStage = {
  async perform(run) {
    const setup = await setupOf(run);
    const { contract } = setup;
    const outDir = join(run.paths.profiles, String(run.state.epoch).padStart(2, '0'));
    const captured = await capture(run, setup, outDir);
    const root = contract.isolation === 'in_place' ? run.repo.project : join(setup.folder, 'a', run.repo.prefix);
    const read = captured.state === 'profiled' && captured.profile ? await ofProject(captured.profile, root) : null;
    const ranked = read && rank(read, root, { threshold_pct: contract.threshold.pct_min });
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
      samples: read?.sampled ? read.samples : null,
      ...(read && captured.state === 'profiled' && captured.files.length === 1 ? { idle: read.idle } : {}),
      hotspots: (ranked?.hotspots ?? []).map((h) =>
        isProtected(h, run.state) ? { ...asRecorded(h), protected: true } : asRecorded(h),
      ),
      mechanism: null,
    };
    if (data.state === 'failed') run.world.notify({ kind: 'note', text: failureText(data) });
    data.mechanism = mechanismSince(run.state, data);
    const views = read
      ? await writeFlames(read, {
          path: outDir,
          title: run.state.task,
          redact: run.redact,
          earlier: earlierOf(run, root, rankedValue(contract)),
        })
      : [];
    const links = [
      ...data.files.map((f) => `[${f}](${f})`),
      ...views.map(({ what, file }) => `[${relative(run.paths.dir, file)}](${relative(run.paths.dir, file)}): ${what}`),
    ];
    return {
      result: captured.state,
      data,
      values: {
        headline: headline(data, ranked?.warnings ?? []),
        table: hotspotsTable(data.hotspots),
        sources: hotspotSources(
          (ranked?.hotspots ?? []).filter((h) => !isProtected(h, run.state)),
          root,
        ),
        files: bullets(links, 'The profiler left no file.'),
      },
    };
  },
};

const isProtected = ({ file }: { file: string | null }, state: RunState) =>
  file !== null && Object.hasOwn(scopingOf(state).protected, file);

/**
 * Profiles a fresh arm. If the repro needs a service, the service runs during the capture. A load generator runs
 * outside of the profiler.
 */
async function capture(run: Run, setup: RepoSetup, outDir: string): Promise<Capture> {
  const { tree } = baseOf(run.state);
  const frozen = await frozenCopy(setup, () => treeNow(run));
  const arm = mustBeReady(await makeArm(setup, 'a', { frozen, tree }));
  remove(outDir); // removes the files that a killed profiler left
  const { load, script, timeout_s } = setup.contract.repro;
  const choices = await choicesOf(run.state, setup, arm);
  return withMeasurementLock(run.world, `profile in ${setup.project}`, () =>
    captureWithFirst(choices, {
      script: load ? loadCommand(load) : script,
      cwd: arm.dir,
      env: arm.env,
      timeout_s: timeout_s * 4,
      outDir,
      scratch: join(setup.folder, 'as', 'profiler'),
      signal: run.world.signal,
      ...aroundService(setup, arm),
    }),
  );
}

/** The profilers to try: the profiler of the contract or, for `auto`, the profilers that suit the repository. */
async function choicesOf(state: RunState, { contract }: RepoSetup, { dir: cwd, env }: Arm): Promise<Choice[]> {
  const { profiler, domain, repro } = contract;
  if (profiler !== 'auto') {
    return [await namedProfiler(typeof profiler === 'string' ? { tool: profiler } : profiler, env)];
  }
  const { language } = scopingOf(state).repo_context;
  const service = repro.service && repro.load ? repro.service : null;
  const wanted = { domain, language: typeof language === 'string' ? language : null, tools: recon(cwd).tools };
  return profilersFor({ ...wanted, script: service?.start ?? repro.script, service: service !== null }, { cwd, env });
}

/** Compares the profiles before and after the last accepted change, to see whether the change made its hotspot cheaper. */
function mechanismSince(state: RunState, now: ProfileData): Mechanism | null {
  const before = lastStep(state, 'profile');
  const verdict = lastStep(state, 'verdict');
  if (!before || verdict?.result !== 'accepted' || verdict.epoch < before.epoch) return null;
  const { hotspot, primary } = verdict.data;
  const pct = primary?.lower_bound_pct ?? primary?.improvement_pct;
  return mechanismOf(hotspot, before.data, now, primary && pct != null ? { pct, unit: primary.unit } : null);
}

/** The quantity of the profile by which hotspots are ranked, if the contract names one. */
const rankedValue = ({ profiler }: RepoSetup['contract']) =>
  typeof profiler === 'object' ? profiler.value : undefined;

function earlierOf(run: Run, root: string, value: string | undefined) {
  const before = stepsOf(run.state, 'profile').findLast((s) => s.data.files.length > 0);
  return before ? { files: before.data.files.map((f) => join(run.paths.dir, f)), root, value } : null;
}

/** The failure of a profiler in one line for the terminal. The artifact holds the full text. */
const failureText = ({ tool, note }: ProfileData) =>
  `The profile failed (${tool}): ${cut(oneLine(note), 300)} No hotspot can be named; fixes are tried on the whole program.`;

function headline(data: ProfileData, warnings: string[]): string {
  const what =
    data.state === 'profiled'
      ? `Profiled with ${code(data.tool)}.`
      : `**The profile failed** (${code(data.tool)}): fixes can still be tried and judged, on the whole program.`;
  const mechanism = data.mechanism ? text(mechanismText(data.mechanism)) : '';
  // the error's first line is the reason, and the other lines are the program's last output
  const [note, ...printed] = data.note.split('\n');
  const output = printed.length > 0 ? block(printed.join('\n')) : '';
  return [what, mechanism, note, output, ...warnings.map((w) => `- ${w}`)].filter(Boolean).join('\n\n');
}
