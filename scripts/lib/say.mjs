/**
 * One plain line about what is going on, on stderr: stdout belongs to the program that was asked for.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`)
}
