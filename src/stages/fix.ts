import { readFileSync } from 'node:fs';
import { contractMarkdown } from '../contract/markdown.ts';
import { realInside } from '../core/locate.ts';
import { count, listed, oneLine } from '../core/text.ts';
import { refuseSubmodules } from '../git/accept.ts';
import { changes, diffStat } from '../git/changes.ts';
import { runRef } from '../git/refs.ts';
import { snapshot } from '../git/snapshot.ts';
import { techniqueLine, techniquesFor } from '../profile/rank/techniques.ts';
import type { FixData, Hotspot } from '../record/data.ts';
import { earlierTrials } from '../record/earlier-trials.ts';
import { isAbout } from '../record/find-hotspot.ts';
import { attemptNumber, attemptsOf, baseOf, contractOf, queueOf, scopingOf, tipOf } from '../record/history.ts';
import { settingsLeft } from '../record/seal.ts';
import { type ActorStage, lastStep, type Outcome, type Run } from '../record/state.ts';
import { sealedLines } from '../report/markdown/sealed.ts';
import { block, bullets, code, paragraphs } from '../report/markdown/syntax.ts';
import { proposalLines } from '../report/proposal.ts';
import { earlierLine, triedLines } from '../report/trials.ts';
import { lifeOfActor } from './late-edits.ts';
import { editedByOthers } from './others-edits.ts';
import { bringBackIgnored, newRepositories, noteUnseen } from './unseen.ts';
import { commitsDuringFix, takeBackEdits } from './work-tree.ts';

/** How many lines of source the brief shows before and after a hotspot's line. */
const BEFORE = 3;
const AFTER = 20;
/** The first line of a fix's draft. If a draft has only this line, the actor wrote no note. */
const PROMPT = 'The change, and why it should be faster:';
/** The first line of a fix's draft in older versions. */
const OLD_PROMPT = /^What was changed, and why it should be faster:/m;

export const fix: ActorStage = {
  async prepare(run) {
    const { state, repo } = run;
    const contract = contractOf(state);
    const hotspot = queueOf(state)[0]!;
    await noteUnseen(run);
    const guards = [
      ...contract.guards.protected.map((p) => `do not touch ${code(p)}`),
      ...sealedLines(scopingOf(state).sealed).map((line) => `do not touch ${line}`),
      ...(contract.guards.correctness ? [`${code(contract.guards.correctness)} must pass`] : []),
      ...(contract.guards.same_output ? ['the output must stay the same'] : []),
    ];
    return {
      values: {
        hotspot: label(hotspot),
        excerpt: excerpt(repo.project, hotspot),
        contract: contractMarkdown(contract),
        guards: bullets(guards, 'No guards are set.'),
        tried: bullets([...triedLines(state), ...(await earlierHere(run, hotspot))], 'nothing yet'),
        techniques: bullets(techniquesFor(hotspot).map(techniqueLine), 'none'),
      },
      draft: { result: 'done', hotspot: hotspot.id },
      body: `${PROMPT}\n`,
    };
  },

  async receive(run, { result, body }) {
    const note = body.replace(PROMPT, '').replace(OLD_PROMPT, '').trim();
    const back = await bringBackIgnored(run);
    const outcome =
      result === 'done' ? await handIn(run, note) : await notDone(run, note || 'the actor skipped it', note);
    const left = outcome.result === 'skipped' ? await settingsLeft(run) : [];
    const { diff } = outcome.values as { diff: string };
    return { ...outcome, values: { ...outcome.values, diff: paragraphs([diff, bullets([...back, ...left], '')]) } };
  },
};

/** Reverts the actor's edits, and skips the hotspot. */
async function notDone(run: Run, reason: string, note: string): Promise<Outcome<FixData>> {
  const told = await takeBackEdits(run, `skipped-${run.state.epoch}`, lifeOfActor(run));
  return skipped(run, reason, note, told);
}

