import type { WritePreview, WriteReport } from '../../../main/contract/views.ts'

/** The words of the button that writes. */
export function actLabel(preview: WritePreview | null, addsToGitignore: boolean): string {
  if (preview === null) return 'Write'
  if (preview.createsFile) return 'Create file'
  if (!preview.changesAnything && addsToGitignore) return 'Add to .gitignore'
  return `Write ${lines(preview.changedCount)}`
}

/** "1 line changes, 7 stay as they are" */
export function changeSummary(preview: WritePreview): string {
  const { changedCount, unchangedCount, createsFile, changesAnything } = preview
  if (!changesAnything) return 'Nothing: the file holds this value already'
  if (createsFile) return `A new file with ${lines(changedCount)}`
  const changes = changedCount === 1 ? '1 line changes' : `${changedCount} lines change`
  if (unchangedCount === 0) return changes
  const stays = unchangedCount === 1 ? '1 stays as it is' : `${unchangedCount} stay as they are`
  return `${changes}, ${stays}`
}

/** Format, line ends and mode: "dotenv · LF · mode 0600". */
export function formatCaption({ lineEnding, mode, createsFile }: WritePreview): string {
  const start = createsFile ? 'new file' : 'dotenv'
  const ends = lineEnding === 'mixed' ? 'mixed line ends' : lineEnding
  return [start, ends, mode !== null && `mode ${mode}`].filter(Boolean).join(' · ')
}

/** What the toast says: done, and where. */
export function reportWords(report: WriteReport): { text: string; detail?: string } {
  const { changedCount, createdFile, displayPath, gitignoreAdded } = report
  const text = createdFile
    ? `${displayPath} created.`
    : changedCount === 0
      ? `${displayPath} left as it was.`
      : `${lines(changedCount)} written to ${displayPath}.`
  return gitignoreAdded ? { text, detail: 'Git ignores it now.' } : { text }
}

function lines(count: number): string {
  return count === 1 ? '1 line' : `${count} lines`
}
