import type { JudgedSession } from './judged.ts';

/** Whether a session meets the threshold. */
export const hasPassed = ({ stopped, judgement }: Pick<JudgedSession, 'stopped' | 'judgement'>): boolean =>
  stopped === 'passed' || (stopped === 'exact' && judgement?.passes === true);
