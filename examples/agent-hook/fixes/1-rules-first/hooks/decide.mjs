const harmless = /^(ls|cat|git (status|diff|log)|npm test)\b[^;&|<>$`]*$/;
const forbidden = /\brm\s+-rf?\s+[/~]|\bgit\s+push\s+.*--force\b/;

/** What becomes of a call: the rules, else a person's earlier word, which is looked up only then; `ask` where both are silent. */
export function decide(call, isApproved) {
  const command = call.tool_input?.command ?? '';
  if (forbidden.test(command)) return { decision: 'deny', reason: 'this destroys what cannot be brought back' };
  if (harmless.test(command)) return { decision: 'allow', reason: 'it only reads' };
  if (isApproved(command)) return { decision: 'allow', reason: 'it was approved before' };
  return { decision: 'ask', reason: 'the rules do not know it' };
}
