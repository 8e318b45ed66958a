import { expect, it } from 'vitest'

/** A line of a standard that has nothing to say here, and why. */
export interface LeftOut {
  readonly section: string
  readonly rule: string
  readonly reason: string
}

/**
 * One standard, line by line. Each line is a test named by its section and the rule in our own words;
 * `done` compares with all sections of the standard that hold rules, so that none is forgotten.
 */
export function openChecklist(standard: string, sections: readonly string[]) {
  const met = new Set<string>()
  const out: LeftOut[] = []
  return {
    /** A rule that applies, and what shows that it is kept. */
    line(section: string, rule: string, check: () => void | Promise<void>): void {
      met.add(section)
      it(`${standard} ${section}: ${rule}`, check)
    },
    leftOut(section: string, rule: string, reason: string): void {
      out.push({ section, rule, reason })
    },
    done(): void {
      it(`${standard}: every section is met or left out for a reason`, () => {
        const known = new Set([...met, ...out.map(({ section }) => section)])
        expect(sections.filter((section) => !known.has(section))).toEqual([])
        expect([...known].filter((section) => !sections.includes(section))).toEqual([])
        for (const { rule, reason } of out) {
          expect(rule.length, rule).toBeGreaterThan(10)
          expect(reason.length, rule).toBeGreaterThan(20)
        }
      })
    },
  }
}
