import { dirname } from 'node:path';
import type { Subject } from './asked.ts';
import type { How } from './compare.ts';
import { isFaster, isNoSlower, notRefused } from './faster.ts';

type State = { isNot?: boolean; testPath?: string | undefined };
type Outcome = { pass: boolean; message: () => string };

const matcher = (ask: typeof isFaster) =>
  async function (this: State, subject: unknown, other: Subject, amount: string | number, how: How = {}) {
    if (this.isNot) throw notRefused();
    const moduleFolder = this.testPath === undefined ? '.' : dirname(this.testPath);
    const { pass, message } = await ask(subject, other, { moduleFolder, amount, how });
    return { pass, message: () => message } satisfies Outcome;
  };

/** Matchers for `expect.extend`. A relative module path starts from the folder of the test file. */
export const matchers = { toBeFasterThan: matcher(isFaster), toBeNoSlowerThan: matcher(isNoSlower) };
