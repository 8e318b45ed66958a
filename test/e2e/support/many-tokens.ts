import { expect } from 'playwright/test'
import type { Desk } from './desk.ts'
import { pasteTokens } from './import-token.ts'
import { issueBotToken } from './issue-token.ts'
import type { TestSlack } from './test-slack.ts'

/** As many workspaces as wanted, one app each, by one import. Ends on one of them. */
export async function importWorkspaces(
  desk: Desk,
  slack: TestSlack,
  count: number,
): Promise<string[]> {
  const tokens: string[] = []
  for (let index = 1; index <= count; index += 1) {
    tokens.push(await issueBotToken(slack, await slack.register(`Bot ${index}`)))
  }
  const dialog = await pasteTokens(desk, tokens.join('\n'), { baseUrl: slack.url })
  await dialog.getByRole('button', { name: `Import ${count} secrets` }).click()
  await expect(desk.page.getByRole('option', { name: /Practice Studio/ })).toHaveCount(count)
  return tokens
}
