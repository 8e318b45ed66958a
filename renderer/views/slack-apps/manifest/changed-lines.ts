/**
 * How many lines differ between two texts, wherever they stand. A changed line counts once; it is a
 * count for a caption, the comparison with Slack shows the lines themselves.
 */
export function changedLines(before: string, after: string): number {
  const counts = new Map<string, number>()
  for (const line of before.split('\n')) counts.set(line, (counts.get(line) ?? 0) + 1)
  for (const line of after.split('\n')) counts.set(line, (counts.get(line) ?? 0) - 1)
  const differences = [...counts.values()]
  const removed = differences.reduce((sum, count) => sum + Math.max(0, count), 0)
  const added = differences.reduce((sum, count) => sum + Math.max(0, -count), 0)
  return Math.max(removed, added)
}
