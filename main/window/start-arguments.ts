/** What the command line of a window start says. Chromium's own switches are none of our business. */
export interface StartArguments {
  /** `--profile DIR`: all state goes there instead of the OS default; null without it. */
  readonly profile: string | null
}

/**
 * Reads `--profile DIR` and `--profile=DIR` from the process arguments. Arguments are hostile until
 * read: a switch without a value counts as absent.
 */
export function parseStartArguments(argv: readonly string[]): StartArguments {
  for (const [index, argument] of argv.entries()) {
    if (argument.startsWith('--profile='))
      return { profile: argument.slice('--profile='.length) || null }
    const next = argv[index + 1]
    if (argument === '--profile' && next !== undefined && !next.startsWith('--')) {
      return { profile: next }
    }
  }
  return { profile: null }
}
