/** A line as people copy it out of env files, shells, YAML and JSON. */
export interface PastedLine {
  /** A name that an env file takes; null where there was none. */
  readonly name: string | null
  /** The name as it stood there, such as `slack.signing-secret`, which no env file takes. */
  readonly label: string | null
  /** What stood behind the name, or the whole line: without quotes, spaces and comment. */
  readonly value: string
}

/** Zero-width characters, which chat programs and web pages slip in. */
const INVISIBLE = /\u200b|\u200c|\u200d|\u2060|\ufeff/g
/** What stands before a name in shells, Dockerfiles, Compose files and programs. */
const LEAD = /^(?:-\s+|-e\s+|\$env:|(?:export|set|ENV|const|let|var)\s+)/
/** fish has no sign between name and value: `set -gx NAME value`. */
const FISH = /^set\s+(?:-\w+\s+)*(?:--\s+)?([A-Za-z_]\w*)\s+(?![=:])/
/** `"NAME": ` and `'NAME'=`: inside quotes a name may have dots and dashes, and JSON needs no space. */
const QUOTED_NAME = /^(["'])([\w.-]+)\1\s*[=:]\s*/
/**
 * `NAME=`, or with the value in one pair of quotes: `"NAME=value"`. Without a dash: a token that ends
 * in `=` would be a name.
 */
const NAME_EQUALS = /^["']?([A-Za-z_][\w.]*)\s*=\s*/
/** `NAME: `. The colon needs a space, or addresses would be names. */
const NAME_COLON = /^([A-Za-z_][\w.-]*)\s*:\s+/
const VARIABLE = /^[A-Za-z_]\w*$/
const QUOTED = /^(["'`])(.*?)\1/

/** Takes the line apart; never fails. */
export function readPastedLine(text: string): PastedLine {
  const line = text.replace(INVISIBLE, '').trim()
  const { label, rest } = takeName(line)
  return {
    name: label !== null && VARIABLE.test(label) ? label : null,
    label,
    value: unwrap(rest),
  }
}

function takeName(line: string): { label: string | null; rest: string } {
  const fish = FISH.exec(line)
  if (fish !== null) return { label: fish[1] ?? null, rest: line.slice(fish[0].length) }
  const bare = line.replace(LEAD, '')
  const quoted = QUOTED_NAME.exec(bare)
  const found = quoted ?? NAME_EQUALS.exec(bare) ?? NAME_COLON.exec(bare)
  if (found === null) return { label: null, rest: bare }
  return {
    label: (quoted === null ? found[1] : found[2]) ?? null,
    rest: bare.slice(found[0].length),
  }
}

/** Inside quotes all counts; outside, a comment and a closing comma or semicolon do not. */
function unwrap(text: string): string {
  const quoted = QUOTED.exec(text)?.[2]
  const bare = quoted ?? text.replace(/\s#.*$/, '').replace(/[,;]\s*$/, '')
  return bare.replace(/^["'`]|["'`]$/g, '').trim()
}
