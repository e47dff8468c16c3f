import { closeSync, openSync, readSync } from 'node:fs';

/** The JSON that a client's hook prints. */
export const answers = {
  /** Lets the agent go on with this text: additional context where the client has it for this event, else a reason to block. */
  goOn: (text: string, transcript: string): object =>
    hasContextAtStop(transcript) ? answers.context('Stop', text) : { decision: 'block', reason: text },
  context: (hookEventName: string, additionalContext: string): object => ({
    hookSpecificOutput: { hookEventName, additionalContext },
  }),
  deny: (permissionDecisionReason: string): object => ({
    hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason },
  }),
  /** For the user alone; the model does not see it. */
  tellUser: (systemMessage: string): object => ({ systemMessage }),
};

/** The first version of Claude Code that takes additional context from a Stop hook. */
const SINCE = [2, 1, 163];

/** The client writes its version into its transcript; one that cannot be told is taken for a new one. */
function hasContextAtStop(transcript: string): boolean {
  const found = /"version":"(\d+)\.(\d+)\.(\d+)/.exec(startOf(transcript));
  if (!found) return true;
  const version = found.slice(1).map(Number);
  const at = SINCE.findIndex((part, i) => part !== version[i]);
  return at < 0 || version[at]! > SINCE[at]!;
}

function startOf(file: string): string {
  try {
    const fd = openSync(file, 'r');
    const bytes = Buffer.alloc(16_384);
    const length = readSync(fd, bytes);
    closeSync(fd);
    return bytes.toString('utf8', 0, length);
  } catch {
    return '';
  }
}
