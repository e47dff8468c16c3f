import type { Contract } from '../../../contract/schema/contract.ts';
import type { Contested } from '../../../experiment/contest.ts';
import { deciding } from '../../../experiment/verdict.ts';
import { prComment } from '../../../report/markdown/pr-comment.ts';
import type { Tools } from '../../terminal/tools.ts';
import { attemptOf, storyOf, verdictText } from '../../terminal/verdict-text.ts';

/** What was compared, and what came of it. */
export type Told = {
  /** As a person names them. */
  names: { base: string; candidate: string };
  /** What `--json` says besides the verdict. */
  facts: Record<string, unknown>;
  contract: Contract;
  contested: Contested;
  /** What weakens it besides what the sessions say of themselves. */
  notes: string[];
};

/** Prints a comparison: one object, a comment for a pull request, or the panel with the samples. */
export function tell({ names, facts, contract, contested, notes }: Told, markdown: boolean, tools: Tools): void {
  const { verdict, reasons, primary, watchdogs, measured, environment } = contested;
  const session = deciding(measured);
  const warnings = [...notes, ...(session?.warnings ?? [])];
  const judged = { verdict, reasons, primary, watchdogs };
  const title = `${names.base} → ${names.candidate}`;
  if (tools.json) {
    const samples = session && { base: session.base, candidate: session.candidate };
    tools.out(JSON.stringify({ ...facts, ...judged, samples, warnings, environment }));
  } else if (markdown) {
    const attempt = attemptOf({ title, ...judged, measured });
    const story = storyOf(contract);
    tools.out(prComment({ base: names.base, head: names.candidate, contract: story, attempt, warnings }));
  } else tools.out(verdictText({ title, ...judged, contract, measured, notes: warnings }, tools));
}
