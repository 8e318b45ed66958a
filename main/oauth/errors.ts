import { AppError } from '../errors.ts'

/** What Slack's own refusals mean, where they can come as `error=` on the redirect. Source: slack-auth 1. */
const DENIALS: Readonly<Record<string, { message: string; advice: string }>> = {
  access_denied: {
    message: 'The request was cancelled in Slack',
    advice: 'Try again; if you did not cancel, ask an admin whether you may install apps.',
  },
  invalid_scope: {
    message: 'Slack did not accept the scopes',
    advice: 'Check the scopes of the Slack app here and under OAuth & Permissions, then try again.',
  },
  invalid_team_for_non_distributed_app: {
    message: 'This Slack app may be installed in its home workspace alone',
    advice: 'Pick that workspace on Slack’s page, or turn on distribution in the app settings.',
  },
  unapproved_scope: {
    message: 'Slack has not approved one of the scopes for this app',
    advice: 'Remove that scope from the Slack app, then try again.',
  },
}

/** Slack sent the browser back with `error=` instead of a code. Source: RFC 6749 section 4.1.2.1. */
export class OAuthDenied extends AppError {
  constructor(slackCode: string) {
    const known = Object.hasOwn(DENIALS, slackCode) ? DENIALS[slackCode] : undefined
    super('OAUTH_ACCESS_DENIED', {
      message: known?.message ?? 'Slack refused the request',
      advice: known?.advice ?? 'Try again; if it stays, look at the Slack app’s settings.',
      remedy: 'retry',
      slackCode,
    })
  }
}

/** Nothing came back within the life of the authorization. */
export class OAuthExpired extends AppError {
  constructor() {
    super('OAUTH_EXPIRED', {
      message: 'Slack did not answer within 10 minutes',
      advice:
        'Try again. If Slack asked for an admin’s approval, authorize again once it is approved.',
      remedy: 'retry',
    })
  }
}

/** The user cancelled here, or Token Desk is closing. */
export class OAuthCancelled extends AppError {
  constructor() {
    super('OAUTH_CANCELLED', {
      message: 'The authorization was cancelled',
      advice: 'Start it again when you are ready.',
      remedy: 'retry',
    })
  }
}

/** None of the registered ports, or not the relay's one, is free on both loopback addresses. */
export class PortsBusy extends AppError {
  constructor(ports: readonly number[], cause?: unknown) {
    super('OAUTH_PORTS_BUSY', {
      message: 'No free port to come back to',
      advice: `${inUse(ports)} Paste the address instead, or close ${ports.length === 1 ? 'that program' : 'one of them'} and try again.`,
      remedy: 'paste-address',
      cause,
    })
  }
}

/** The redirect or the pasted address is not an answer from Slack. */
export class CallbackInvalid extends AppError {
  constructor(advice = 'Copy the whole address that the browser shows after you clicked Allow.') {
    super('OAUTH_CALLBACK_INVALID', {
      message: 'This is not the address that Slack came back with',
      advice,
      remedy: 'paste-address',
    })
  }
}

/** The state belongs to no authorization that waits: over, used, foreign or made up. RFC 6749 section 10.12. */
export class StateUnknown extends AppError {
  constructor() {
    super('OAUTH_STATE_UNKNOWN', {
      message: 'No authorization waits for this answer',
      advice:
        'It may be over, or belong to another one. Authorize again, then use the new address.',
      remedy: 'retry',
    })
  }
}

/** The certificate for https on localhost could not be made. */
export class CertificateFailed extends AppError {
  constructor(cause: unknown) {
    super('OAUTH_CERTIFICATE_FAILED', {
      message: 'The certificate for https on localhost could not be made',
      advice: 'Try again, or paste the address instead.',
      remedy: 'paste-address',
      cause,
    })
  }
}

/** On Linux: the program that changes the browsers' certificate stores is not installed. */
export class CertificateToolMissing extends AppError {
  constructor() {
    super('CERTIFICATE_TOOL_MISSING', {
      message: 'The program “certutil” is not installed',
      advice:
        'Install the package libnss3-tools (Debian, Ubuntu), nss-tools (Fedora) or nss (Arch), then try again.',
      remedy: 'retry',
    })
  }
}

/** A store of the user holds something else afterwards than it was to hold. */
export class CertificateTrustFailed extends AppError {
  /** @param stores names for the user, such as `Chromium and Chrome` */
  constructor(what: 'trust' | 'untrust', stores: readonly string[], cause?: unknown) {
    const where = stores.join('; ')
    super('CERTIFICATE_TRUST_FAILED', {
      message:
        what === 'trust'
          ? `The certificate is not trusted by: ${where}`
          : `The certificate is still trusted by: ${where}`,
      advice:
        'The store may be read-only or have a password of its own, or the system’s question was answered with no. Try again, or continue past the browser’s warning instead.',
      remedy: 'retry',
      cause,
    })
  }
}

function inUse(ports: readonly number[]): string {
  if (ports.length === 1) return `Port ${ports.join('')} is in use by another program.`
  return `${ports.slice(0, -1).join(', ')} and ${ports.at(-1)} are in use by other programs.`
}
