import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'

// The DOM of the tests has no CSS object; react-aria and user-event quote ids and names with this.
globalThis.CSS ??= { escape: escapeIdentifier } as typeof CSS

afterEach(cleanup)

/** Quotes a string for use in a selector (CSSOM, "serialize an identifier"; ids here have no control characters). */
function escapeIdentifier(value: string): string {
  const quoted = value.replaceAll(/[^\w\u0080-\uffff-]/g, String.raw`\$&`)
  return quoted.replace(/^\d/, String.raw`\3$& `)
}
