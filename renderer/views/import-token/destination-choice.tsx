import { RadioRows } from '../../parts/radio-rows.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { nameInSentence } from './findings.ts'
import type { Destination } from './use-destination.ts'
import type { ImportState, Rest } from './use-import-draft.ts'
import { WorkspaceChoice } from './workspace-choice.tsx'

interface DestinationChoiceProps {
  readonly state: ImportState
  readonly destination: Destination
}

/** Asks where the secrets go that Slack names no workspace for; nothing where it named them all. */
export function DestinationChoice({ state, destination }: DestinationChoiceProps) {
  const { loose, options, kind, setKind, foundName } = destination
  if (loose.length === 0) return null
  const isMany = loose.length > 1
  return (
    <>
      {options.length > 1 && (
        <RadioRows
          label={questionOf(state, destination)}
          options={options.map((id) => ({ id, ...wordsOf(id, foundName, isMany) }))}
          value={kind}
          onChange={setKind}
        />
      )}
      {kind === 'new' && (
        <TextField
          label="Workspace name"
          name="name"
          help="For what Slack cannot name. You can change it later."
          value={destination.name}
          problem={destination.problem}
          onChange={destination.setName}
          maxLength={200}
        />
      )}
      {kind === 'installation' && <WorkspaceChoice destination={destination} />}
    </>
  )
}

function questionOf(state: ImportState, { loose, foundName }: Destination): string {
  const [only, another] = loose
  if (only && !another) return `Where does the ${nameInSentence(only, state)} go?`
  const which = foundName === undefined ? 'these' : 'the other'
  return `Where do ${which} ${loose.length} secrets go?`
}

function wordsOf(kind: Rest['kind'], foundName: string | undefined, isMany: boolean) {
  switch (kind) {
    case 'found':
      return {
        title: `With ${foundName}`,
        sentence: `The workspace that was found beside ${isMany ? 'them' : 'it'}.`,
      }
    case 'installation':
      return {
        title: 'To a workspace that is here',
        sentence: `${isMany ? 'They join' : 'It joins'} the credentials that it has.`,
      }
    case 'new':
      return { title: 'To a new workspace', sentence: 'You give it a name.' }
    default:
      return kind satisfies never
  }
}
