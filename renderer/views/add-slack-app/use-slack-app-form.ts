import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { Failure } from '../../../main/contract/errors.ts'
import type { SlackAppView } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { useNavigation } from '../../app/navigation.ts'
import { useCall } from '../../app/use-call.ts'
import type { SecretFieldHandle } from '../../parts/secret-field.tsx'
import {
  checkClientSecret,
  checkForm,
  FIELDS,
  type FieldName,
  type Problems,
} from './check-form.ts'
import { formOf, inputOf, isChanged, type SlackAppForm } from './slack-app-form.ts'

export interface SlackAppFormState {
  readonly form: SlackAppForm
  /** Puts in new values; what main refused is not said of them any more. */
  readonly change: (over: Partial<SlackAppForm>) => void
  /** Only those that are to be shown: of fields that were left, and of all after a submit. */
  readonly problems: Problems
  /** A refusal that belongs to no field. */
  readonly failure: Failure | null
  readonly isBusy: boolean
  readonly hasStoredSecret: boolean
  readonly isDirty: boolean
  readonly secret: RefObject<SecretFieldHandle | null>
  readonly onSecretEdit: (text: string) => void
  readonly onLeave: (field: FieldName) => void
  readonly submit: () => Promise<void>
  readonly formRef: RefObject<HTMLFormElement | null>
}

/**
 * State of the form. The client secret stays in its input element: it is read once per submit, straight
 * into the call, and emptied only when main has sealed it. So a refused save loses nothing, and the
 * text is in no state of the page.
 */
export function useSlackAppForm(app: SlackAppView | undefined): SlackAppFormState {
  const formRef = useRef<HTMLFormElement>(null)
  const secret = useRef<SecretFieldHandle>(null)
  const [before] = useState(() => formOf(app))
  const [form, setForm] = useState(before)
  const [hasTypedSecret, setTypedSecret] = useState(false)
  const [secretProblem, setSecretProblem] = useState<string | undefined>(undefined)
  const { shown, onLeave, showAll } = useShownFields(form)
  const saving = useSaving(app)
  const hasStoredSecret = app !== undefined && app.clientSecretMasked !== null

  const { forget } = saving
  const change = useCallback(
    (over: Partial<SlackAppForm>) => {
      setForm((now) => ({ ...now, ...over }))
      forget()
    },
    [forget],
  )
  function onSecretEdit(text: string): void {
    setTypedSecret(text !== '')
    setSecretProblem(undefined)
    forget()
  }
  async function submit(): Promise<void> {
    if (saving.isBusy) return
    const isNeeded = form.strategy !== 'pkce' && !hasStoredSecret
    const typed = form.strategy === 'pkce' ? '' : (secret.current?.peek() ?? '')
    const wrongSecret = checkClientSecret(typed, isNeeded)
    setSecretProblem(wrongSecret)
    showAll()
    const first = firstProblem({ ...checkForm(form), clientSecret: wrongSecret })
    if (first) return focusField(formRef.current, first)
    const isSaved = await saving.save(inputOf(form, typed === '' ? null : typed))
    if (isSaved) secret.current?.clear()
  }
  const { failure } = saving
  const refused = fieldOf(failure)
  useEffect(() => {
    const field = fieldOf(failure)?.field
    if (field) focusField(formRef.current, field)
  }, [failure])
  return {
    form,
    change,
    problems: {
      ...visible(checkForm(form), shown),
      ...(form.strategy !== 'pkce' && { clientSecret: secretProblem }),
      ...(refused && { [refused.field]: refused.text }),
    },
    failure: refused ? null : failure,
    isBusy: saving.isBusy,
    hasStoredSecret,
    isDirty: hasTypedSecret || isChanged(form, before),
    secret,
    onSecretEdit,
    onLeave,
    submit,
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

  async function save(input: ReturnType<typeof inputOf>): Promise<boolean> {
    const saved = await run(async () => {
      if (!app) return api.call['slack-apps/add'](input)
      const result = await api.call['slack-apps/update'](app.id, input)
      return result.ok ? { ok: true, value: { slackAppId: app.id } } : result
    })
    if (!saved) return false
    const { slackAppId } = saved
    const shown = { screen: 'slack-apps', slackAppId, isDetailOpen: true } as const
    go({ ...shown, isAddingSlackApp: false, isEditingSlackApp: false }, { isSure: true })
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
