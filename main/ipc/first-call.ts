import type { IpcMain, IpcMainInvokeEvent } from 'electron'
import type { CallName } from '../contract/calls.ts'
import type { Result } from '../contract/errors.ts'

/** The call with which the page begins. */
export const FIRST_CALL = 'desk/load' satisfies CallName

type Answer = (trusted: boolean, args: unknown) => Promise<Result<unknown>>

export interface FirstCall {
  /** Hands what was asked so far, and the asking, over to whoever serves the calls now. */
  answerWith(answer: Answer): void
}

/**
 * Takes the page's first call before the rooms are there: the page starts while main still reads
 * their code. The sender is looked at when the call comes, and judged by the same rule as all others.
 */
export function holdFirstCall(
  ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>,
  isTrusted: (event: IpcMainInvokeEvent) => boolean,
): FirstCall {
  let give: (answer: Answer) => void = () => {}
  const given = new Promise<Answer>((resolve) => {
    give = resolve
  })
  ipcMain.handle(FIRST_CALL, async (event, args: unknown) => {
    const trusted = isTrusted(event)
    return (await given)(trusted, args)
  })
  return {
    answerWith(answer) {
      ipcMain.removeHandler(FIRST_CALL)
      give(answer)
    },
  }
}
