import type { SessionData } from '../../experiment/judged.ts';
import { baselineOf, contractOf } from '../../record/history.ts';
import type { RunState } from '../../record/state.ts';
import { roomText } from '../room.ts';
import { thresholdLine } from '../sample-rows.ts';
import { armsOf, storyContract } from '../story/of-verdict.ts';
import { warningText } from '../warnings.ts';
import { methodText, onHost } from '../words.ts';
import { samplesMarkdown } from './samples.ts';
import { bullets } from './syntax.ts';

const why: Record<SessionData['stopped'], string> = {
  passed: 'it passed',
  futile: 'going on was pointless',
  unlikely: 'passing had become unlikely',
  cap: 'the cap was reached',
  exact: 'both arms are constant',
  broken: 'an execution failed',
};

/** The section of an artifact about a session: how it was measured, its samples, its warnings. */
export function sessionText(title: string, session: SessionData, state: RunState): string {
  const contract = storyContract(contractOf(state), baselineOf(state).test);
  const arms = armsOf(session);
  const samples = samplesMarkdown(arms, { unit: contract.primary.unit, threshold: thresholdLine(arms, contract) });
  return [
    `## ${title}`,
    `${session.pairs} pairs (${session.executions} executions with warm-ups), ${session.order}, seed \`${session.seed}\`, measured by ${methodText(session)}${onHost(session)}; stopped because ${why[session.stopped]}. Samples: [${session.session}.jsonl](samples/${session.session}.jsonl).`,
    samples ?? 'No samples.',
    ...(session.room ? [bullets([roomText(session.room)], '')] : []),
    ...(session.warnings.length > 0 ? [bullets(session.warnings.map(warningText), '')] : []),
  ].join('\n\n');
}
