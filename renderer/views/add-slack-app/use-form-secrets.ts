import { type RefObject, useRef, useState } from 'react'
import type { SlackAppView } from '../../../main/contract/views.ts'
import type { SecretFieldHandle } from '../../parts/secret-field.tsx'
import { checkClientSecret, checkOtherSecret, type Problems } from './check-form.ts'
import type { SlackAppForm, TypedSecrets } from './slack-app-form.ts'

type SecretName = keyof TypedSecrets
const NAMES = ['clientSecret', 'signingSecret', 'verificationToken'] as const

/** One secret field: where its text is, and what is said about it. */
export interface SecretSlot {
  readonly ref: RefObject<SecretFieldHandle | null>
  readonly isStored: boolean
  readonly onEdit: (text: string) => void
}

export interface FormSecrets {
  readonly slots: Readonly<Record<SecretName, SecretSlot>>
  readonly problems: Problems
  readonly hasTyped: boolean
  /** Judges what is typed, once per submit; answers the problems. */
  readonly check: (form: SlackAppForm) => Problems
  /** Reads what is typed, straight into a call; null where nothing is. */
  readonly peek: () => TypedSecrets
  readonly clear: () => void
}

/** The three secrets of the form. Each stays in its input element until main has sealed it. */
export function useFormSecrets(app: SlackAppView | undefined, onEdit: () => void): FormSecrets {
  const clientSecret = useRef<SecretFieldHandle>(null)
  const signingSecret = useRef<SecretFieldHandle>(null)
  const verificationToken = useRef<SecretFieldHandle>(null)
  const refs = { clientSecret, signingSecret, verificationToken }
  const [typed, setTyped] = useState<ReadonlySet<SecretName>>(new Set())
  const [problems, setProblems] = useState<Problems>({})
  const stored = {
    clientSecret: (app?.clientSecretMasked ?? null) !== null,
    signingSecret: (app?.signingSecretMasked ?? null) !== null,
    verificationToken: (app?.verificationTokenMasked ?? null) !== null,
  }
  const read = (name: SecretName) => refs[name].current?.peek() ?? ''
  const slot = (name: SecretName): SecretSlot => ({
    ref: refs[name],
    isStored: stored[name],
    onEdit(text) {
      setTyped((now) => new Set([...now].filter((one) => one !== name).concat(text ? name : [])))
      setProblems((now) => ({ ...now, [name]: undefined }))
      onEdit()
    },
  })
  function check({ strategy }: SlackAppForm): Problems {
    const isUsed = strategy !== 'pkce'
    const found = {
      clientSecret: isUsed
        ? checkClientSecret(read('clientSecret'), !stored.clientSecret)
        : undefined,
      signingSecret: checkOtherSecret(read('signingSecret')),
      verificationToken: checkOtherSecret(read('verificationToken')),
    }
    setProblems(found)
    return found
  }
  return {
    slots: {
      clientSecret: slot('clientSecret'),
      signingSecret: slot('signingSecret'),
      verificationToken: slot('verificationToken'),
    },
    problems,
    hasTyped: typed.size > 0,
    check,
    peek: () => ({
      clientSecret: read('clientSecret') || null,
      signingSecret: read('signingSecret') || null,
      verificationToken: read('verificationToken') || null,
    }),
    clear: () => {
      for (const name of NAMES) refs[name].current?.clear()
    },
  }
}
