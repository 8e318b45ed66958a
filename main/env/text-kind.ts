import { EnvFileError } from './errors.ts'

/**
 * Refuses bytes that are no text of an env file. Bytes that are not valid UTF-8 pass as long as no
 * NUL is among them: they are kept as they are. Source: env-files sections 2 (UTF-16) and 3.
 *
 * @throws EnvFileError ENV_UTF16 (also for UTF-32), ENV_BINARY, ENV_NUL
 */
export function refuseNoText(bytes: Uint8Array): void {
  if (hasWideByteOrderMark(bytes)) throw new EnvFileError('ENV_UTF16')
  const nuls = countNuls(bytes)
  if (nuls.all === 0) return
  if (isWide(bytes.length, nuls)) throw new EnvFileError('ENV_UTF16')
  throw new EnvFileError(isBinary(bytes, nuls.all) ? 'ENV_BINARY' : 'ENV_NUL')
}

/** UTF-16 or UTF-32 in either order; the mark of UTF-32 LE begins with that of UTF-16 LE. */
function hasWideByteOrderMark(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return true
  return a === 0 && b === 0 && c === 0xfe && d === 0xff
}

interface Nuls {
  readonly all: number
  /** NULs at offsets that are 0, 1, 2 and 3 modulo 4. */
  readonly byPlace: readonly [number, number, number, number]
}

function countNuls(bytes: Uint8Array): Nuls {
  const byPlace: [number, number, number, number] = [0, 0, 0, 0]
  let all = 0
  for (let at = bytes.indexOf(0); at !== -1; at = bytes.indexOf(0, at + 1)) {
    all++
    byPlace[(at & 3) as 0 | 1 | 2 | 3]++
  }
  return { all, byPlace }
}

/** Latin letters in UTF-16 have their NULs all on one side; in UTF-32 three of four bytes are NUL. */
function isWide(length: number, { all, byPlace }: Nuls): boolean {
  if (length < 4 || length % 2 !== 0) return false
  const [first, second, third, fourth] = byPlace
  const onOneSide = Math.max(first + third, second + fourth) === all && all * 5 >= length * 2
  const isThreeOfFour = length % 4 === 0 && all * 4 >= length * 3 && (first === 0 || fourth === 0)
  return onOneSide || isThreeOfFour
}

/** Many NULs, or one beside other control characters that no text has. */
function isBinary(bytes: Uint8Array, nuls: number): boolean {
  if (nuls * 10 > bytes.length) return true
  const isControl = (byte: number) =>
    byte !== 0 && (byte < 9 || (byte > 13 && byte < 32 && byte !== 27))
  return bytes.some(isControl)
}
