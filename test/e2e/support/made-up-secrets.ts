import { randomBytes } from 'node:crypto'

/**
 * Secrets in Slack's shapes that nobody has issued. Put together here: nothing in the repository looks
 * like a live token. Source: slack-auth section 7.
 */
export const madeUp = {
  /** 32 characters of hex: client secrets and signing secrets. */
  hex: () => randomBytes(16).toString('hex'),
  /** 24 letters and digits. */
  verificationToken: () => `${randomBytes(11).toString('hex')}Zq`,
  clientId: () => `${digits(13)}.${digits(13)}`,
  appToken: () => ['xapp', '1', `A0${digits(9)}`, digits(13), long()].join('-'),
  sessionToken: () => ['xoxc', digits(12), digits(12), long()].join('-'),
  /** A rotating user token, or an app configuration token: nothing in it tells which. */
  ambiguousToken: () => ['xoxe.xoxp', '1', long()].join('-'),
  webhook: () => `https://hooks.slack.com/services/T0${digits(8)}/B0${digits(8)}/${madeUp.hex()}`,
}

function long(): string {
  return randomBytes(32).toString('hex')
}

/** Never a zero in front: some of Slack's numbers are read as numbers. */
function digits(count: number): string {
  return [...randomBytes(count)].map((byte) => 1 + (byte % 9)).join('')
}
