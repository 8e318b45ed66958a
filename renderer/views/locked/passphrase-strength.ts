/** Characters that a passphrase must have at least. */
export const LEAST_CHARACTERS = 10

/** Strength as a word and as bars filled of four. */
export interface Strength {
  readonly word: 'Too short' | 'Weak' | 'Fair' | 'Good' | 'Strong'
  readonly bars: 0 | 1 | 2 | 3 | 4
}

/**
 * A rough word for a passphrase while it is typed: length first, repeated characters count little.
 * It only guides; main refuses what is too short.
 */
export function strengthOf(passphrase: string): Strength {
  const characters = [...passphrase]
  if (characters.length < LEAST_CHARACTERS) return { word: 'Too short', bars: 0 }
  const different = new Set(characters).size
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u]
  const mix = kinds.filter((kind) => kind.test(passphrase)).length
  const score = Math.min(characters.length, different * 2) + mix * 2
  if (different < 5) return { word: 'Weak', bars: 1 }
  if (score < 16) return { word: 'Fair', bars: 2 }
  if (score < 24) return { word: 'Good', bars: 3 }
  return { word: 'Strong', bars: 4 }
}
