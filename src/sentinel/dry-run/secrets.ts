/**
 * Secrets that untrusted hooks must not see: folders and files below HOME, and environment variables. A cage without a network cannot leak
 * secrets, but some cages have a network.
 */

/** Folders below HOME that hooks see as empty. */
export const secretFolders = [
  '.ssh',
  '.aws',
  '.azure',
  '.gnupg',
  '.kube',
  '.config/gh',
  '.config/gcloud',
  '.config/op',
  '.local/share/keyrings',
  '.password-store',
];

/** Files below HOME that hooks see as empty. */
export const secretFiles = ['.netrc', '.git-credentials', '.config/git/credentials', '.pypirc', '.docker/config.json'];

/** Claude Code's own credentials, below its folder. */
export const clientCredentials = '.credentials.json';

const secretVariables =
  /^ANTHROPIC_|^AWS_(?!REGION|DEFAULT_REGION|PROFILE)|^CLAUDE_CODE_(MESSAGING|OAUTH)|(^|_)(TOKEN|SECRETS?|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|API_?KEY|ACCESS_KEY|PRIVATE_KEY)(_|$)|^SSH_AUTH_SOCK$|^SSH_AGENT_PID$|^GPG_AGENT_INFO$/i;

/** Whether the name of an environment variable suggests a secret. */
export const isSecret = (variable: string): boolean => secretVariables.test(variable);
