import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Failure } from '../../../main/contract/errors.ts'
import type { ManifestProblem } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { useDesk } from '../../app/desk-state.ts'
import { useNavigation } from '../../app/navigation.ts'
import { useCall } from '../../app/use-call.ts'
import type { ManifestFormat } from '../../parts/manifest-marks.ts'
import { useToasts } from '../../parts/toast.tsx'
import { isChanged } from '../add-slack-app/slack-app-form.ts'
import { hasUsableToken } from '../slack-apps/configuration-tokens/configuration-token-words.ts'
import { isOneWay, type OneWay } from '../slack-apps/manifest/one-way-warnings.tsx'
import {
  checkNewApp,
  manifestFormOf,
  NEW_APP,
  NEW_APP_FIELDS,
  type NewAppForm,
  type NewAppProblems,
} from './new-app-form.ts'
import { type ManifestDraft, useManifestDraft } from './use-manifest-draft.ts'

export interface NewAppState {
  readonly form: NewAppForm
  readonly change: (over: Partial<NewAppForm>) => void
  /** Empty until an act was tried. */
  readonly problems: NewAppProblems
  readonly draft: ManifestDraft
  readonly format: ManifestFormat
  readonly setFormat: (format: ManifestFormat) => void
  /** What Slack refused, of the text as it was sent. */
  readonly refused: readonly ManifestProblem[]
  readonly failure: Failure | null
  readonly busy: 'create' | 'prefill' | null
  readonly hasToken: boolean
  readonly isDirty: boolean
  /** Slack's page was opened with this manifest: the IDs of the new app are wanted next. */
  readonly wasOpened: boolean
  /** What cannot be undone, while it is asked about. */
  readonly asking: OneWay | null
  readonly stopAsking: () => void
  readonly create: (isSure: boolean) => Promise<void>
  readonly prefill: () => Promise<void>
  readonly copy: () => Promise<void>
  readonly addWithIds: () => void
  readonly formRef: RefObject<HTMLFormElement | null>
}

type Tried = 'create' | 'prefill' | 'copy'

/** State of "New app from a manifest": the form, the manifest that follows it, and what is done with it. */
export function useNewApp(): NewAppState {
  const api = useApi()
  const { go } = useNavigation()
  const { show } = useToasts()
  const { snapshot, now } = useDesk()
  const formRef = useRef<HTMLFormElement>(null)
  const [form, setForm] = useState(NEW_APP)
  const [format, setFormat] = useState<ManifestFormat>('json')
  const [wasTried, setTried] = useState(false)
  const [wrong, setWrong] = useState<{ readonly field: string } | null>(null)
  const [refused, setRefused] = useState<readonly ManifestProblem[]>([])
  const [asking, setAsking] = useState<OneWay | null>(null)
  const [wasOpened, setOpened] = useState(false)
  const [last, setLast] = useState<Tried>('create')
  const act = useCall()
  const found = checkNewApp(form)
  const manifest = manifestFormOf(form)
  const draft = useManifestDraft(found.baseUrl === undefined ? manifest : null)
  const { environment } = manifest

  useEffect(() => {
    if (wrong) formRef.current?.querySelector<HTMLElement>(`[name="${wrong.field}"]`)?.focus()
  }, [wrong])

  function change(over: Partial<NewAppForm>): void {
    setForm((before) => ({ ...before, ...over }))
    setRefused([])
    setOpened(false)
    act.forget()
  }
  /** The text to act on, once the form is whole and the manifest has followed it. */
  function textFor(tried: Tried): string | null {
    setTried(true)
    setLast(tried)
    const first = NEW_APP_FIELDS.find((field) => found[field] !== undefined)
    if (first) setWrong({ field: first })
    return first || act.isBusy || draft.isBehind || !draft.view ? null : draft.view[format]
  }
  async function create(isSure: boolean): Promise<void> {
    const text = textFor('create')
    if (text === null || !draft.view) return
    if (!isSure && isOneWay(draft.view)) return setAsking(draft.view)
    setAsking(null)
    setRefused([])
    const answer = await act.run(() => api.call['manifests/create'](environment, text))
    if (answer?.kind === 'refused') setRefused(answer.problems)
    if (answer?.kind !== 'created') return
    const { slackAppId } = answer
    go({ slackAppId, isAddingSlackApp: false, isDetailOpen: true }, { isSure: true })
    if (!answer.isUnfinished) {
      show({ text: `${manifest.name} created on Slack.`, detail: 'Its secrets are sealed.' })
    }
  }
  async function prefill(): Promise<void> {
    const text = textFor('prefill')
    if (text === null) return
    const done = await act.run(() => api.call['manifests/open-prefilled'](environment, text))
    if (done !== undefined) setOpened(true)
  }
  async function copy(): Promise<void> {
    if (!draft.view) return
    const text = draft.view[format]
    setLast('copy')
    const done = await act.run(() => api.call['manifests/copy'](text))
    if (done !== undefined) show({ text: 'Manifest copied.' })
  }
  return {
    form,
    change,
    problems: wasTried ? found : {},
    draft,
    format,
    setFormat(next) {
      setFormat(next)
      setRefused([])
    },
    refused,
    failure: act.failure ?? draft.failure,
    busy: act.isBusy && last !== 'copy' ? last : null,
    hasToken: hasUsableToken(snapshot.configurationTokens, environment, now),
    isDirty: isChanged(form, NEW_APP) && !wasOpened,
    wasOpened,
    asking,
    stopAsking: () => setAsking(null),
    create,
    prefill,
    copy,
    addWithIds: () =>
      go({ isAddingSlackApp: true, addingBy: 'form', addDraft: manifest }, { isSure: true }),
    formRef,
  }
}
