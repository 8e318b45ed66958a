import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { Failure } from '../../../main/contract/errors.ts'
import type { SlackAppInput } from '../../../main/contract/inputs.ts'
import type { SlackAppView } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { useNavigation } from '../../app/navigation.ts'
import { useCall } from '../../app/use-call.ts'
import { checkForm, FIELDS, type FieldName, type Problems } from './check-form.ts'
import { changed, formOf, inputOf, isChanged, type SlackAppForm } from './slack-app-form.ts'
import { type FormSecrets, useFormSecrets } from './use-form-secrets.ts'

export interface SlackAppFormState {
  readonly form: SlackAppForm
  /** Puts in new values; what main refused is not said of them any more. */
  readonly change: (over: Partial<SlackAppForm>) => void
  /** Only those that are to be shown: of fields that were left, and of all after a submit. */
  readonly problems: Problems
  /** A refusal that belongs to no field. */
  readonly failure: Failure | null
  readonly isBusy: boolean
  readonly isDirty: boolean
  /** PKCE is chosen, and the stored app does not have it: it cannot be undone at Slack. */
  readonly turnsOnPkce: boolean
  readonly secrets: FormSecrets['slots']
  readonly onLeave: (field: FieldName) => void
  readonly submit: () => Promise<void>
  /** The switch of an existing app to PKCE, while it is asked about. */
  readonly asking: { readonly confirm: () => void; readonly cancel: () => void } | null
  readonly formRef: RefObject<HTMLFormElement | null>
}

/**
 * State of the form. Secrets stay in their input elements: they are read once per submit, straight
 * into the call, and emptied only when main has sealed them. So a refused save loses nothing, and
 * their text is in no state of the page.
 */
export function useSlackAppForm(app: SlackAppView | undefined): SlackAppFormState {
  const { addDraft } = useNavigation()
  const formRef = useRef<HTMLFormElement>(null)
  const [before] = useState(() => formOf(app, addDraft))
  const [form, setForm] = useState(before)
  const [isAsking, setAsking] = useState(false)
  const [wrong, setWrong] = useState<{ readonly field: FieldName } | null>(null)
  const { shown, onLeave, showAll } = useShownFields(form)
  const saving = useSaving(app)
  const { forget, failure } = saving
  const secrets = useFormSecrets(app, forget)
  const turnsOnPkce = form.strategy === 'pkce' && app?.strategy !== 'pkce'

  const change = useCallback(
    (over: Partial<SlackAppForm>) => {
      setForm((now) => changed(now, over))
      forget()
    },
    [forget],
  )
  async function save(): Promise<void> {
    setAsking(false)
    if (await saving.save(inputOf(form, secrets.peek()))) secrets.clear()
  }
  async function submit(): Promise<void> {
    if (saving.isBusy) return
    showAll()
    const first = firstProblem({ ...checkForm(form), ...secrets.check(form) })
    if (first) setWrong({ field: first })
    else if (app && turnsOnPkce) setAsking(true)
    else await save()
  }
  const refused = fieldOf(failure)
  const refusedField = refused?.field
  useEffect(() => {
    if (refusedField) focusField(formRef.current, refusedField)
  }, [refusedField])
  // Only after it was drawn: the field may stand in a part that was closed.
  useEffect(() => {
    if (wrong) focusField(formRef.current, wrong.field)
  }, [wrong])
  return {
    form,
    change,
    problems: {
      ...visible(checkForm(form), shown),
      ...secrets.problems,
      ...(form.strategy === 'pkce' && { clientSecret: undefined }),
      ...(refused && { [refused.field]: refused.text }),
    },
    failure: refused ? null : failure,
    isBusy: saving.isBusy,
    isDirty: secrets.hasTyped || isChanged(form, before),
    turnsOnPkce,
    secrets: secrets.slots,
    onLeave,
    submit,
    asking: isAsking ? { confirm: () => void save(), cancel: () => setAsking(false) } : null,
    formRef,
  }
}

/** Problems are said of a field once it was left with something in it, and of all after a submit. */
function useShownFields(form: SlackAppForm) {
  const [shown, setShown] = useState<ReadonlySet<FieldName>>(new Set())
  const onLeave = (field: FieldName): void => {
    const isEmpty = field in form && String(form[field as keyof SlackAppForm]).trim() === ''
    if (!isEmpty) setShown((now) => new Set([...now, field]))
  }
  return { shown, onLeave, showAll: () => setShown(new Set(FIELDS)) }
}

function useSaving(app: SlackAppView | undefined) {
  const api = useApi()
  const { go } = useNavigation()
  const { run, isBusy, failure, forget } = useCall()

  async function save(input: SlackAppInput): Promise<boolean> {
    const saved = await run(async () => {
      if (!app) return api.call['slack-apps/add'](input)
      const result = await api.call['slack-apps/update'](app.id, input)
      return result.ok ? { ok: true, value: { slackAppId: app.id } } : result
    })
    if (!saved) return false
    const { slackAppId } = saved
    const shown = { screen: 'slack-apps', slackAppId, isDetailOpen: true } as const
    const form = { isAddingSlackApp: false, isEditingSlackApp: false } as const
    // A new app begins with its overview; one that was changed is shown as it was left.
    go({ ...shown, ...form, ...(!app && { slackAppSegment: 'overview' }) }, { isSure: true })
    return true
  }
  return { save, isBusy, failure, forget }
}

function firstProblem(problems: Problems): FieldName | undefined {
  return FIELDS.find((field) => problems[field] !== undefined)
}

function visible(problems: Problems, shown: ReadonlySet<FieldName>): Problems {
  return Object.fromEntries(FIELDS.filter((field) => shown.has(field)).map((f) => [f, problems[f]]))
}

/** Where main's refusal belongs, when it names a field of this form. */
function fieldOf(
  failure: Failure | null,
): { readonly field: FieldName; readonly text: string } | null {
  const field = FIELDS.find((name) => name === failure?.field)
  if (!failure || !field) return null
  return { field, text: `${failure.message}. ${failure.advice}` }
}

function focusField(form: HTMLFormElement | null, field: FieldName): void {
  form?.querySelector<HTMLElement>(`[name="${field}"]`)?.focus()
}
