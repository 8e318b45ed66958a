import { Segmented } from '../../parts/segmented.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { nameInSentence } from './findings.ts'
import type { Destination } from './use-destination.ts'
import type { ImportState, Rest } from './use-import-draft.ts'
import { WorkspaceChoice } from './workspace-choice.tsx'

interface DestinationChoiceProps {
  readonly state: ImportState
  readonly destination: Destination
}

const LABELS: Readonly<Record<Rest['kind'], string>> = {
  found: 'The workspace found',
  installation: 'A workspace here',
  new: 'A new workspace',
}

/** Asks where the secrets go that Slack names no workspace for; nothing where it named them all. */
export function DestinationChoice({ state, destination }: DestinationChoiceProps) {
  const { loose, options, kind, setKind, foundName } = destination
  if (loose.length === 0) return null
  const question = questionOf(state, destination)
  return (
    <>
      {options.length > 1 && (
        <div className="field">
          <span className="field-label" aria-hidden="true">
            {question}
          </span>
          <Segmented
            label={question}
            options={options.map((id) => ({ id, label: LABELS[id] }))}
            value={kind}
            onChange={setKind}
          />
          {kind === 'found' && (
            <p className="field-note">
              {`${loose.length > 1 ? 'They go' : 'It goes'} with ${foundName}.`}
            </p>
          )}
        </div>
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
