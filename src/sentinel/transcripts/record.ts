import { amountOf, type Fields, fieldsOf, momentOf, recordsIn, textOf } from './fields.ts';

/** A tool call by the model, with the tool's input. */
type Call = { id: string; tool: string; input: unknown };

/**
 * A fact that Claude Code recorded about a session. `t`: the time in ms since 1970. Durations are in ms. `side`: whether a subagent caused
 * the fact. Missing values are null.
 */
export type Fact =
  /** Kind `prompt`: a prompt from a user or from a background task. `typed`: whether a user typed the prompt. */
  | { kind: 'prompt'; t: number; side: boolean; text: string; typed: boolean }
  /** Kind `request`: a request to the model. Older versions of Claude Code record no facts of this kind. */
  | { kind: 'request'; t: number; id: string }
  /**
   * Kind `answer`: one part of an answer of the model. All parts of one answer have the same `request`. `asked`: the id of the record of
   * the request. `ends`: whether the part ends the turn.
   */
  | {
      kind: 'answer';
      t: number;
      side: boolean;
      request: string;
      asked: string | null;
      calls: Call[];
      text: string;
      ends: boolean;
    }
  /**
   * Kind `result`: the result of a tool call. `asked`: whether the user was asked for permission. `denied`: whether the tool was forbidden
   * to run.
   */
  | {
      kind: 'result';
      t: number;
      side: boolean;
      call: string;
      failed: boolean;
      asked: boolean;
      denied: boolean;
      response: unknown;
    }
  /** Kind `hook`: one execution of a hook. Claude Code does not record hooks that succeed and print nothing. */
  | {
      kind: 'hook';
      t: number;
      event: string;
      matched: string | null;
      command: string | null;
      ms: number | null;
      failed: boolean;
    }
  | { kind: 'stop_hooks'; t: number; side: boolean; hooks: { command: string; ms: number }[] }
  | { kind: 'turn_end'; t: number }
  | { kind: 'compaction'; t: number; trigger: string }
  /**
   * Kind `totals`: the totals that Claude Code wrote when it ended. `t`: the start. `total`: the duration. `tools` and `api` are sums, in
   * which parallel work counts several times.
   */
  | { kind: 'totals'; t: number; total: number; api: number; tools: number };

/** One record's facts about the whole session, such as the version of Claude Code. */
export type About = {
  session: string | null;
  cwd: string | null;
  version: string | null;
  /** Whether a user works with Claude Code at a terminal. Null if this is unknown. */
  interactive: boolean | null;
};

export const aboutOf = (value: unknown): About => {
  const { sessionId, cwd, version, entrypoint } = fieldsOf(value) ?? {};
  return {
    session: textOf(sessionId),
    cwd: textOf(cwd),
    version: textOf(version),
    interactive: textOf(entrypoint) === null ? null : entrypoint === 'cli',
  };
};

/** The facts in one line of a transcript. Empty for a line without times. Null for a line that is not a record. Never throws. */
export function factsOf(value: unknown): Fact[] | null {
  const record = fieldsOf(value);
  const type = textOf(record?.type);
  if (record === null || type === null) return null;
  return Object.hasOwn(readers, type) ? readers[type]!(record) : [];
}

const readers: Readonly<Record<string, (record: Fields) => Fact[]>> = {
  user: userFacts,
  assistant: answerFacts,
  'api-request': requestFacts,
  attachment: hookFacts,
  system: systemFacts,
  'cost-state': totalsFacts,
};

const isSide = (record: Fields) => record.isSidechain === true;

