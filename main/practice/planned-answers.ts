/** Answers that were asked for ahead of the calls that get them, by a person or by a program. */
import type { PracticeFault } from './practice-parts.ts'

/** Kept in memory alone: a restart forgets them. */
export interface PlannedAnswers {
  /** What the next calls of the method get, one each. Takes the place of what was planned for it. */
  plan(method: string, faults: readonly PracticeFault[]): void
  /** Adds one behind those that are planned. */
  add(method: string, fault: PracticeFault): void
  /** Takes the next one; null when none is planned. */
  next(method: string): PracticeFault | null
  /** What is still to come. */
  waiting(): ReadonlyMap<string, readonly PracticeFault[]>
}

export function createPlannedAnswers(): PlannedAnswers {
  const waiting = new Map<string, readonly PracticeFault[]>()
  const plan = (method: string, faults: readonly PracticeFault[]) => {
    if (faults.length === 0) waiting.delete(method)
    else waiting.set(method, [...faults])
  }
  return {
    plan,
    add: (method, fault) => plan(method, [...(waiting.get(method) ?? []), fault]),
    next(method) {
      const [first, ...rest] = waiting.get(method) ?? []
      plan(method, rest)
      return first ?? null
    },
    waiting: () => waiting,
  }
}

/** A fault in one word: Slack's code, a status, or its name. */
export function faultName(fault: PracticeFault): string {
  if (typeof fault === 'string') return fault
  if ('error' in fault) return fault.error
  return 'status' in fault ? `${fault.status}` : `id-token:${fault.idToken}`
}
