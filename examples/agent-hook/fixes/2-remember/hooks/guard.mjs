// A PreToolUse hook: the client writes the call as JSON to stdin and reads the decision from stdout.
import { readFileSync } from 'node:fs';
import { decide } from './decide.mjs';
import { approvedBefore } from './history.mjs';
import { remembered } from './memory.mjs';

const call = JSON.parse(readFileSync(0, 'utf8'));
const history = new URL('../decisions.jsonl', import.meta.url);
const { decision, reason } = remembered(call.tool_input, history, () =>
  decide(call, (command) => approvedBefore(history, command)),
);
const output = { hookEventName: 'PreToolUse', permissionDecision: decision, permissionDecisionReason: reason };
console.log(JSON.stringify({ hookSpecificOutput: output }));
