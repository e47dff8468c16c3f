import { isFailure } from '../core/errors.ts';

export { compare } from './compare.ts';
export { judge } from './judge.ts';
export { measure } from './measure.ts';
export { mannWhitney, signedRank } from './rank-tests.ts';

/** The error that all functions throw. `message`: what is wrong. `hint`: what to do. `code`: a code that docs/errors.md lists. */
export type PerfGateError = Error & { readonly code: string; readonly hint: string };

/** Whether an error is one of perf-gate's own. */
export const isPerfGateError = (error: unknown): error is PerfGateError => isFailure(error);
