/** A line as people copy it out of env files, shells, YAML and JSON. */
export interface PastedLine {
  /** A name that an env file takes; null where there was none. */
  readonly name: string | null
  /** What stood behind the name, or the whole line: without quotes, spaces and comment. */
  readonly value: string
}

/** Zero-width characters, which chat programs and web pages slip in. */
const INVISIBLE = /\u200b|\u200c|\u200d|\u2060|\ufeff/g
/**
 * `export NAME=`, `NAME = `, `NAME: ` and `"NAME": `. A colon needs a space, or URLs would be names; a
 * bare name has no dash, or a token that ends in `=` would be one.
 */
const ASSIGNMENT = /^(?:export\s+)?(?:(["'])([\w.-]+)\1|([A-Za-z_]\w*))\s*(?:=\s*|:\s+)/
const VARIABLE = /^[A-Za-z_]\w*$/
const QUOTED = /^(["'`])(.*?)\1/

/** Takes the line apart; never fails. */
export function readPastedLine(text: string): PastedLine {
  const line = text.replace(INVISIBLE, '').trim()
  const assigned = ASSIGNMENT.exec(line)
  const name = assigned?.[2] ?? assigned?.[3] ?? null
  return {
    name: name !== null && VARIABLE.test(name) ? name : null,
    value: unwrap(line.slice(assigned?.[0].length ?? 0)),
  }
}

/** Inside quotes all counts; outside, a comment and a closing comma or semicolon do not. */
function unwrap(text: string): string {
  const quoted = QUOTED.exec(text)?.[2]
  const bare = quoted ?? text.replace(/\s#.*$/, '').replace(/[,;]\s*$/, '')
  return bare.replace(/^["'`]|["'`]$/g, '').trim()
}
