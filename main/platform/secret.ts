const REDACTED = '[secret]'

/**
 * A token, client secret, code, verifier or passphrase. Printing, logging, JSON and string joining
 * all give `[secret]`; only `expose` gives the text, so every place that does can be found by name.
 */
export class Secret {
  readonly #text: string

  private constructor(text: string) {
    this.#text = text
  }

  static of(text: string): Secret {
    return new Secret(text)
  }

  /** The text itself: for the wire, the env file, the clipboard, one reveal, and sealing. */
  expose(): string {
    return this.#text
  }

  /** What may be shown: the known prefix and the last four characters, such as `xoxb-…k3Zq`. */
  masked(): string {
    return maskSecret(this.#text)
  }

  toString(): string {
    return REDACTED
  }

  toJSON(): string {
    return REDACTED
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return REDACTED
  }
}

/** Prefixes that name a kind and give nothing away, longest first. Source: slack-auth token inventory. */
const KNOWN_PREFIX =
  /^(?:xoxe\.xox[bp]-(?:\d-)?|xoxe-(?:\d-)?|xapp-(?:\d-)?|xwfp-|xox[a-z]-|https:\/\/hooks\.slack(?:-gov)?\.com\/)/i

/** Characters that may stay readable at the end; a text under 12 keeps none. */
const SHOWN_TAIL = 4

/**
 * Masks a secret for display. Never shows more than the public prefix and four characters of at
 * least twelve others.
 */
export function maskSecret(text: string): string {
  const prefix = KNOWN_PREFIX.exec(text)?.[0] ?? ''
  const rest = text.slice(prefix.length)
  const tail = rest.length >= 12 ? rest.slice(-SHOWN_TAIL) : ''
  return `${prefix.replace(/^https:\/\//i, '')}…${tail}`
}
