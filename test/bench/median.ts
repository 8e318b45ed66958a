/** The middle value; the mean of the two middle ones for an even number. Of nothing it is NaN. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  const upper = sorted[half] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2
}

/** To so many digits after the point: more would only be noise. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
