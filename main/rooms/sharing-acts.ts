import type { NewActivity } from '../activity/activity.ts'
import type { CallValue } from '../contract/calls.ts'
import type { WritePreview } from '../contract/views.ts'
import type { About, ActNames } from './act-names.ts'
import type { Acts } from './record-acts.ts'

/** What the user looks at before it is written, or what was written and can be undone. */
interface Shown {
  readonly id: string
  readonly about: About
}

/** Acts in which a secret leaves the vault. Only names of it are kept here, and only of the last one. */
export function sharingActs(names: ActNames): Acts {
  let preview: (Shown & { readonly git: WritePreview['git']['state'] }) | null = null
  let written: Shown | null = null
  const aboutPreview = (id: string): About => (preview?.id === id ? preview.about : {})
  return {
    'sharing/copy-line': (ref) => {
      const entry: NewActivity = { what: 'copied', ...names.secret(ref) }
      return { entry, done: ({ variable }) => [{ ...entry, variable }] }
    },
    'sharing/copy-app-lines': (id) => {
      const entry: NewActivity = { what: 'copied', ...names.slackApp(id) }
      return { entry, done: ({ variables }) => [{ ...entry, variable: variables.join(', ') }] }
    },
    // The answer is the secret: it is not looked at.
    'sharing/reveal': (ref) => {
      const entry: NewActivity = { what: 'revealed', ...names.secret(ref) }
      return { entry, done: () => [entry] }
    },
    // No act itself: it says what a write will be about.
    'sharing/preview-write': (ref) => ({
      entry: { what: 'written' },
      isNoted: () => false,
      done(shown) {
        const about = { file: shown.file.displayPath, variable: shown.variable }
        preview = { id: shown.id, git: shown.git.state, about: { ...names.secret(ref), ...about } }
        return []
      },
    }),
    'sharing/write': (previewId) => {
      const git = preview?.id === previewId ? preview.git : 'unknown'
      const about = aboutPreview(previewId)
      return {
        entry: { what: 'written', ...about },
        done(report) {
          const done = { ...about, file: report.displayPath }
          written = { id: report.writeId, about: done }
          return [{ what: 'written', ...done, ...warningOf(report, git) }]
        },
      }
    },
    'sharing/undo-write': (writeId) => {
      const entry: NewActivity = {
        what: 'write-undone',
        ...(written?.id === writeId ? written.about : {}),
      }
      return { entry, done: ({ displayPath }) => [{ ...entry, file: displayPath }] }
    },
  }
}

/** A file that git would take along is written all the same; the user was told. */
function warningOf(
  report: CallValue<'sharing/write'>,
  git: WritePreview['git']['state'],
): Partial<NewActivity> {
  if (report.gitignoreFailure !== null) {
    return { outcome: 'warning', code: report.gitignoreFailure.code, detail: git }
  }
  const isOpen = git === 'tracked' || (git === 'not-ignored' && !report.gitignoreAdded)
  return isOpen ? { outcome: 'warning', detail: git } : {}
}
