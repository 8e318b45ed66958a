import type { Failure } from '../../../../main/contract/errors.ts'
import type { LeftBehind } from '../../../../main/contract/views.ts'
import { useApi } from '../../../app/api.ts'
import { useCall } from '../../../app/use-call.ts'
import { Button } from '../../../parts/button.tsx'
import { Dialog } from '../../../parts/dialog.tsx'

/** The end: all is gone, or what is left and how to remove it by hand. The only way on is "Quit". */
export function DeletedDialog({ leftBehind }: { readonly leftBehind: readonly LeftBehind[] }) {
  const isAll = leftBehind.length === 0
  return (
    <QuitDialog title={isAll ? 'Everything here is deleted' : 'Some things could not be deleted'}>
      {!isAll && (
        <ul className="delete-left card">
          {leftBehind.map(({ what, path }) => (
            <li key={`${what} ${path}`}>
              <p className="delete-left-name">{LEFT[what].name}</p>
              <p className="delete-left-advice">{LEFT[what].advice}</p>
              {path !== null && <code>{path}</code>}
            </li>
          ))}
        </ul>
      )}
      <p>
        {isAll
          ? 'Token Desk keeps nothing on this computer any more. Tokens at Slack work until they are revoked.'
          : 'All else is deleted. Tokens at Slack work until they are revoked.'}
      </p>
    </QuitDialog>
  )
}

const LEFT: Readonly<
  Record<LeftBehind['what'], { readonly name: string; readonly advice: string }>
> = {
  'keyring-item': {
    name: 'The key in the keyring',
    advice: 'It opens nothing any more. Remove it in your system’s app for keys and passwords.',
  },
  'certificate-trust': {
    name: 'The trust in Token Desk’s certificate',
    advice: 'Remove “Token Desk for Slack” in the certificate settings of your browser or system.',
  },
  practice: {
    name: 'The practice workspace',
    advice: 'It holds no token of a real workspace. Quit, then delete this folder.',
  },
  files: {
    name: 'Files of Token Desk',
    advice: 'Another program may hold them. Quit, then delete them.',
  },
}

/** It stopped half way, with the vault closed: nothing is left to do here. */
export function DeletionBroken({ failure }: { readonly failure: Failure }) {
  return (
    <QuitDialog title="Not everything was deleted" problem={failure}>
      <p>Quit Token Desk, start it again, and delete once more.</p>
    </QuitDialog>
  )
}

interface QuitDialogProps {
  readonly title: string
  readonly problem?: Failure
  readonly children: React.ReactNode
}

function QuitDialog({ title, problem, children }: QuitDialogProps) {
  const api = useApi()
  const { isBusy, failure, run } = useCall()
  return (
    <Dialog
      title={title}
      isOpen
      onClose={() => {}}
      role="alertdialog"
      problem={failure ?? problem}
      actions={
        <Button
          kind="filled"
          autoFocus
          busyLabel={isBusy ? 'Quitting…' : undefined}
          onPress={() => void run(api.call['desk/quit'])}
        >
          Quit
        </Button>
      }
    >
      {children}
    </Dialog>
  )
}
