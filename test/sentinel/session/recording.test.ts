import { expect, it } from 'vitest';
import { telemetry } from '../../../src/sentinel/session/recording.ts';

const own = { OTEL_LOGS_EXPORTER: 'console', OTEL_METRICS_EXPORTER: 'otlp', OTEL_TRACES_EXPORTER: 'otlp' };

it('the user’s exports continue if telemetry is on, and none starts if it is off', () => {
  expect(telemetry('x', { ...own, CLAUDE_CODE_ENABLE_TELEMETRY: '1' })).toMatchObject({
    ...own,
    OTEL_LOGS_EXPORTER: 'console,otlp',
  });
  const alone = { OTEL_LOGS_EXPORTER: 'otlp', OTEL_METRICS_EXPORTER: 'none', OTEL_TRACES_EXPORTER: 'none' };
  expect(telemetry('x', own)).toMatchObject(alone);
  expect(telemetry('x', { CLAUDE_CODE_ENABLE_TELEMETRY: '1', OTEL_LOGS_EXPORTER: 'none' })).toMatchObject(alone);
});

it('the export to this machine is plain JSON, and uses no proxy of any spelling', () => {
  expect(telemetry('x', { NO_PROXY: 'a' })).toMatchObject({
    OTEL_EXPORTER_OTLP_LOGS_COMPRESSION: 'none',
    NO_PROXY: 'a,127.0.0.1',
    no_proxy: 'a,127.0.0.1',
  });
  expect(telemetry('x', { no_proxy: 'b' })).toMatchObject({ NO_PROXY: 'b,127.0.0.1', no_proxy: 'b,127.0.0.1' });
});
