import type { ActivityEntry } from '../../../main/contract/views.ts'
import { useDesk } from '../../app/desk-state.ts'
import { useNavigation } from '../../app/navigation.ts'
import { Link } from '../../parts/link.tsx'
import { BY_WORDS, credentialWords, sentenceOf } from './activity-words.ts'

/** What an opened row says: when, who asked, about what, and the codes. */
export function ActivityDetails({
  id,
  entry,
}: {
  readonly id: string
  readonly entry: ActivityEntry
}) {
  const { installations } = useDesk().snapshot
  const { go } = useNavigation()
  const workspace = installations.find((one) => one.id === entry.installationId)
  return (
    <div className="activity-details" id={id}>
      <p className="activity-whole">{sentenceOf(entry)}</p>
      <dl>
        {factsOf(entry).map(({ name, value, isCode }) => (
          <div key={name} className="activity-fact">
            <dt>{name}</dt>
            <dd>{isCode ? <code>{value}</code> : value}</dd>
          </div>
        ))}
      </dl>
      {workspace && (
        <Link
          onPress={() =>
            go({ screen: 'workspaces', workspaceId: workspace.id, isDetailOpen: true })
          }
        >
          Show {workspace.name}
        </Link>
      )}
    </div>
  )
}

interface Fact {
  readonly name: string
  readonly value: string
  readonly isCode?: boolean
}

function factsOf(entry: ActivityEntry): Fact[] {
  const { workspace, slackApp, credentials, file, variable, slackCode, code } = entry
  const facts: readonly (Omit<Fact, 'value'> & { readonly value: string | null })[] = [
    { name: 'When', value: WHEN.format(entry.atMs) },
    { name: 'Who asked', value: BY_WORDS[entry.by] },
    { name: 'Workspace', value: workspace },
    { name: 'Slack app', value: slackApp },
    { name: 'About', value: credentials.length === 0 ? null : credentialWords(credentials) },
    { name: 'File', value: file, isCode: true },
    { name: 'Variable', value: variable, isCode: true },
    { name: 'Slack’s code', value: slackCode, isCode: true },
    { name: 'Code', value: code, isCode: true },
  ]
  return facts.flatMap((fact) => (fact.value === null ? [] : [{ ...fact, value: fact.value }]))
}

const WHEN = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'medium' })
