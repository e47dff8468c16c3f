import type { Contract } from '../../../contract/schema/contract.ts';
import type { Experiment } from '../../../experiment/experiment.ts';
import { askedBy, deciding } from '../../../experiment/verdict.ts';
import { prComment } from '../../../report/markdown/pr-comment.ts';
import { reasonLine } from '../../../report/reasons.ts';
import { storyContract, storyVerdict } from '../../../report/story/of-verdict.ts';
import { warningText } from '../../../report/warnings.ts';
import type { Tools } from '../../terminal/tools.ts';
import { verdictText } from '../../terminal/verdict-text.ts';

/** What was compared, and what came of it. */
export type Told = {
  /** As a person names them. */
  names: { base: string; candidate: string };
  /** What `--json` says besides the verdict. */
  facts: Record<string, unknown>;
  contract: Contract;
  experiment: Experiment;
  /** What weakens the verdict besides the warnings of its sessions. */
  notes: string[];
};

/** Prints a comparison: one object, a comment for a pull request, or the panel with the samples. */
export function tell({ names, facts, contract, experiment, notes }: Told, markdown: boolean, tools: Tools): void {
  const { verdict, reasons, primary, watchdogs, sessions, environment } = experiment;
  const asked = askedBy(contract);
  const session = deciding(sessions);
  const warnings = [...notes, ...(session?.warnings ?? []).map(warningText)];
  if (tools.json) {
    const samples = session && { base: session.base, candidate: session.candidate };
    const lines = reasons.map((reason) => reasonLine(reason, asked));
    tools.out(
      JSON.stringify({ ...facts, verdict, reasons: lines, primary, watchdogs, samples, warnings, environment }),
    );
    return;
  }
  const judged = storyVerdict(experiment, asked);
  const terms = storyContract(contract, contract.significance.test);
  if (markdown) tools.out(prComment({ base: names.base, head: names.candidate, contract: terms, judged, warnings }));
  else tools.out(verdictText({ title: `${names.base} → ${names.candidate}`, judged, terms, notes: warnings }, tools));
}
