import type { Tools } from '../../terminal/tools.ts';

/**
 * Rings the terminal's bell after a regression, because the user may be looking away. `notifications.on_regression: false` switches the
 * bell off. @throws sentinel_config_invalid, sentinel_variable_invalid
 */
export async function onRegression(
  verdict: string,
  { env, interactive, say }: Pick<Tools, 'env' | 'interactive' | 'say'>,
): Promise<void> {
  if (verdict !== 'regressed' || !interactive) return;
  const { sentinelConfig } = await import('../../../sentinel/store/config.ts');
  if (sentinelConfig(env).notifications.on_regression) say('\u0007A regression was found.');
}
