import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Failure } from '../../../main/contract/errors.ts'
import type { ManifestProblem, ManifestView } from '../../../main/contract/views.ts'
import { useDesk } from '../../app/desk-state.ts'
import { useNavigation } from '../../app/navigation.ts'
import type { ManifestFormat } from '../../parts/manifest-marks.ts'
import { isChanged } from '../add-slack-app/slack-app-form.ts'
import { hasUsableToken } from '../slack-apps/configuration-tokens/configuration-token-words.ts'
import { isOneWay, type OneWay } from '../slack-apps/manifest/one-way-warnings.tsx'
import {
  checkNewApp,
  manifestFormOf,
  NEW_APP,
  NEW_APP_FIELDS,
  type NewAppField,
  type NewAppForm,
  type NewAppProblems,
  withScope,
} from './new-app-form.ts'
import { type ManifestActs, useManifestActs } from './use-manifest-acts.ts'
import { type ManifestDraft, useManifestDraft } from './use-manifest-draft.ts'

export interface NewAppState extends Pick<ManifestActs, 'busy' | 'refused' | 'wasOpened'> {
  readonly form: NewAppForm
  readonly change: (over: Partial<NewAppForm>) => void
  /** Empty until an act was tried. */
  readonly problems: NewAppProblems
  readonly draft: ManifestDraft
  readonly format: ManifestFormat
  readonly setFormat: (format: ManifestFormat) => void
  readonly failure: Failure | null
  readonly hasToken: boolean
  readonly isDirty: boolean
  /** What cannot be undone, while it is asked about. */
  readonly asking: OneWay | null
  readonly stopAsking: () => void
  readonly create: (isSure: boolean) => void
  readonly prefill: () => void
  readonly copy: () => void
  /** Puts the scope that a problem proposes into the form. */
  readonly replaceScope: (problem: ManifestProblem) => void
  readonly addWithIds: () => void
  readonly formRef: RefObject<HTMLFormElement | null>
}

/** State of "New app from a manifest": the form, the manifest that follows it, and what is done with it. */
export function useNewApp(): NewAppState {
  const { go } = useNavigation()
  const { snapshot, now } = useDesk()
  const [form, setForm] = useState(NEW_APP)
  const [format, setFormat] = useState<ManifestFormat>('json')
  const [asking, setAsking] = useState<OneWay | null>(null)
  const acts = useManifestActs()
  const trying = useTrying(form)
  const manifest = manifestFormOf(form)
  const { environment, name } = manifest
  const draft = useManifestDraft(trying.found.baseUrl === undefined ? manifest : null)

  /** Only a whole form, and a manifest that has followed it, is acted on. */
  async function whenReady(act: (view: ManifestView) => void): Promise<void> {
    if (!trying.isWhole() || acts.busy !== null) return
    const view = await draft.fresh()
    if (view) act(view)
  }
  function create(isSure: boolean): void {
    void whenReady((view) => {
      if (!isSure && isOneWay(view)) return setAsking(view)
      setAsking(null)
      void acts.create(environment, view[format], name)
    })
  }
  function change(over: Partial<NewAppForm>): void {
    setForm((before) => ({ ...before, ...over }))
    acts.forget()
  }
  return {
    form,
    change,
    problems: trying.wasTried ? trying.found : {},
    draft,
    format,
    setFormat(next) {
      setFormat(next)
      acts.forget()
    },
    refused: acts.refused,
    failure: acts.failure ?? draft.failure,
    busy: acts.busy,
    wasOpened: acts.wasOpened,
    hasToken: hasUsableToken(snapshot.configurationTokens, environment, now),
    isDirty: isChanged(form, NEW_APP) && !acts.wasOpened,
    asking,
    stopAsking: () => setAsking(null),
    create,
    prefill: () => void whenReady((view) => void acts.prefill(environment, view[format])),
    copy: () => void draft.fresh().then((view) => view && acts.copy(view[format])),
    replaceScope({ replace }) {
      if (!replace) return
      // The button goes away with the problem, so the focus goes to where the scope stands.
      const field = form.botScopes.includes(replace.from) ? 'botScopes' : 'userScopes'
      focusField(trying.formRef.current, field)
      change(withScope(form, replace.from, replace.to))
    },
    addWithIds: () =>
      go({ isAddingSlackApp: true, addingBy: 'form', addDraft: manifest }, { isSure: true }),
    formRef: trying.formRef,
  }
}

/** Problems are said from the first try on, which leads to the first of them. */
function useTrying(form: NewAppForm) {
  const formRef = useRef<HTMLFormElement>(null)
  const [wasTried, setTried] = useState(false)
  const [wrong, setWrong] = useState<{ readonly field: NewAppField } | null>(null)
  const found = checkNewApp(form)
  useEffect(() => {
    if (wrong) focusField(formRef.current, wrong.field)
  }, [wrong])
  function isWhole(): boolean {
    const first = NEW_APP_FIELDS.find((field) => found[field] !== undefined)
    setTried(true)
    setWrong(first ? { field: first } : null)
    return first === undefined
  }
  return { formRef, found, wasTried, isWhole }
}

function focusField(form: HTMLFormElement | null, field: NewAppField): void {
  form?.querySelector<HTMLElement>(`[name="${field}"]`)?.focus()
}
