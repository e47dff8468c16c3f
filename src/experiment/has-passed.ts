import type { JudgedSession } from './judged.ts';

/** Whether a session shows that the candidate meets the threshold, either by its samples or by an exact comparison. */
export const hasPassed = ({ stopped, judgement }: Pick<JudgedSession, 'stopped' | 'judgement'>): boolean =>
  stopped === 'passed' || (stopped === 'exact' && judgement?.passes === true);
