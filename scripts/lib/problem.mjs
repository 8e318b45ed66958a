/**
 * A failure that a person can act on: what happened, and what to do. Everything else that is thrown
 * in a script is a defect and keeps its stack.
 */
export class Problem extends Error {
  /**
   * @param {string} code stable name of the failure, for tests and callers
   * @param {string} message what happened, in plain words
   * @param {string} advice what to do now
   * @param {{ cause?: unknown }} [options]
   */
  constructor(code, message, advice, options = {}) {
    super(message, options)
    this.name = 'Problem'
    /** @readonly */
    this.code = code
    /** @readonly */
    this.advice = advice
  }
}

/**
 * Runs a script's main function and turns its result into the exit code. A `Problem` is printed as two
 * plain lines on stderr and ends with 1.
 * @param {() => Promise<number>} main answers the exit code
 * @returns {Promise<void>}
 */
export async function exitWith(main) {
  try {
    process.exitCode = await main()
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure
    process.stderr.write(`\n${failure.message}\n${failure.advice}\n`)
    process.exitCode = 1
  }
}
