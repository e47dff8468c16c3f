import { blockingWithoutUse } from './blocking-without-use.ts';
import { broadMatcher } from './broad-matcher.ts';
import { deadIf } from './dead-if.ts';
import { deadMatcher } from './dead-matcher.ts';
import { deadShape } from './dead-shape.ts';
import { duplicateWork } from './duplicate-work.ts';
import { endless } from './endless.ts';
import { httpInSessionStart } from './http-in-session-start.ts';
import { interpreterForJson } from './interpreter-for-json.ts';
import { largeOutput } from './large-output.ts';
import { loginShell } from './login-shell.ts';
import { needsTerminal } from './needs-terminal.ts';
import { noEarlyExit } from './no-early-exit.ts';
import { noMatcher } from './no-matcher.ts';
import { noTimeout } from './no-timeout.ts';
import { notRunnable } from './not-runnable.ts';
import { packageManagerInHook } from './package-manager-in-hook.ts';
import { processesLeft } from './processes-left.ts';
import { projectWalk } from './project-walk.ts';
import { registeredTwice } from './registered-twice.ts';
import { relativePath } from './relative-path.ts';
import type { Rule } from './rule.ts';
import { sessionEndOverBudget } from './session-end-over-budget.ts';
import { superlinearInPayload } from './superlinear-in-payload.ts';
import { timeoutInMs } from './timeout-in-ms.ts';
import { versionManagerShim } from './version-manager-shim.ts';
import { wrongField } from './wrong-field.ts';

/** All rules, the most severe first. A new rule needs a file and a row in this table. */
export const rules: readonly Rule[] = [
  deadShape,
  deadMatcher,
  deadIf,
  notRunnable,
  relativePath,
  httpInSessionStart,
  noTimeout,
  timeoutInMs,
  packageManagerInHook,
  endless,
  projectWalk,
  superlinearInPayload,
  blockingWithoutUse,
  interpreterForJson,
  noEarlyExit,
  broadMatcher,
  noMatcher,
  wrongField,
  sessionEndOverBudget,
  loginShell,
  needsTerminal,
  duplicateWork,
  registeredTwice,
  versionManagerShim,
  largeOutput,
  processesLeft,
];
