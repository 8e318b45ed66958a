import { expect, it } from 'vitest'
import { forgetLastMatch } from '../../../main/platform/forget-last-match.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { sample } from '../slack/sample-secrets.ts'

/** What the engine still has of the last match. */
const lastText = () => Reflect.get(RegExp, '$_') as unknown

it('takes the last matched text out of the engine', () => {
  const token = sample.bot()
  Secret.of(token).masked()
  expect(lastText()).toBe(token)
  forgetLastMatch()
  expect(lastText()).toBe('')
})