/** Receives a fix: keeps the edits as a snapshot under a ref, and checks whether they can become an attempt. If not, the fix is skipped. */
async function handIn(run: Run, note: string): Promise<Outcome<FixData>> {
  const { state, repo } = run;
  const attempt = attemptNumber(state);
  const base = baseOf(state);
  const tip = tipOf(state);
  const commits = await commitsDuringFix(run, tip);
  const ref = runRef(state.run, `attempts/${attempt}`);
  const taken = await snapshot(repo, {
    ref,
    message: `perf-gate: attempt ${attempt} of ${state.run}`,
    parent: base.commit,
  });
  const changed = await changes(repo, base.tree, taken.tree);
  refuseSubmodules(changed);
  const repositories = await newRepositories(run);
  if (repositories.length > 0) {
    const reason = `the fix contains a nested git repository (${repositories.join(', ')}), which a commit cannot contain; it stays where it is`;
    return notDone(run, reason, note);
  }
  const others = await editedByOthers(run);
  if (changed.length === 0) return skipped(run, nothingChanged([...others]), note, []);
  const mixed = changed.map((change) => change.path).filter((path) => others.has(path));
  if (mixed.length > 0) {
    const reason = `another person or process changed ${mixed.join(', ')} while perf-gate was working, so a commit of the fix would also contain that change`;
    return notDone(run, reason, note);
  }
  const twin = attemptsOf(state).find((a) => a.snapshot.tree === taken.tree && a.base.tree === base.tree);
  if (twin) {
    return notDone(run, `the same change was judged as attempt ${twin.attempt}: ${twin.verdict}`, note);
  }
  const stat = await diffStat(repo, base.tree, taken.tree);
  const data: FixData = {
    hotspot: queueOf(state)[0]!,
    skipped: null,
    note,
    tip,
    commits,
    base,
    snapshot: taken,
    ref,
    changes: changed.map((c) => ({ path: c.path, status: c.status })),
    diffstat: stat,
  };
  const headline = `Attempt ${attempt} changes ${count(changed.length, 'file')}; it is kept as ${code(ref)}.`;
  const values = { hotspot: label(data.hotspot), headline, note, diff: block(stat) };
  return { result: 'done', data, values };
}

/**
 * The text that says why a fix contains no change. An edit that was made before the fix is part of the base, so it is not a change of the
 * fix.
 */
const nothingChanged = (inBase: string[]) =>
  inBase.length === 0
    ? 'the fix changed no file'
    : `the fix changed no file: the base already has the uncommitted edits of ${listed(inBase)}. To have these edits judged, stash them with git, and apply them in the stage fix of a new run`;

function skipped(run: Run, reason: string, note: string, told: string[]): Outcome<FixData> {
  const base = baseOf(run.state);
  const hotspot = queueOf(run.state)[0]!;
  const data: FixData = {
    hotspot,
    skipped: reason,
    note,
    tip: tipOf(run.state),
    commits: null,
    base,
    snapshot: base,
    ref: '',
    changes: [],
    diffstat: '',
  };
  return {
    result: 'skipped',
    data,
    values: { hotspot: label(hotspot), headline: `Skipped: ${reason}.`, note, diff: told.join('\n') },
  };
}

/** Lines about the attempts of earlier runs at this hotspot. */
async function earlierHere(run: Run, hotspot: Hotspot): Promise<string[]> {
  const trials = await earlierTrials(run);
  const places = lastStep(run.state, 'profile')?.data.hotspots ?? [];
  return trials.filter((trial) => isAbout(hotspot, trial.hotspot, places)).map(earlierLine);
}

/** A hotspot's id on one line for a heading, because the id can contain line breaks. */
const label = (hotspot: Hotspot) => oneLine(hotspot.id);

/** The proposal for the hotspot and, if the hotspot lies in a file of the project, the source around it. */
function excerpt(project: string, hotspot: Hotspot): string {
  const { file, line } = hotspot;
  const facts = bullets(proposalLines(hotspot), '');
  // a file outside of the project is not shown, because an actor can name any file
  const real = file && realInside(project, file);
  if (!real || !line) return facts;
  try {
    const lines = readFileSync(real, 'utf8').split('\n');
    const from = Math.max(0, line - 1 - BEFORE);
    const shown = lines.slice(from, line + AFTER).map((text, i) => `${String(from + i + 1).padStart(5)}  ${text}`);
    return paragraphs([facts, code(`${file}:${line}`), block(shown.join('\n'))]);
  } catch {
    return facts;
  }
}
