import { setVariable } from '../../../main/env/env-file.ts'
import { median } from '../median.ts'

const LINES = 10_000
const RUNS = 15

/**
 * Milliseconds to set one variable in the middle of a file of 10,000 lines: assignments, comments, blank
 * lines, quotes and `export`, as env files have them. Median; the first runs are not left out.
 */
export function measureSetVariable(): number {
  const source = sampleFile()
  const took: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    const value = ['xoxb', run, '2'.repeat(12)].join('-')
    const startedMs = performance.now()
    const text = setVariable(source, 'SLACK_BOT_TOKEN', value)
    took.push(performance.now() - startedMs)
    if (!text.includes(`SLACK_BOT_TOKEN=${value}\n`)) throw new Error('the variable was not set')
  }
  return median(took)
}

function sampleFile(): string {
  const lines = Array.from({ length: LINES }, (_, index) => sampleLine(index))
  lines[LINES / 2] = 'SLACK_BOT_TOKEN=old'
  return `${lines.join('\n')}\n`
}

function sampleLine(index: number): string {
  switch (index % 10) {
    case 0:
      return `# Part ${index}`
    case 1:
      return ''
    case 2:
      return `export NAME_${index}=plain`
    case 3:
      return `NAME_${index}="with \\n escapes and $OTHER" # why`
    case 4:
      return `NAME_${index}='single # quoted'`
    default:
      return `NAME_${index}=value-${index}`
  }
}
