import type { Notice } from '../notices.ts';
import type { Payload } from '../payload.ts';

/** A longer message is cut to this number of characters. Slack accepts 40,000 characters, but shows only the beginning. */
const mostCharacters = 3000;

/**
 * The message for Slack and compatible services, with one line for each alert. Names are escaped, so that they do not become links or
 * mentions.
 */
export function slackMessage(notice: Notice, payload: Payload): { text: string } {
  const firing = payload.alerts.filter(({ status }) => status === 'firing').length;
  const head =
    notice.status === 'firing'
      ? `:rotating_light: *${notice.rule}*: ${firing} firing`
      : `:white_check_mark: *${notice.rule}*: over`;
  const lines = payload.alerts.map(
    ({ labels, annotations }) => `• [${labels.severity}] ${escaped(annotations.summary)}`,
  );
  const more = payload.truncatedAlerts > 0 ? [`… and ${payload.truncatedAlerts} more`] : [];
  return { text: [head, ...lines, ...more].join('\n').slice(0, mostCharacters) };
}

/** Escapes a text, because Slack reads `<…>` as a link or a mention. */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
