/**
 * Secrets and IDs as Slack shapes them, with "practice" in the tokens so that a person knows one
 * when it turns up somewhere. Shapes: slack-auth section 7 (rules of secret scanners).
 */
import { createHash, randomBytes, randomInt } from 'node:crypto'

const DIGITS = '0123456789'
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const LETTERS_AND_DIGITS = `${DIGITS}${CAPITALS}${CAPITALS.toLowerCase()}`

/** SHA-256 in hex: all that is kept of a secret. They are random, so no salt is needed. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** An ID such as `A0…`. */
export function freshId(letter: 'A' | 'U' | 'B'): string {
  return `${letter}0${pick(`${DIGITS}${CAPITALS}`, 9)}`
}

/** `digits.digits`; public. */
export function freshClientId(): string {
  return `${freshNumber()}.${freshNumber()}`
}

/** A client secret or a signing secret: 32 hex digits both. */
export function freshClientSecret(): string {
  return randomBytes(16).toString('hex')
}

/** 24 letters and digits, as Slack's old verification tokens have. */
export function freshVerificationToken(): string {
  return `practice${mixed(16)}`
}

/** Names a signing key; public. */
export function freshKeyId(): string {
  return `practice-${randomBytes(8).toString('hex')}`
}

export function freshCode(): string {
  return `${freshNumber()}.${freshNumber()}.${randomBytes(32).toString('hex')}`
}

/** 256 bits, for the consent form. */
export function freshFormToken(): string {
  return randomBytes(32).toString('base64url')
}

/** A token that does not expire: `xoxb-…` or `xoxp-…`, with the workspace's number in it. */
export function freshToken(kind: 'bot' | 'user', teamNumber: string): string {
  return kind === 'bot'
    ? `xoxb-${teamNumber}-${freshNumber()}-practice${mixed(16)}`
    : `xoxp-${teamNumber}-${freshNumber()}-${freshNumber()}-practice${mixed(24)}`
}

/** A token that expires: `xoxe.xoxb-1-…` or `xoxe.xoxp-1-…`; app configuration tokens look like the latter. */
export function freshRotatingToken(kind: 'bot' | 'user'): string {
  return `xoxe.xox${kind === 'bot' ? 'b' : 'p'}-1-Practice${mixed(156)}`
}

export function freshRefreshToken(): string {
  return `xoxe-1-Practice${mixed(138)}`
}

/** `/services/T…/B…/…`: the path of an incoming webhook, a secret as a whole. */
export function freshWebhookPath(teamId: string): string {
  return `/services/${teamId}/${freshId('B')}/practice${mixed(16)}`
}

function freshNumber(): string {
  return `${randomInt(1, 10)}${pick(DIGITS, 12)}`
}

function mixed(length: number): string {
  return pick(LETTERS_AND_DIGITS, length)
}

function pick(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}
