const harmless = /^(ls|cat|git (status|diff|log)|npm test)\b[^;&|<>$`]*$/;
const forbidden = /\brm\s+-rf?\s+[/~]|\bgit\s+push\s+.*--force\b/;

/** Decides about a call: by the rules, else by a person's earlier approval (looked up only then), else `ask`. */
export function decide(call, isApproved) {
  const command = call.tool_input?.command ?? '';
  if (forbidden.test(command)) return { decision: 'deny', reason: 'this destroys what cannot be brought back' };
  if (harmless.test(command)) return { decision: 'allow', reason: 'it only reads' };
  if (isApproved(command)) return { decision: 'allow', reason: 'it was approved before' };
  return { decision: 'ask', reason: 'the rules do not know it' };
}
