/**
 * One thing that the scanner objects to. Lines are left out: they move with every edit above them.
 * @typedef {object} Finding
 * @property {string} check such as `OPEN_EXTERNAL_JS_CHECK`
 * @property {string} file relative to the checkout; `N/A` for what is missing everywhere
 * @property {string} sample the code it stands in
 */

/** @typedef {Finding & { readonly reason: string }} Explained */

/**
 * The findings of a report (CSV with quoted fields; a quote inside a sample is doubled).
 * @param {string} csv
 * @returns {Finding[]}
 * @throws {TypeError} for a report without its header or with a row that it cannot be
 */
export function findingsIn(csv) {
  const [header = '', ...lines] = csv.split('\n').filter((line) => line.trim() !== '')
  if (!header.startsWith('issue, severity')) throw new TypeError('this is no report of the scanner')
  return lines.map((line) => {
    const fields = fieldsOf(line)
    const [check, , , file, , sample] = fields
    if (check === undefined || file === undefined || sample === undefined) {
      throw new TypeError(`a row of the report cannot be read: ${line}`)
    }
    return { check, file, sample }
  })
}

/** @param {string} line */
function fieldsOf(line) {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
  )
}

/**
 * What is found and not explained, and what is explained and not found.
 * @param {readonly Finding[]} found
 * @param {readonly Explained[]} explained
 * @returns {{ unexplained: Finding[], stale: Finding[] }}
 * @throws {TypeError} when an explanation gives no reason
 */
export function compareFindings(found, explained) {
  for (const { check, reason } of explained) {
    if (typeof reason !== 'string' || reason.length < 20) throw new TypeError(`${check}: no reason`)
  }
  const left = [...explained]
  const unexplained = found.filter((one) => {
    const index = left.findIndex((other) => keyOf(other) === keyOf(one))
    if (index === -1) return true
    left.splice(index, 1)
    return false
  })
  return { unexplained, stale: left }
}

/** @param {Finding} finding */
function keyOf({ check, file, sample }) {
  return JSON.stringify([check, file, sample.trim()])
}