function userFacts(record: Fields): Fact[] {
  const t = momentOf(record.timestamp);
  const { content } = fieldsOf(record.message) ?? {};
  if (t === null) return [];
  const side = isSide(record);
  const blocks = recordsIn(content);
  const results = blocks.filter(({ type, tool_use_id }) => type === 'tool_result' && typeof tool_use_id === 'string');
  const { decision, source } = fieldsOf(record.permissionDecision) ?? {};
  if (results.length > 0)
    return results.map((block) => ({
      kind: 'result',
      t,
      side,
      call: String(block.tool_use_id),
      failed: block.is_error === true,
      asked: /^user/.test(textOf(source) ?? ''),
      denied: decision !== undefined && decision !== 'accept',
      response: record.toolUseResult ?? block.content,
    }));
  const text = textOf(content) ?? blocks.flatMap((block) => textOf(block.text) ?? []).join('\n');
  const isPrompt = text !== '' && record.isMeta !== true && record.isCompactSummary !== true && !notTyped.test(text);
  return isPrompt ? [{ kind: 'prompt', t, side, text, typed: !text.startsWith('<task-notification>') }] : [];
}

/** Messages that Claude Code itself writes and records as the user's. */
const notTyped = /^\[Request interrupted|^<local-command-/;

function requestFacts({ timestamp, id }: Fields): Fact[] {
  const t = momentOf(timestamp);
  return t === null || typeof id !== 'string' ? [] : [{ kind: 'request', t, id }];
}

function answerFacts(record: Fields): Fact[] {
  const t = momentOf(record.timestamp);
  const message = fieldsOf(record.message);
  if (t === null || message === null) return [];
  const blocks = recordsIn(message.content);
  return [
    {
      kind: 'answer',
      t,
      side: isSide(record),
      request: textOf(record.requestId) ?? textOf(message.id) ?? String(t),
      asked: textOf(record.requestRef),
      calls: blocks.flatMap(({ type, id, name, input }) =>
        type === 'tool_use' && typeof id === 'string' && typeof name === 'string' ? [{ id, tool: name, input }] : [],
      ),
      text: blocks.flatMap((block) => textOf(block.text) ?? []).join('\n'),
      ends: message.stop_reason === 'end_turn' || message.stop_reason === 'stop_sequence',
    },
  ];
}

function hookFacts(record: Fields): Fact[] {
  const t = momentOf(record.timestamp);
  const about = fieldsOf(record.attachment);
  const type = textOf(about?.type);
  const event = textOf(about?.hookEvent);
  if (t === null || about === null || type === null || event === null || !ended.has(type)) return [];
  const [, matched = null] = /^[^:]*:(.*)$/s.exec(textOf(about.hookName) ?? '') ?? [];
  const command = textOf(about.command) ?? textOf(fieldsOf(about.blockingError)?.command);
  return [
    { kind: 'hook', t, event, matched, command, ms: amountOf(about.durationMs), failed: type !== 'hook_success' },
  ];
}

/** Attachments that record how a hook ended. Other attachments are skipped, because they only repeat the hook's output. */
const ended = new Set(['hook_success', 'hook_non_blocking_error', 'hook_blocking_error', 'hook_cancelled']);

function systemFacts(record: Fields): Fact[] {
  const t = momentOf(record.timestamp);
  if (t === null) return [];
  if (record.subtype === 'turn_duration') return [{ kind: 'turn_end', t }];
  if (record.subtype === 'compact_boundary')
    return [{ kind: 'compaction', t, trigger: textOf(fieldsOf(record.compactMetadata)?.trigger) ?? 'auto' }];
  if (record.subtype !== 'stop_hook_summary') return [];
  const hooks = recordsIn(record.hookInfos).flatMap(({ command, durationMs }) => {
    const ms = amountOf(durationMs);
    return typeof command === 'string' && ms !== null ? [{ command, ms }] : [];
  });
  return [{ kind: 'stop_hooks', t, side: isSide(record), hooks }];
}

function totalsFacts(record: Fields): Fact[] {
  const [t, total] = [amountOf(record.startTime), amountOf(record.totalDuration)];
  const [api, tools] = [amountOf(record.totalAPIDuration), amountOf(record.totalToolDuration)];
  return t === null || total === null || api === null || tools === null
    ? []
    : [{ kind: 'totals', t, total, api, tools }];
}
