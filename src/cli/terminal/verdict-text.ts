import type { Contract } from '../../contract/schema/contract.ts';
import type { AttemptRecord, RemeasureData } from '../../record/data.ts';
import { armRows, thresholdLine } from '../../report/sample-rows.ts';
import { storyAttempt } from '../../report/story-attempt.ts';
import { storyContract } from '../../report/story-contract.ts';
import { textStrip } from '../../report/terminal/figures.ts';
import { verdictPanel } from '../../report/terminal/verdict-panel.ts';
import { lookOf, type Tools } from './tools.ts';

/** A verdict outside of a run. */
export type Told = Pick<AttemptRecord, 'verdict' | 'reasons' | 'primary' | 'watchdogs'> & {
  /** What was compared. */
  title: string;
  contract: Contract;
  measured: RemeasureData;
  notes: string[];
};

/** The verdict for a terminal: the panel, the samples of the session that decided, and what to mistrust. */
export function verdictText(told: Told, tools: Pick<Tools, 'width' | 'colour' | 'env'>): string {
  const look = lookOf(tools);
  const contract = storyOf(told.contract);
  const attempt = attemptOf(told);
  const arms = attempt.confirmation ?? attempt.screen;
  const frame = arms && { unit: contract.primary.unit, threshold: thresholdLine(arms, contract), width: look.width };
  const strip = arms && frame && look.unicode ? textStrip(armRows(arms), frame) : '';
  const notes = told.notes.map((n) => `! ${n}`).join('\n');
  return [verdictPanel(attempt, contract, look), strip, notes].filter(Boolean).join('\n\n');
}

/** The contract in words; of an open choice of the test, the one that judges where there was no A/A session. */
export function storyOf(contract: Contract): ReturnType<typeof storyContract> {
  const { test } = contract.significance;
  return storyContract(contract, test === 'auto' ? 'mann_whitney' : test);
}

/** The verdict in the form of an attempt of a run, which it is not: number 0. */
export function attemptOf({ title, verdict, reasons, primary, watchdogs, measured }: Omit<Told, 'contract' | 'notes'>) {
  const nothing = { commit: '', tree: '' };
  const record: AttemptRecord = {
    attempt: 0,
    hotspot: title,
    predicted_pct: null,
    verdict,
    reasons,
    primary,
    watchdogs,
    ref: '',
    base: nothing,
    snapshot: nothing,
    changes: [],
    diffstat: '',
  };
  return storyAttempt(record, measured);
}
