import type { RedirectStrategy } from '../../../main/contract/redirect.ts'
import { Notice } from '../../parts/notice.tsx'
import { RadioRows } from '../../parts/radio-rows.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { STRATEGY_NAMES } from '../slack-apps/strategy-names.ts'

const EVERYTHING = 'Bot, user, webhook'

const STRATEGIES = [
  {
    id: 'https',
    title: STRATEGY_NAMES.https,
    sentence: 'Uses Token Desk’s own certificate. Right for most apps.',
    yields: EVERYTHING,
  },
  {
    id: 'pkce',
    title: STRATEGY_NAMES.pkce,
    sentence: 'No client secret. Cannot be switched off again in Slack.',
    yields: 'User only',
  },
  {
    id: 'paste',
    title: STRATEGY_NAMES.paste,
    sentence: 'Works with any redirect URL your app already has.',
    yields: EVERYTHING,
  },
  {
    id: 'relay',
    title: STRATEGY_NAMES.relay,
    sentence: 'A public https URL that forwards here. It sees the code.',
    yields: EVERYTHING,
  },
] as const satisfies readonly { id: RedirectStrategy; [key: string]: string }[]

interface StrategyFieldsProps {
  readonly strategy: RedirectStrategy
  readonly redirectUrl: string
  /** False where the flow gives one token whatever the way back. */
  readonly showsYields?: boolean | undefined
  readonly warnsOfPkce: boolean
  readonly problem: string | undefined
  readonly onStrategy: (strategy: RedirectStrategy) => void
  readonly onRedirectUrl: (redirectUrl: string) => void
  readonly onLeave: () => void
}

/** How Slack comes back, and the user's own URL where that is needed. */
export function StrategyFields(props: StrategyFieldsProps) {
  const { strategy, showsYields = true } = props
  const options = showsYields
    ? STRATEGIES
    : STRATEGIES.map(({ id, title, sentence }) => ({ id, title, sentence }))
  return (
    <>
      <RadioRows
        label="How Slack returns to Token Desk"
        options={options}
        value={strategy}
        onChange={props.onStrategy}
      />
      {props.warnsOfPkce && (
        <Notice kind="warning" title="Turning PKCE on cannot be undone. Only Slack’s support can.">
          The app then gives user tokens only on this way back, and their refresh tokens end after
          30 days without use.
        </Notice>
      )}
      {(strategy === 'paste' || strategy === 'relay') && (
        <TextField
          key={strategy}
          label={strategy === 'paste' ? 'Redirect URL' : 'Relay URL'}
          name="redirectUrl"
          isMono
          placeholder={
            strategy === 'paste'
              ? 'https://example.com/slack/callback'
              : 'https://relay.example.com/slack'
          }
          value={props.redirectUrl}
          problem={props.problem}
          onChange={props.onRedirectUrl}
          onBlur={props.onLeave}
        />
      )}
    </>
  )
}
