import { expect, it } from 'vitest';
import { perfGate } from '../../helpers/cli.ts';
import { agent } from '../client/agent.ts';
import { requestText } from '../client/model.ts';
import { halving, said, story } from '../client/story.ts';

const perfgate = perfGate();

it('after a kill of the client, a new session continues the run when the user asks for it', async () => {
  const { ask, scoped, status, model } = await story(perfgate);
  const session = await scoped();
  let killed = false;
  await ask('/perf-gate:approve', {
    resume: session,
    onEvent: (event, kill) => {
      if (killed || !JSON.stringify(event).includes('Submitted: fix')) return;
      killed = true;
      kill();
    },
  });
  expect(killed).toBe(true);
  expect((await status()).outcome).toBe(null);

  model.follow(agent(halving()));
  const other = await ask('What is going on here?');
  expect(said(other)).toBe('Done.');
  expect(requestText(model.requests.at(-1)!)).toMatch(/perf-gate/);
  expect((await status()).outcome).toBe(null);

  await ask('/perf-gate:resume', { resume: other.session });
  expect(await status()).toMatchObject({ outcome: 'accepted' });
});

it('a killed session continues the run when it is resumed', async () => {
  const { ask, scoped, status } = await story(perfgate);
  const session = await scoped();
  await ask('/perf-gate:approve', {
    resume: session,
    onEvent: (event, kill) => JSON.stringify(event).includes('# Fix, attempt 1') && kill(),
  });
  expect((await status()).stage).toBe('fix');
  await ask('go on', { resume: session });
  await ask('go on', { resume: session });
  expect(await status()).toMatchObject({ outcome: 'accepted' });
});

it('a second session in the same project may end its turns', async () => {
  const { ask, scoped, status, model } = await story(perfgate);
  const session = await scoped();
  model.follow(() => ({ text: 'I stop here.' }));
  await ask('/perf-gate:approve', { resume: session });
  const before = model.requests.length;
  const other = await ask('something else');
  expect(model.requests.length).toBe(before + 1);
  expect(said(other)).toBe('I stop here.');
  expect((await status()).outcome).toBe(null);
});

it('an agent that never makes progress may stop after the Stop hook blocked three times', async () => {
  const { ask, scoped, status, model } = await story(perfgate);
  const session = await scoped();
  model.follow(() => ({ text: 'I would rather not.' }));
  const before = model.requests.length;
  const ended = await ask('/perf-gate:approve', { resume: session });
  expect(model.requests.length - before).toBe(4);
  expect(said(ended)).toBe('I would rather not.');
  expect(await status()).toMatchObject({ paused: true });
});

it('after a compaction, the brief is in the context again, and the run continues', async () => {
  const { ask, scoped, status, model } = await story(perfgate);
  const session = await scoped();
  const script = agent(halving());
  let full = false;
  model.follow((request, n) => {
    const turn = script(request, n);
    const fills = !full && requestText(request).includes('# Hotspots:');
    if (!fills) return turn;
    full = true;
    return { ...turn, input_tokens: 990_000 };
  });
  const small = { CLAUDE_CODE_MAX_CONTEXT_TOKENS: '100000', CLAUDE_AUTOCOMPACT_PCT_OVERRIDE: '50' };
  const ended = await ask('/perf-gate:approve', { resume: session, env: small });
  expect(full).toBe(true);
  const compacted = ended.events.filter(
    (e) => e.hook_event === 'SessionStart' && e.hook_name === 'SessionStart:compact',
  );
  expect(compacted.length).toBeGreaterThan(0);
  expect(await status()).toMatchObject({ outcome: 'accepted' });
});
