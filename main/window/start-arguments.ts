import { LOG_LEVELS, type LogLevel } from '../platform/log.ts'

/** What the command line of a window start says. Chromium's own switches are none of our business. */
export interface StartArguments {
  /** `--profile DIR`: all state goes there instead of the OS default; null without it. */
  readonly profile: string | null
  /** `--log-level error|info|debug`; `info` without it, and for another word. */
  readonly logLevel: LogLevel
}

/**
 * Reads `--profile DIR`, `--profile=DIR` and the same of `--log-level` from the process arguments.
 * Arguments are hostile until read: a switch without a value counts as absent. The first one counts.
 */
export function parseStartArguments(argv: readonly string[]): StartArguments {
  const level = switchValue(argv, '--log-level')
  return {
    profile: switchValue(argv, '--profile'),
    logLevel: LOG_LEVELS.find((known) => known === level) ?? 'info',
  }
}

function switchValue(argv: readonly string[], name: string): string | null {
  for (const [index, argument] of argv.entries()) {
    if (argument.startsWith(`${name}=`)) return argument.slice(name.length + 1) || null
    const next = argv[index + 1]
    if (argument === name && next !== undefined && !next.startsWith('--')) return next
  }
  return null
}
