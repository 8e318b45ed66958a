import type { RefObject } from 'react'
import type { EnvFileView, SecretRef } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import type { Act } from '../../app/use-call.ts'
import { Button } from '../../parts/button.tsx'
import { FieldFrame } from '../../parts/field-frame.tsx'
import type { WritePreviewing } from './use-write-preview.ts'

interface FileFieldProps extends Pick<WritePreviewing, 'files' | 'file' | 'setFile'> {
  readonly secretRef: SecretRef
  readonly choosing: Act
  readonly isDisabled: boolean
  readonly chooseButton: RefObject<HTMLButtonElement | null>
}

/** The file: one of those used before, or another by the system's dialog. */
export function FileField(props: FileFieldProps) {
  const { files, file, setFile, choosing } = props
  const choose = useChooseFile(props)
  return (
    <div className="file-field">
      <FieldFrame label="File">
        {(control) =>
          files.length > 1 ? (
            <select
              {...control}
              className="field-input"
              value={file?.id}
              disabled={props.isDisabled}
              onChange={(event) => {
                const next = files.find(({ id }) => id === event.target.value)
                if (next) setFile(next)
              }}
            >
              {files.map((one) => (
                <option key={one.id} value={one.id}>
                  {nameOf(one)}
                </option>
              ))}
            </select>
          ) : (
            <input
              {...control}
              className="field-input"
              readOnly
              value={file ? nameOf(file) : ''}
              placeholder="None chosen yet"
              title={file?.displayPath}
            />
          )
        }
      </FieldFrame>
      <Button
        ref={props.chooseButton}
        autoFocus
        isDisabled={props.isDisabled}
        busyLabel={choosing.isBusy ? 'Choosing…' : undefined}
        onPress={() => void choose()}
      >
        Choose…
      </Button>
    </div>
  )
}

function nameOf({ displayPath, exists }: EnvFileView): string {
  return exists ? displayPath : `${displayPath} (new file)`
}

/** The system's file dialog; the page gets a name and an ID, never a path of its own making. */
export function useChooseFile(
  props: Pick<FileFieldProps, 'secretRef' | 'setFile' | 'choosing'>,
): () => Promise<void> {
  const api = useApi()
  return async () => {
    const chosen = await props.choosing.run(() =>
      api.call['sharing/choose-env-file'](props.secretRef),
    )
    if (chosen) props.setFile(chosen)
  }
}
